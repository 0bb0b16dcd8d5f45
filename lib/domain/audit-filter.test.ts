import { expect, test } from "vitest";
import { auditQuery, readAuditFilter } from "./audit-filter.ts";

const nothing = { kind: null, order: null, who: null, day: null, refused: null, before: null };

test("an address without a filter shows the whole audit", () => {
  expect(readAuditFilter({})).toEqual(nothing);
  expect(readAuditFilter({ kind: "", order: " ", day: "" })).toEqual(nothing);
});

test("each part of the filter is read, and only the first where one is named twice", () => {
  expect(
    readAuditFilter({
      kind: ["money", "people"],
      order: " PO1 ",
      who: "cashier",
      day: "2026-11-25",
      refused: "1",
      before: "71",
    }),
  ).toEqual({ kind: "money", order: "PO1", who: "cashier", day: "2026-11-25", refused: "1", before: 71 });
});

test("what makes no sense is left out and never guessed", () => {
  expect(
    readAuditFilter({
      kind: "secrets",
      day: "2026-02-30",
      refused: "yes",
      before: "-1",
      order: "x".repeat(65),
    }),
  ).toEqual(nothing);
});

test("a filter is an address again, without its empty parts", () => {
  expect(auditQuery({ ...nothing, kind: "money", before: 9 })).toBe("kind=money&before=9");
});
