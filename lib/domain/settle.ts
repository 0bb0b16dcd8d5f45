import type { GatewayOrderState } from "./gateway-facts.ts";
import type { MoneyOpKind, MoneyOpState } from "./money-op.ts";

/** What the ladder of money.md 2.5 needs to know of a sent operation. */
export type SentOp = {
  readonly kind: MoneyOpKind;
  readonly state: MoneyOpState;
  readonly amountMinor: number;
  /** The gateway claimed a refusal when it was sent. */
  readonly wasDeclined: boolean;
  /** Bytes may have left at the latest then. */
  readonly lastSentAt: Date;
  /** Refunds of this order that had succeeded before: then "refunded" alone does not name this one. */
  readonly returnedBeforeMinor: number;
};

/** Where a verified query answer moves an operation; null: it says nothing yet, keep asking. */
export type Move = { readonly to: MoneyOpState; readonly why: string } | null;

/**
 * Reads a query answer as a verdict on a sent operation (money.md 2.5, 2.9). Time alone never decides: without an
 * answer this is not called, and no negative verdict falls before the quiet time is over.
 */
export function verdictOnSent(
  op: SentOp,
  gatewayState: GatewayOrderState,
  at: { now: Date; quietTimeMs: number },
): Move {
  const isQuiet = at.now.getTime() - op.lastSentAt.getTime() >= at.quietTimeMs;
  return op.kind === "REFUND" ? onRefund(op, gatewayState, isQuiet) : onCancel(op, gatewayState, isQuiet);
}

function onRefund(op: SentOp, gatewayState: GatewayOrderState, isQuiet: boolean): Move {
  switch (gatewayState) {
    case "refunded":
      if (op.returnedBeforeMinor === 0) return { to: "SUCCEEDED", why: "seenRefunded" };
      return isQuiet ? { to: "NEEDS_PERSON", why: "partsCannotBeTold" } : null;
    case "refund-accepted":
      return op.state === "PENDING" ? null : { to: "PENDING", why: "accepted" };
    case "refund-failed":
      return isQuiet ? { to: "FAILED", why: "seenRefundFailed" } : null;
    case "paid":
      if (!isQuiet) return null;
      return op.wasDeclined ? { to: "FAILED", why: "declined" } : { to: "NEEDS_PERSON", why: "seenPaid" };
    default:
      return isQuiet ? { to: "NEEDS_PERSON", why: "conflict" } : null;
  }
}

function onCancel(op: SentOp, gatewayState: GatewayOrderState, isQuiet: boolean): Move {
  switch (gatewayState) {
    case "not-paid":
    case "cancelled":
    case "refunded":
      return { to: "SUCCEEDED", why: "seenClosed" };
    case "paid":
      return op.wasDeclined || isQuiet ? { to: "FAILED", why: "paidMeanwhile" } : null;
    case "waiting":
      return op.wasDeclined && isQuiet ? { to: "FAILED", why: "declined" } : null;
    default:
      return null;
  }
}

/** When to ask again: 5, 10, 20, 40 s, each minute to 15 min, each 5 min to 1 h, each 15 min to 24 h, then hourly (money.md 2.6). */
export function askAgainAfterMs(askCount: number): number {
  const secondsFirst = [0, 5, 10, 20, 40][askCount];
  if (secondsFirst !== undefined) return secondsFirst * 1_000;
  if (askCount < 19) return 60_000;
  if (askCount < 28) return 5 * 60_000;
  if (askCount < 120) return 15 * 60_000;
  return 60 * 60_000;
}
