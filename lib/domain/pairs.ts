import { limits } from "./limits.ts";

/** How many requests of one person another person approved on one day in one store. */
export type PairCount = {
  /** The store and its business day: what is compared happened side by side. */
  readonly stratum: string;
  readonly requester: string;
  readonly approver: string;
  readonly count: number;
};

/** Two people of whom one approves the other too often. */
export type PairFound = {
  readonly people: readonly [string, string];
  /** Requests of either that the other approved, and how many there would be if nobody chose whom to ask. */
  readonly count: number;
  readonly expected: number;
  /** Of all their requests that the other could have approved: the share that went there, and the usual one of those days. */
  readonly share: number;
  readonly usualShare: number;
  /** How likely as much or more is by chance, one-sided. */
  readonly chance: number;
};

type Sums = { count: number; expected: number; variance: number; asked: number };

/**
 * The pairs of requester and approver that find each other more often than the days of their store explain; the one that
 * keeps most to itself first.
 *
 * Statistic: Mantel-Haenszel over the days of each store (N. Mantel, W. Haenszel, J. Natl. Cancer Inst. 22, 1959, 719-748),
 * with continuity correction, one-sided, both directions of a pair together. A day is a 2x2 table, this requester against
 * the others by this approver against the others, and is compared with itself alone: who shares a shift is no suspect, and
 * a day with a single approver says nothing. The others are those who approve nothing that day: nobody approves their own,
 * so approvers as askers had one choice less. The level is divided by the number of pairs (Bonferroni). Who was found is
 * no measure for the rest, and their friend no choice of theirs any more: of two cashiers and two managers both halves
 * would be named. Besides a finding needs an excess that a person would call one: `pairCountMin`, `pairTimesUsual`. What
 * was weighed and measured: docs/adr/0027.
 */
export function findPairs(counts: readonly PairCount[]): readonly PairFound[] {
  const found: PairFound[] = [];
  const days = [...Map.groupBy(counts, ({ stratum }) => stratum).values()];
  const pairs = pairsOf(counts);
  for (;;) {
    const known = found.map(({ people }) => people);
    const [first] = pairs
      .filter((people) => !known.includes(people))
      .map((people) => judge(days, { people, known }))
      .filter((pair) => isTooOften(pair, pairs.length))
      .toSorted((a, b) => b.share - a.share);
    if (!first) return found;
    found.push(first);
  }
}

function isTooOften({ count, expected, chance }: PairFound, pairs: number): boolean {
  const isMuch = count >= limits.pairCountMin && count >= expected * limits.pairTimesUsual;
  return isMuch && chance < limits.pairChanceMax / pairs;
}

type Pair = PairFound["people"];
type Asked = { readonly people: Pair; readonly known: readonly Pair[] };
type Direction = Pick<PairCount, "requester" | "approver"> & { readonly known: readonly Pair[] };

/** Every two people of whom one approved the other, each pair once. */
function pairsOf(counts: readonly PairCount[]): readonly Pair[] {
  const pairs = new Map<string, Pair>();
  for (const { requester, approver } of counts) {
    const [a = "", b = ""] = [requester, approver].toSorted();
    pairs.set(`${a} ${b}`, [a, b]);
  }
  return [...pairs.values()];
}

function judge(days: readonly (readonly PairCount[])[], { people, known }: Asked): PairFound {
  const [a, b] = people;
  const sums: Sums = { count: 0, expected: 0, variance: 0, asked: 0 };
  for (const day of days) {
    addDay(sums, day, { requester: a, approver: b, known });
    addDay(sums, day, { requester: b, approver: a, known });
  }
  const { count, expected, variance, asked } = sums;
  const z = variance > 0 ? (count - expected - 0.5) / Math.sqrt(variance) : 0;
  const share = (part: number) => (asked === 0 ? 0 : part / asked);
  return { people, count, expected, share: share(count), usualShare: share(expected), chance: upperTail(z) };
}

/** Whether what somebody else asked is a measure for this direction, and whether both had the choice of who approved it. */
function isMeasure(one: PairCount, deciding: ReadonlySet<string>, { requester, known }: Direction): boolean {
  if (known.some((pair) => pair.includes(requester) && pair.includes(one.approver))) return false;
  if (one.requester === requester) return true;
  const isFriend = known.some((pair) => pair.includes(one.requester));
  return !isFriend && !deciding.has(one.requester) && one.approver !== requester;
}

/** One day's table of one direction: what was seen, what its margins let expect, and how far that scatters. */
function addDay(sums: Sums, day: readonly PairCount[], direction: Direction): void {
  const { requester, approver } = direction;
  let [total, asked, approved, both] = [0, 0, 0, 0];
  const deciding = new Set(day.map((one) => one.approver));
  for (const one of day.filter((each) => isMeasure(each, deciding, direction))) {
    total += one.count;
    if (one.requester === requester) asked += one.count;
    if (one.approver === approver) approved += one.count;
    if (one.requester === requester && one.approver === approver) both += one.count;
  }
  if (total < 2 || asked === 0) return;
  sums.asked += asked;
  sums.count += both;
  sums.expected += (asked * approved) / total;
  sums.variance += (asked * (total - asked) * approved * (total - approved)) / (total * total * (total - 1));
}

/** The upper tail of the normal distribution; Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26: off by 1.5e-7 at most. */
function upperTail(z: number): number {
  if (z < 0) return 1 - upperTail(-z);
  const x = z / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const parts = [0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429];
  return (parts.reduceRight((sum, part) => (sum + part) * t, 0) * Math.exp(-x * x)) / 2;
}
