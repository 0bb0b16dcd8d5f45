import { limits } from "./limits.ts";

/** One question's share of a lane, in ms: the gap and the mean time of an answer (money.md 3.4: s). */
const slotMs = (gapMs: number) => gapMs + limits.queryLatencyMeanMs;

/**
 * Time between two answers about one order while `watched` orders of the account are looked at, in ms (money.md 3.4): N·s/φ. Where
 * one list answers for `listed` of them, it takes the place of one question and comes no more often than every B: B + s, or
 * (N − listed + 1)·s/φ where so many have questions of their own that it takes longer.
 */
export function readingIntervalMs(watched: number, gapMs: number, listed = 0): number {
  const roundMs = (questions: number) => (questions * slotMs(gapMs)) / limits.watchedLaneShare;
  if (listed === 0) return roundMs(Math.max(1, watched));
  return Math.max(limits.watchedListEveryMs + slotMs(gapMs), roundMs(Math.max(0, watched - listed) + 1));
}

/** How long until a question is asked that has `ahead` others in front of it in a lane that is free in `freeInMs`, in ms. */
export function askedInMs(line: { freeInMs: number; ahead: number; gapMs: number }): number {
  return line.freeInMs + (line.ahead * slotMs(line.gapMs)) / limits.watchedLaneShare;
}
