/**
 * How much of the exhaustive suites runs: everything in `npm test` (project `exhaustive`), a sample in `npm run check`.
 * The assertions are the same.
 */
export const isExhaustive = process.env.STOREDESK_EXHAUSTIVE === "1";

/** The step through a row of bits or bytes: each one, or each seventh, which meets all eight bits of a byte in turn. */
export const stride = isExhaustive ? 1 : 7;

/** The runs of a property: all, or a tenth. */
export function runs(count: number): { readonly numRuns: number } {
  return { numRuns: isExhaustive ? count : Math.ceil(count / 10) };
}
