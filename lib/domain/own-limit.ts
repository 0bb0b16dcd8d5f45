import type { Currency } from "./currency.ts";
import { needsTwo } from "./second-approval.ts";

/** What somebody may refund without a manager; amounts in minor units of `currency`, ages in days of 24 hours. */
export type OwnLimits = {
  /** In which currency the amounts are; in any other there is no own limit. */
  readonly currency: Currency | null;
  /** The largest single refund; 0: every refund needs a manager. */
  readonly perRefundMinor: number;
  /** Per business day of the store, whatever became of them. */
  readonly dayCountMax: number;
  readonly daySumMinor: number;
  readonly saleAgeMaxDays: number;
};

/** What of an order and of its person's day decides about the way a request takes. Plain: it travels to the form as it is. */
export type OwnLimitFacts = {
  readonly limits: OwnLimits;
  /** What this person sent by their own limit on the store's business day. */
  readonly today: { readonly count: number; readonly sumMinor: number };
  readonly sale: {
    readonly currency: Currency;
    /** How long ago the customer paid, in ms; null: nobody told. */
    readonly ageMs: number | null;
    /** Above this amount its store asks for two managers; null: never. */
    readonly secondAboveMinor: number | null;
    /** Nothing about its money is out of the ordinary: seen paid, never cancelled, nothing went back elsewhere, no open case. */
    readonly isPlain: boolean;
    /** A manager rejected a request for this order or gave one back. */
    readonly isDecidedBefore: boolean;
  };
};

/** Why a manager decides; message keys under `ownLimit.why`. */
export const managerReasons = [
  "noLimit",
  "aboveLimit",
  "needsTwo",
  "dayCount",
  "daySum",
  "oldSale",
  "saleDateUnknown",
  "unusual",
  "decidedBefore",
] as const;
export type ManagerReason = (typeof managerReasons)[number];

const dayMs = 24 * 3_600_000;

/**
 * Why a refund of this amount waits for a manager; null: it is within its person's own limits and approved by that rule.
 * Every limit still allows its own value. Beyond a limit means "ask", never "refused". The form asks it for its preview, the
 * request decides by it under the person's lock, and the database holds amount, count and sum again.
 */
export function whyManager(
  amountMinor: number,
  { limits, today, sale }: OwnLimitFacts,
): ManagerReason | null {
  if (limits.perRefundMinor === 0 || limits.currency !== sale.currency) return "noLimit";
  if (sale.isDecidedBefore) return "decidedBefore";
  if (!sale.isPlain) return "unusual";
  if (sale.ageMs === null) return "saleDateUnknown";
  if (sale.ageMs > limits.saleAgeMaxDays * dayMs) return "oldSale";
  if (amountMinor > limits.perRefundMinor) return "aboveLimit";
  if (needsTwo(amountMinor, sale.secondAboveMinor)) return "needsTwo";
  if (today.count + 1 > limits.dayCountMax) return "dayCount";
  return today.sumMinor + amountMinor > limits.daySumMinor ? "daySum" : null;
}

/** How a request was judged when it was asked, kept with it; amounts in minor units. */
export type OwnLimitJudgement = {
  /** Null: approved by the rule. */
  readonly why: ManagerReason | null;
  readonly limits: OwnLimits;
  readonly today: OwnLimitFacts["today"];
  readonly saleAgeMs: number | null;
  readonly secondAboveMinor?: number | null;
};

/** How many whole days old a sale is. */
export function saleDays(ageMs: number): number {
  return Math.floor(ageMs / dayMs);
}
