/** What the soak found, and what it is worth. Pure, so that both sides of every edge can be tested. */

/** One call in the simulator's arrival log, by the simulator's own clock. */
export type Arrival = {
  readonly service: string;
  readonly storeOrderNo: string | null;
  readonly arrivedAt: number;
  /** Since the account's previous status query was answered or broken off; null for other calls and the first. */
  readonly gapMs: number | null;
  readonly code: string;
  readonly isViolation: boolean;
};

export type Status = { readonly state: string; readonly asOf: string | null; readonly isSettled: boolean };

export type Findings = {
  /** How long the pollers ran. */
  readonly watchedMs: number;
  /** Calls that arrived meanwhile. */
  readonly arrivals: readonly Arrival[];
  readonly locks: readonly unknown[];
  /** Orders that waited all the time: one with forty pollers, one with a single poller. */
  readonly crowded: string;
  readonly lonely: string;
  readonly polls: { readonly answered: number; readonly failed: readonly string[] };
  /** Money that really left for the refunded order. */
  readonly refundsMinor: readonly number[];
  readonly refundedMinor: number;
  /** Each order's status at the end as each instance tells it, and where it should stand. */
  readonly answers: readonly { readonly wanted: string; readonly told: readonly [Status, Status] }[];
  /** What the launcher said about programs that ended by themselves. */
  readonly restarts: readonly string[];
};

export type Check = { readonly name: string; readonly isGood: boolean; readonly said: string };

/** The gateway's rule (Scan2Pay section 9, row 19) and ours: 2.0 s + 0.1 s after the previous answer. */
const gapMinMs = 2_000;
const slotMs = 2_100;
const usedShareMin = 0.7;

/** Every promise of the two-instances case (money.md 3.6) as a line with its number. */
export function judge(found: Findings): Check[] {
  const { arrivals, locks, polls, refundsMinor, refundedMinor, answers, restarts } = found;
  const gaps = arrivals.flatMap(({ gapMs }) => (gapMs === null ? [] : [gapMs]));
  const smallest = Math.min(...gaps);
  const lockedOut = arrivals.filter(({ code, isViolation }) => code === "7145" || isViolation).length;
  const slots = Math.floor(found.watchedMs / slotMs);
  const share = arrivals.length / slots;
  const asked = (orderNo: string) => arrivals.filter(({ storeOrderNo }) => storeOrderNo === orderNo).length;
  const [crowd, lone] = [asked(found.crowded), asked(found.lonely)];
  const apart = answers.filter(({ told: [one, two] }) => JSON.stringify(one) !== JSON.stringify(two));
  const astray = answers.filter(({ wanted, told }) => told[0].state !== wanted);
  return [
    {
      name: "no two queries closer than 2,000 ms",
      isGood: gaps.length > 0 && smallest >= gapMinMs,
      said: `${gaps.length} gaps, the smallest ${smallest} ms`,
    },
    {
      name: "the gateway never locked us out",
      isGood: locks.length === 0 && lockedOut === 0,
      said: `${locks.length} locks, ${lockedOut} calls too early`,
    },
    {
      name: "the lane was used",
      isGood: share >= usedShareMin,
      said: `${arrivals.length} calls in ${slots} slots, ${Math.round(share * 100)} %`,
    },
    {
      name: "forty pollers on one order ask no more than one",
      isGood: lone > 0 && crowd > 0 && crowd <= lone + 1,
      said: `${crowd} queries for forty pollers, ${lone} for one`,
    },
    {
      name: "every poll was answered",
      isGood: polls.answered > 0 && polls.failed.length === 0,
      said: `${polls.answered} answered, ${polls.failed.length} not ${polls.failed.slice(0, 3).join("; ")}`,
    },
    {
      name: "the approved refund went out exactly once",
      isGood: refundsMinor.length === 1 && refundsMinor[0] === refundedMinor,
      said: `in the ledger: ${refundsMinor.join(", ") || "none"}`,
    },
    {
      name: "both instances tell the same",
      isGood: answers.length > 0 && apart.length === 0,
      said: `${answers.length} orders, ${apart.length} told apart ${JSON.stringify(apart.slice(0, 1))}`,
    },
    {
      name: "every order ends where it should",
      isGood: answers.length > 0 && astray.length === 0,
      said: answers.map(({ wanted, told }) => `${told[0].state} for ${wanted}`).join(", "),
    },
    {
      name: "no program ended by itself",
      isGood: restarts.length === 0,
      said: restarts.join("; ") || "none did",
    },
  ];
}
