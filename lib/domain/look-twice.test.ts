import { expect, test } from "vitest";
import { lookTwice } from "./look-twice.ts";

const askedAt = new Date("2026-11-23T06:00:00Z");
const plain = { amountMinor: 300, limitMinor: 500, nthToday: 1, paidAt: askedAt, askedAt };
const dayMs = 86_400_000;

test("an ordinary request of today needs no second look", () => expect(lookTwice(plain)).toEqual([]));

test("T13: nine tenths of the own limit up to the limit itself is just under it; less, more, and no limit are not", () => {
  const at = (amountMinor: number, limitMinor = 500) => lookTwice({ ...plain, amountMinor, limitMinor });
  expect(at(449)).toEqual([]);
  expect(at(450)).toEqual(["justUnderLimit"]);
  expect(at(500)).toEqual(["justUnderLimit"]);
  expect(at(501)).toEqual([]);
  expect(at(300, 0)).toEqual([]);
});

test("T13: the second request of a day is ordinary, the third is not", () => {
  expect(lookTwice({ ...plain, nthToday: 2 })).toEqual([]);
  expect(lookTwice({ ...plain, nthToday: 3 })).toEqual(["thirdToday"]);
});

test("a sale is old after a week, not a moment before; an unknown day of payment says nothing", () => {
  const paid = (agoMs: number) => lookTwice({ ...plain, paidAt: new Date(askedAt.getTime() - agoMs) });
  expect(paid(7 * dayMs - 1)).toEqual([]);
  expect(paid(7 * dayMs)).toEqual(["oldSale"]);
  expect(lookTwice({ ...plain, paidAt: null })).toEqual([]);
});
