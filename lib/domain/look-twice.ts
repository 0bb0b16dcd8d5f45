import { limits } from "./limits.ts";

/** Why a manager looks twice; message keys under `lookTwice`. None of them decides anything. */
export type LookTwice = "justUnderLimit" | "thirdToday" | "oldSale";

/** What the chips are made from. Amounts in minor units, instants by the database's clock. */
export type LookTwiceFacts = {
  readonly amountMinor: number;
  /** The requester's own limit; 0: none. */
  readonly limitMinor: number;
  /** Which request of this person's business day it is, from 1. */
  readonly nthToday: number;
  readonly paidAt: Date | null;
  readonly askedAt: Date;
};

/**
 * What a manager should look at twice (screens.md 4.1): an amount that stays just under the requester's own limit, the
 * third and every later request of one person on one day, and a sale from long ago.
 */
export function lookTwice(facts: LookTwiceFacts): readonly LookTwice[] {
  const { amountMinor, limitMinor, nthToday, paidAt, askedAt } = facts;
  const found: LookTwice[] = [];
  if (amountMinor <= limitMinor && amountMinor * 100 >= limitMinor * limits.justUnderLimitPercent)
    found.push("justUnderLimit");
  if (nthToday >= limits.manyRequestsFrom) found.push("thirdToday");
  if (paidAt && askedAt.getTime() - paidAt.getTime() >= limits.oldSaleMs) found.push("oldSale");
  return found;
}
