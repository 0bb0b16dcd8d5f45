import { expect, test } from "vitest";
import { ninetyDays, planted } from "#test/fraud/ninety-days.ts";
import { runs } from "#test/thoroughness.ts";
import { findPairs, type PairCount } from "./pairs.ts";

const seeds = Array.from({ length: runs(40).numRuns }, (_, seed) => seed + 1);
const countsOf = (asked: ReturnType<typeof ninetyDays>): PairCount[] =>
  asked.map(({ day, store, requester, approver }) => ({
    ...{ stratum: `${store} ${day}`, requester, approver, count: 1 },
  }));
const named = (counts: readonly PairCount[]) =>
  findPairs(counts)
    .map(({ people }) => people.join(" with "))
    .toSorted();
const friends = planted.map((pair) => pair.toSorted().join(" with ")).toSorted();

test("T13: ninety days with friends among them, over and over: every planted pair is named and no innocent one", () => {
  for (const seed of seeds) expect([seed, named(countsOf(ninetyDays(seed)))]).toEqual([seed, friends]);
});

test("T13: ninety innocent days, over and over: people who share their shifts and nothing else name nobody", () => {
  for (const seed of seeds)
    expect([seed, named(countsOf(ninetyDays(seed, { hasFriends: false })))]).toEqual([seed, []]);
});

/** On each of `days` days two cashiers ask five times each; `toFriend` of the first one's go to the first of two managers, half of the other's. */
const shop = (days: number, toFriend: number): PairCount[] =>
  Array.from({ length: days }, (_, day) => {
    const one = (requester: string, approver: string, count: number) => ({
      ...{ stratum: String(day), requester, approver, count },
    });
    return [one("a", "x", toFriend), one("a", "y", 4 - toFriend), one("b", "x", 2), one("b", "y", 2)].filter(
      ({ count }) => count > 0,
    );
  }).flat();

test("a finding says how many, how many are usual, and both shares", () => {
  const [found] = findPairs(shop(30, 4));
  expect(found).toMatchObject({ people: ["a", "x"], count: 120, expected: 90, share: 1, usualShare: 0.75 });
  expect(found?.chance).toBeLessThan(1e-6);
});

test("nine approvals are never a finding however striking, and half of everything is no finding however many", () => {
  expect(findPairs(shop(300, 2))).toEqual([]);
  const few = (count: number): PairCount[] => [
    ...Array.from({ length: count }, (_, day) => ({
      ...{ stratum: String(day), requester: "a", approver: "x", count: 1 },
    })),
    ...Array.from({ length: count }, (_, day) => ({
      ...{ stratum: String(day), requester: "b", approver: "y", count: 9 },
    })),
  ];
  expect(findPairs(few(9))).toEqual([]);
  expect(findPairs(few(10)).map(({ people }) => people)).toContainEqual(["a", "x"]);
});

test("a day on which one person alone approves says nothing about anybody", () => {
  const alone = Array.from({ length: 90 }, (_, day) => ({
    ...{ stratum: String(day), requester: "a", approver: "x", count: 9 },
  }));
  expect(findPairs(alone)).toEqual([]);
  expect(findPairs([])).toEqual([]);
});
