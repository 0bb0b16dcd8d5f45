import type { GatewayOrderState } from "../gateway-facts.ts";
import { isLive, type MoneyOpKind, type MoneyOpState } from "../money-op.ts";
import { isPaidAfterCancel } from "./guard.ts";

/** What of an order's books a reading is held against. Amounts in minor units. */
export type FindingFacts = {
  readonly gatewayState: GatewayOrderState;
  readonly paidMinor: number;
  /** Known to have gone back: by our operations, and found before. */
  readonly returnedMinor: number;
  readonly isCancelled: boolean;
  /** The account may refund parts: then "refunded" does not say how much. */
  readonly canPartial: boolean;
  readonly ops: readonly {
    readonly id: string;
    readonly kind: MoneyOpKind;
    readonly state: MoneyOpState;
    readonly amountMinor: number;
    readonly lastSentAt: Date | null;
  }[];
};

/** What a reading shows that our books cannot explain. */
export type Finding =
  | { readonly kind: "paidAfterCancel" }
  /** A refund we called failed took effect after all (money.md A2). */
  | { readonly kind: "lateEffect"; readonly opId: string }
  /** Money went back without an operation of ours; null: how much is told by the order's list of refunds. */
  | { readonly kind: "refundedElsewhere"; readonly amountMinor: number | null };

/** What the order's own state shows. */
export function findingsByState(facts: FindingFacts): readonly Finding[] {
  if (isPaidAfterCancel(facts)) return [{ kind: "paidAfterCancel" }];
  const isUnexplained = facts.gatewayState === "refunded" && facts.returnedMinor === 0 && facts.paidMinor > 0;
  if (!isUnexplained || isBeingExplained(facts)) return [];
  return explain(facts, facts.canPartial ? null : facts.paidMinor);
}

/** What the sum of the order's refunds at the gateway shows; `theirsMinor` counts finished refunds only. */
export function findingsBySum(facts: FindingFacts, theirsMinor: number): readonly Finding[] {
  const surplusMinor = theirsMinor - facts.returnedMinor;
  return surplusMinor <= 0 || isBeingExplained(facts) ? [] : explain(facts, surplusMinor);
}

/** An operation that may have left, or a cancel that gave the money back, explains it or will. */
function isBeingExplained({ ops }: FindingFacts): boolean {
  return ops.some(
    ({ kind, state }) => (isLive(state) && state !== "READY") || (kind === "CANCEL" && state === "SUCCEEDED"),
  );
}

function explain({ ops }: FindingFacts, amountMinor: number | null): readonly Finding[] {
  const late = ops.findLast(
    (op) =>
      op.kind === "REFUND" &&
      op.state === "FAILED" &&
      op.lastSentAt !== null &&
      op.amountMinor === amountMinor,
  );
  return late ? [{ kind: "lateEffect", opId: late.id }] : [{ kind: "refundedElsewhere", amountMinor }];
}
