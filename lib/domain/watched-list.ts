import type { GatewayOrderState } from "./gateway-facts.ts";
import { limits } from "./limits.ts";

/** An order in the line of questions, as the choice between its own question and a list needs it. */
export type InLine = {
  readonly orderId: string;
  readonly state: GatewayOrderState;
  /** How long ago our books first saw it, in ms. */
  readonly seenForMs: number;
  /** A page looks at it now. */
  readonly isWatched: boolean;
  /** No money of it moves or is looked for, no cancel is guarded, and the gateway answered about it before. */
  readonly isPlain: boolean;
};

/** How the account's lists stand. `isDue`: the last one is long enough ago. */
export type Lists = { readonly canList: boolean; readonly isDue: boolean };

/**
 * Whether a list of waiting orders can speak for an order: one that waits for its payment, with nothing else open, first seen
 * inside the list's period. Of anything else a row would prove too little (money.md 2.6, 3.4).
 */
export function isListable({ state, seenForMs, isPlain }: InLine): boolean {
  return state === "waiting" && isPlain && seenForMs < limits.watchedListReachMs;
}

/**
 * The orders that one list is to answer for in the slot of `mine`'s question; null: `mine` has its own question. A list is
 * worth its slot from `watchedListFrom` watched orders on; orders nobody looks at any more are answered along with them.
 */
export function listedWith<Order extends InLine>(
  mine: string,
  line: readonly Order[],
  { canList, isDue }: Lists,
): readonly Order[] | null {
  if (!canList || !isDue) return null;
  const listable = line.filter(isListable);
  if (!listable.some(({ orderId }) => orderId === mine)) return null;
  return listable.filter(({ isWatched }) => isWatched).length >= limits.watchedListFrom ? listable : null;
}

/** What a list says of an order it was read for. */
type Row = { readonly orderNo: string; readonly amountMinor: number; readonly state: GatewayOrderState };

/**
 * The orders of which a list proves that they still wait: in exactly one row, in that state, with the amount we know. The list's
 * silence, a second row or another amount prove nothing.
 */
export function stillWaiting<Order extends { readonly orderNo: string; readonly amountMinor: number | null }>(
  orders: readonly Order[],
  rows: readonly Row[],
): readonly Order[] {
  const byNo = Map.groupBy(rows, ({ orderNo }) => orderNo);
  return orders.filter(({ orderNo, amountMinor }) => {
    const [row, second] = byNo.get(orderNo) ?? [];
    const isTheSame = amountMinor === null || row?.amountMinor === amountMinor;
    return row?.state === "waiting" && second === undefined && isTheSame;
  });
}

/** When the next list may be asked for, in ms: `failed` lists in a row brought no answer. */
export function nextListInMs(failed: number): number {
  const times = 2 ** Math.max(0, failed - 1);
  return Math.min(limits.watchedListEveryMs * times, limits.watchedListPauseMaxMs);
}
