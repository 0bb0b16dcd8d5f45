import { expect, test } from "vitest";
import { type Arrival, type Findings, judge } from "./judge.ts";

const waiting = { state: "waiting", asOf: "2026-11-24T04:00:00.000Z", isSettled: false };
const call = (n: number, changes: Partial<Arrival> = {}): Arrival => ({
  service: "SingleOrderQuery",
  storeOrderNo: n % 2 ? "CROWD" : "LONE",
  arrivedAt: n * 2_100,
  gapMs: n === 0 ? null : 2_000,
  code: "0000",
  isViolation: false,
  ...changes,
});
const ten = Array.from({ length: 10 }, (_, n) => call(n));
const good: Findings = {
  watchedMs: 21_000,
  arrivals: ten,
  locks: [],
  crowded: "CROWD",
  lonely: "LONE",
  polls: { answered: 80, failed: [] },
  refundsMinor: [700],
  refundedMinor: 700,
  answers: [{ wanted: "waiting", told: [waiting, { ...waiting }] }],
  restarts: [],
};
const wrong = (changes: Partial<Findings>) =>
  judge({ ...good, ...changes }).flatMap(({ name, isGood }) => (isGood ? [] : [name]));

test("a run as promised passes every check", () => {
  expect(wrong({})).toEqual([]);
});

test.each<[string, Partial<Findings>]>([
  ["no two queries closer than 2,000 ms", { arrivals: [...ten, call(10, { gapMs: 1_999 })] }],
  ["the gateway never locked us out", { locks: [{}] }],
  ["the gateway never locked us out", { arrivals: [...ten, call(10, { code: "7145" })] }],
  ["the gateway never locked us out", { arrivals: [...ten, call(10, { isViolation: true })] }],
  ["the lane was used", { arrivals: ten.slice(0, 6) }],
  [
    "forty pollers on one order ask no more than one",
    { arrivals: [...ten, ...[11, 13].map((n) => call(n))] },
  ],
  ["every poll was answered", { polls: { answered: 79, failed: ["500"] } }],
  ["the approved refund went out exactly once", { refundsMinor: [] }],
  ["the approved refund went out exactly once", { refundsMinor: [700, 700] }],
  ["the approved refund went out exactly once", { refundsMinor: [699] }],
  [
    "both instances tell the same",
    { answers: [{ wanted: "waiting", told: [waiting, { ...waiting, state: "paid" }] }] },
  ],
  ["every order ends where it should", { answers: [{ wanted: "paid", told: [waiting, { ...waiting }] }] }],
  ["no program ended by itself", { restarts: ["Instance 1 stopped (code 1); starting it again"] }],
])("%s: %o", (name, changes) => {
  expect(wrong(changes)).toEqual([name]);
});

test("the edges: 2,000 ms, seven of ten slots and one query more are within the promise", () => {
  expect(wrong({ arrivals: ten.slice(0, 7) })).toEqual([]);
  expect(wrong({ arrivals: [...ten, call(11)] })).toEqual([]);
});

test("a run that saw nothing proves nothing", () => {
  const nothing = { arrivals: [], polls: { answered: 0, failed: [] }, refundsMinor: [], answers: [] };
  expect(wrong(nothing)).toHaveLength(7);
});
