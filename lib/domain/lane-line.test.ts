import { expect, test } from "vitest";
import { type LaneLine, outlookOf, type Waiting } from "./lane-line.ts";
import { limits } from "./limits.ts";
import { readingIntervalMs } from "./reading-pace.ts";

const atMs = 1_000_000;
const gapMs = 2_100;
/** One turn of the lane, as staff are told it. */
const turnMs = (gapMs + limits.queryLatencyMeanMs) / limits.watchedLaneShare;

const idle: LaneLine = {
  ...{ atMs, gapMs, nextFreeMs: 0, breakerMs: 0, holderMs: null, listDueMs: null, watchers: 1 },
  ...{ questions: [], outcomes: [] },
};
const waits = (
  orderId: string,
  { rank = 3, sinceMs = atMs - 9_000, dueMs = atMs - 5_000 } = {},
): Waiting => ({
  ...{ orderId, rank, sinceMs, dueMs },
});
const mine = waits("mine");
const inMs = (line: Partial<LaneLine>, nowMs = atMs) => {
  const { nextCheckMs } = outlookOf({ ...idle, questions: [mine], ...line }, "mine", nowMs);
  return nextCheckMs === null ? null : nextCheckMs - nowMs;
};

test("an order that nobody asks about has no next check; one that is due in a free lane is asked about now", () => {
  expect(inMs({ questions: [waits("other")] })).toBeNull();
  expect(inMs({})).toBe(0);
});

test("the next check comes when its question is due, the lane is free and its rest is over, whichever is last", () => {
  expect(inMs({ questions: [waits("mine", { dueMs: atMs + 700 })] })).toBe(700);
  expect(inMs({ nextFreeMs: atMs + 900 })).toBe(900);
  expect(inMs({ breakerMs: atMs + 60_000, nextFreeMs: atMs + 900 })).toBe(60_000);
  expect(inMs({ holderMs: atMs + 1 })).toBe(gapMs);
  expect(inMs({ holderMs: atMs })).toBe(0);
});

test("a lane's rest is told until it is over, and not a moment longer", () => {
  const rests = { ...idle, breakerMs: atMs + 10 };
  expect(outlookOf(rests, "mine", atMs + 9).quietMs).toBe(atMs + 10);
  expect(outlookOf(rests, "mine", atMs + 10).quietMs).toBeNull();
});

test("who waited longer or matters more stands before; who does not, or is not due yet, takes no turn", () => {
  const longer = waits("a", { sinceMs: mine.sinceMs - 1 });
  const just = waits("b", { sinceMs: mine.sinceMs });
  const matters = waits("c", { rank: 2, sinceMs: atMs });
  const later = waits("d", { rank: 2, dueMs: atMs + 1 });
  expect(inMs({ questions: [mine, longer] })).toBe(turnMs);
  expect(inMs({ questions: [mine, just, later] })).toBe(0);
  expect(inMs({ questions: [mine, longer, just, matters, later] })).toBe(2 * turnMs);
  expect(inMs({ questions: [mine, later] }, atMs + 1)).toBe(turnMs);
});

test("money on its way stands before every question; the order's own outcome is its own next check", () => {
  const send = waits("a", { rank: 0, sinceMs: atMs });
  expect(inMs({ outcomes: [send] })).toBe(turnMs);
  expect(inMs({ outcomes: [waits("mine", { rank: 1, dueMs: atMs + 300 })] })).toBe(300);
  expect(inMs({ outcomes: [waits("a", { rank: 0, dueMs: atMs + 300 })] })).toBe(0);
});

test("all orders of the next list share its one turn, and one of them waits for nobody of the list", () => {
  const listDueMs = atMs - 1_000;
  const listed = ["a", "b", "c"].map((id) => waits(id, { sinceMs: 0, dueMs: listDueMs }));
  expect(inMs({ listDueMs, questions: [mine, ...listed] })).toBe(turnMs);
  const own = waits("mine", { dueMs: listDueMs });
  expect(inMs({ listDueMs, questions: [own, ...listed] })).toBe(0);
});

test("how old an answer gets is told from all that are watched and how many of them the list answers for", () => {
  const listDueMs = atMs + 4_000;
  const questions = Array.from({ length: 6 }, (_, n) => waits(`o${n}`, { dueMs: n < 5 ? listDueMs : atMs }));
  const { targetAgeMs, watchers } = outlookOf({ ...idle, watchers: 6, listDueMs, questions }, "o0", atMs);
  expect([targetAgeMs, watchers]).toEqual([readingIntervalMs(6, gapMs, 5), 6]);
});

test("a question that is put off for good is no next check", () => {
  expect(inMs({ questions: [waits("mine", { dueMs: Number.POSITIVE_INFINITY })] })).toBeNull();
});
