const secondMs = 1_000;
const minuteMs = 60 * secondMs;

/** Steps of the find-out ladder: how many questions come at which distance (money.md 2.6). */
const ladder = [
  { questions: 14, everyMs: minuteMs },
  { questions: 9, everyMs: 5 * minuteMs },
  { questions: 92, everyMs: 15 * minuteMs },
] as const;
const firstMs = [0, 5 * secondMs, 10 * secondMs, 20 * secondMs, 40 * secondMs] as const;

/**
 * How long after the `askCount`-th question the next one is asked, in ms: at once, 5, 10, 20, 40 s, each minute to 15 min,
 * each 5 min to 1 h, each 15 min to 24 h, then hourly without end (money.md 2.6).
 */
export function askAgainAfterMs(askCount: number): number {
  const first = firstMs[askCount];
  if (first !== undefined) return first;
  let rest = askCount - firstMs.length;
  for (const { questions, everyMs } of ladder) {
    if (rest < questions) return everyMs;
    rest -= questions;
  }
  return 60 * minuteMs;
}
