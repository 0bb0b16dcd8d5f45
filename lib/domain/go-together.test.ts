import { expect, test } from "vitest";
import { readChosen, whyAlone, whyNotNow } from "./go-together.ts";
import { limits } from "./limits.ts";

const askedAt = new Date("2026-11-23T06:00:00Z");
const dayMs = 86_400_000;
const plain = {
  ...{ amountMinor: 300, limitMinor: 500, nthToday: 1, paidAt: askedAt, askedAt },
  ...{ isOwn: false, isDecidedBefore: false, secondAboveMinor: null },
};
const alone = (more: Partial<typeof plain> | { secondAboveMinor: number } | { paidAt: null }) =>
  whyAlone({ ...plain, ...more });

test("an ordinary request of a colleague goes with others", () => expect(alone({})).toBeNull());

test("what a manager looks at twice goes alone, from the very value of each chip on", () => {
  expect(alone({ amountMinor: 449 })).toBeNull();
  expect(alone({ amountMinor: 450 })).toBe("lookTwice");
  expect(alone({ amountMinor: 501 })).toBeNull();
  expect(alone({ nthToday: 2 })).toBeNull();
  expect(alone({ nthToday: 3 })).toBe("lookTwice");
  expect(alone({ paidAt: new Date(askedAt.getTime() - 7 * dayMs + 1) })).toBeNull();
  expect(alone({ paidAt: new Date(askedAt.getTime() - 7 * dayMs) })).toBe("lookTwice");
});

test("one manager is enough up to the amount of the store itself, a dollar more goes alone", () => {
  expect(alone({ secondAboveMinor: 300 })).toBeNull();
  expect(alone({ secondAboveMinor: 299 })).toBe("needsTwo");
});

test("one's own, what was sent back before, and a sale of an unknown day go alone", () => {
  expect(alone({ isOwn: true })).toBe("ownRequest");
  expect(alone({ isDecidedBefore: true })).toBe("decidedBefore");
  expect(alone({ paidAt: null })).toBe("saleDateUnknown");
});

test("the gateway's word counts for five minutes and not a moment longer; without one, or with odd money, it goes alone", () => {
  const said = (agoMs: number) => new Date(askedAt.getTime() - agoMs);
  const now = { isPlain: true, now: askedAt };
  expect(whyNotNow({ ...now, asOfAt: said(5 * 60_000) })).toBeNull();
  expect(whyNotNow({ ...now, asOfAt: said(5 * 60_000 + 1) })).toBe("notFresh");
  expect(whyNotNow({ ...now, asOfAt: null })).toBe("notFresh");
  expect(whyNotNow({ ...now, asOfAt: askedAt, isPlain: false })).toBe("unusual");
});

test("an address chooses each request once, twenty at most, and whatever is no list chooses none", () => {
  const nos = Array.from({ length: limits.togetherMax + 1 }, (_, n) => `Q${n}`);
  expect(readChosen(nos)).toEqual(nos.slice(0, limits.togetherMax));
  expect(readChosen("Q1")).toEqual(["Q1"]);
  expect(readChosen(["Q1", "Q1", "Q2"])).toEqual(["Q1", "Q2"]);
  expect(readChosen(undefined)).toEqual([]);
  expect(readChosen("Q".repeat(17))).toEqual([]);
});
