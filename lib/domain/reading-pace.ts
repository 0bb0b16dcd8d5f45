import { limits } from "./limits.ts";

/** One question's share of a lane, in ms: the gap and the mean time of an answer (money.md 3.4: s). */
const slotMs = (gapMs: number) => gapMs + limits.queryLatencyMeanMs;

/** Time between two answers about one order while `watched` orders of the account are looked at, in ms (money.md 3.4: N·s/φ). */
export function readingIntervalMs(watched: number, gapMs: number): number {
  return (Math.max(1, watched) * slotMs(gapMs)) / limits.watchedLaneShare;
}

/** How long until a question is asked that has `ahead` others in front of it in a lane that is free in `freeInMs`, in ms. */
export function askedInMs(line: { freeInMs: number; ahead: number; gapMs: number }): number {
  return line.freeInMs + (line.ahead * slotMs(line.gapMs)) / limits.watchedLaneShare;
}
