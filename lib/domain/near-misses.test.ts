import { expect, test } from "vitest";
import { nearMissPatterns } from "./near-misses.ts";

/** What SQL's LIKE says, for the few marks the patterns use. */
function matches(text: string): (orderNo: string) => boolean {
  const expressions = nearMissPatterns(text).map(
    (pattern) =>
      new RegExp(
        `^${pattern.replace(/\\_|_|%/g, (mark) => ({ "\\_": "_", _: ".", "%": ".*" })[mark] ?? "")}$`,
      ),
  );
  return (orderNo) => expressions.some((expression) => expression.test(orderNo));
}

test("one slip is near: another character, one missing, one too many, two the wrong way round, or only the beginning", () => {
  const isNear = matches("PO1801");
  for (const slip of ["PO1901", "PO181", "PO18011", "PO1810", "XPO1801", "PO18014711"])
    expect([slip, isNear(slip)]).toEqual([slip, true]);
});

test("two slips are not near", () => {
  const isNear = matches("PO1801");
  for (const far of ["PO1912", "PO18", "OP1810", "4711", "XPO18014711"])
    expect([far, isNear(far)]).toEqual([far, false]);
});

test("an underscore that was typed is an underscore, not any character", () => {
  expect(matches("A_1")("A_2")).toBe(true);
  expect(matches("A_1")("AX2")).toBe(false);
});
