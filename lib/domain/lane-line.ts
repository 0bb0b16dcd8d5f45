import { askedInMs, readingIntervalMs } from "./reading-pace.ts";

/** A question or an outcome that waits for its turn in an account's lane; times in ms since 1970. */
export type Waiting = {
  readonly orderId: string;
  /** What stands before what: the smaller number first (money.md 3.3). */
  readonly rank: number;
  /** Among equals, who waited longest comes first. */
  readonly sinceMs: number;
  readonly dueMs: number;
};

/** All that waits in an account's lane, as the books had it at one moment of the database's clock; times in ms since 1970. */
export type LaneLine = {
  readonly atMs: number;
  readonly gapMs: number;
  readonly nextFreeMs: number;
  /** The gateway is left alone until then; may be past. */
  readonly breakerMs: number;
  /** Somebody holds the lane until then at most; null: nobody does. */
  readonly holderMs: number | null;
  /** When the next list answers for all orders that carry this very moment; null: there is no list. */
  readonly listDueMs: number | null;
  /** Orders of the account that somebody looks at. */
  readonly watchers: number;
  readonly questions: readonly Waiting[];
  readonly outcomes: readonly Waiting[];
};

/** How an account's lane stands for one order; times in ms since 1970, null: no question is planned, no rest is on. */
export type LaneOutlook = {
  readonly nextCheckMs: number | null;
  readonly quietMs: number | null;
  readonly watchers: number;
  /** About how old an answer about the order gets. */
  readonly targetAgeMs: number;
};

const isBefore = (one: Waiting, other: Waiting) =>
  one.rank < other.rank || (one.rank === other.rank && one.sinceMs < other.sinceMs);

/**
 * When the gateway will about be asked about an order again, as seen at `nowMs`: the lane's rest, then everything that stands
 * before its question, as the clerk takes them. Orders that the next list answers for carry exactly its moment and share its
 * one slot.
 */
export function outlookOf(line: LaneLine, orderId: string, nowMs: number): LaneOutlook {
  const { gapMs, listDueMs, watchers, questions, outcomes } = line;
  const mine = [...questions, ...outcomes]
    .filter((one) => one.orderId === orderId)
    .reduce<Waiting | null>((first, one) => (first && !isBefore(one, first) ? first : one), null);
  const isListed = ({ dueMs }: Waiting) => listDueMs !== null && dueMs === listDueMs;
  const listed = questions.filter(isListed).length;
  return {
    nextCheckMs: mine && Number.isFinite(mine.dueMs) ? nowMs + askedInMs({ gapMs, ...placeOf(mine) }) : null,
    quietMs: line.breakerMs > nowMs ? line.breakerMs : null,
    watchers,
    targetAgeMs: Math.round(readingIntervalMs(watchers, gapMs, listed)),
  };

  function placeOf(own: Waiting) {
    const isHeld = line.holderMs !== null && line.holderMs > nowMs;
    const freeMs = Math.max(
      nowMs,
      line.nextFreeMs,
      line.breakerMs,
      own.dueMs,
      isHeld ? nowMs + gapMs : nowMs,
    );
    const ahead = (all: readonly Waiting[], untilMs: number) =>
      all.filter((one) => one.orderId !== orderId && one.dueMs <= untilMs && isBefore(one, own));
    const asked = ahead(questions, Math.max(nowMs, own.dueMs));
    const byList = asked.some(isListed) && !isListed(own) ? 1 : 0;
    const byThemselves = asked.filter((one) => !isListed(one)).length;
    return { freeInMs: freeMs - nowMs, ahead: byThemselves + byList + ahead(outcomes, nowMs).length };
  }
}
