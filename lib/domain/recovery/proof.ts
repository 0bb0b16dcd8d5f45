/** One refund in the daily proof: an order and an amount in minor units. */
export type ProofRow = { readonly orderNo: string; readonly amountMinor: number };

/** The four lists of the daily proof (money.md 2.13); all must be empty. */
export type ProofLists = {
  readonly oursOnly: readonly ProofRow[];
  readonly theirsOnly: readonly ProofRow[];
  readonly amountDiffers: readonly {
    readonly orderNo: string;
    readonly ourMinor: number;
    readonly theirMinor: number;
  }[];
  readonly moreThanOne: readonly {
    readonly orderNo: string;
    readonly ourCount: number;
    readonly theirCount: number;
  }[];
};

/** A refund with when it happened, by whoever's clock. */
export type ProofEntry = ProofRow & { readonly at: Date | null };

/** A day, `from` ≤ instant < `to`. */
export type ProofDay = { readonly from: Date; readonly to: Date };

/** How far the two sides' clocks and the way of a refund may lie apart, in ms: at the ends of a day both are looked at this far. */
export const proofSlackMs = 10 * 60_000;

/**
 * Compares the refunds of a day. Both sides must be given `proofSlackMs` beyond the day's ends; an order counts when either
 * side has a refund of it inside the day, and then with all its refunds that are given.
 */
export function compareDay(
  ours: readonly ProofEntry[],
  theirs: readonly ProofEntry[],
  day: ProofDay,
): ProofLists {
  const isInside = ({ at }: ProofEntry) => at === null || (at >= day.from && at < day.to);
  const orders = new Set([...ours, ...theirs].filter(isInside).map(({ orderNo }) => orderNo));
  const lists = {
    oursOnly: [] as ProofRow[],
    theirsOnly: [] as ProofRow[],
    amountDiffers: [] as { orderNo: string; ourMinor: number; theirMinor: number }[],
    moreThanOne: [] as { orderNo: string; ourCount: number; theirCount: number }[],
  };
  for (const orderNo of [...orders].toSorted()) {
    const our = sumOf(ours, orderNo);
    const their = sumOf(theirs, orderNo);
    if (their.count === 0) lists.oursOnly.push({ orderNo, amountMinor: our.minor });
    else if (our.count === 0) lists.theirsOnly.push({ orderNo, amountMinor: their.minor });
    else if (our.minor !== their.minor)
      lists.amountDiffers.push({ orderNo, ourMinor: our.minor, theirMinor: their.minor });
    if (their.count > 1 && their.count > our.count)
      lists.moreThanOne.push({ orderNo, ourCount: our.count, theirCount: their.count });
  }
  return lists;
}

function sumOf(entries: readonly ProofEntry[], orderNo: string) {
  const own = entries.filter((entry) => entry.orderNo === orderNo);
  return { count: own.length, minor: own.reduce((sum, { amountMinor }) => sum + amountMinor, 0) };
}

/** Whether a day needs nobody's eyes. */
export function isClean(lists: ProofLists): boolean {
  return Object.values(lists).every((list) => list.length === 0);
}
