/**
 * How much the model runs: `npm test` repeats the same runs every time, so that a landing is judged by its own changes;
 * `npm run faults` draws a new seed and runs more.
 */
export const modelSettings = {
  runs: Number(process.env.STOREDESK_MODEL_RUNS ?? 10_000),
  seed: Number(process.env.STOREDESK_MODEL_SEED ?? 20_261_124),
  /** Every planted bug must be caught within so many runs (faults.md F3). */
  caughtWithinRuns: 2_000,
};
