/** What one benchmark found: ours beside its peer or limit, both measured in this run. */
export type Figure = {
  /** The benchmark in speed.md, as "B1". */
  readonly id: string;
  readonly what: string;
  readonly unit: string;
  readonly ours: number;
  /** The peer's figure in the same unit; null where a plain limit is the measure. */
  readonly peer: number | null;
  readonly target: string;
  readonly isMet: boolean;
};

/** How much is done: `small` only shows that a benchmark works. */
export type Size = "small" | "full";

/** The q-th part of `values` (0 to 1), by the nearest rank; NaN of none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}

export const median = (values: readonly number[]) => quantile(values, 0.5);

/** Milliseconds of one go. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** The same number of goes of two works, turn by turn, so that what slows the machine slows both. */
export async function sideBySide(
  times: number,
  ours: (n: number) => Promise<number>,
  peer: (n: number) => Promise<number>,
): Promise<{ ours: number[]; peer: number[] }> {
  const took = { ours: [] as number[], peer: [] as number[] };
  for (let n = 0; n < times; n += 1) {
    took.ours.push(await ours(n));
    took.peer.push(await peer(n));
  }
  return took;
}

/** At most `limit` times the peer. */
export function atMost(
  id: string,
  what: string,
  { ours, peer, limit, unit = "ms" }: { ours: number; peer: number; limit: number; unit?: string },
): Figure {
  return { id, what, unit, ours, peer, target: `≤ ${limit} ×`, isMet: ours <= peer * limit };
}

/** At least `limit` times the peer. */
export function atLeast(
  id: string,
  what: string,
  { ours, peer, limit, unit }: { ours: number; peer: number; limit: number; unit: string },
): Figure {
  return { id, what, unit, ours, peer, target: `≥ ${limit} ×`, isMet: ours >= peer * limit };
}

/** At most `limit` of its own unit. */
export function within(
  id: string,
  what: string,
  { ours, limit, unit = "ms" }: { ours: number; limit: number; unit?: string },
): Figure {
  return { id, what, unit, ours, peer: null, target: `≤ ${limit} ${unit}`, isMet: ours <= limit };
}

/** At least `limit` of its own unit. */
export function beyond(
  id: string,
  what: string,
  { ours, limit, unit }: { ours: number; limit: number; unit: string },
): Figure {
  return { id, what, unit, ours, peer: null, target: `≥ ${limit} ${unit}`, isMet: ours >= limit };
}

const shown = (value: number) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2));

/** One line of the table. */
export function row({ id, what, unit, ours, peer, target, isMet }: Figure): string {
  const ratio = peer === null ? "" : `${(ours / peer).toFixed(2)} ×`;
  const beside = peer === null ? "" : `${shown(peer)} ${unit}`;
  return `| ${id} | ${what} | ${shown(ours)} ${unit} | ${beside} | ${ratio} | ${target} | ${isMet ? "yes" : "**no**"} |`;
}

export const head =
  "| benchmark | what | ours | beside it | ratio | target | met |\n|---|---|---|---|---|---|---|";
