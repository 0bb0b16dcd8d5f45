import { isOpenForPayment } from "../cancel.ts";
import type { GatewayOrderState } from "../gateway-facts.ts";
import type { MoneyOpKind } from "../money-op.ts";

/** How long a gateway's own query may still show the old state after a success, in ms (faults.md F12: up to 60 s, doubled). */
export const confirmLagMs = 120_000;

/**
 * Whether a query agrees with a success the gateway answered (money.md 2.5: "plus one confirming query"). `disagrees`:
 * beyond the lag the query shows another state; the operation stays SUCCEEDED and a person looks at it.
 */
export function confirmSuccess(
  op: { readonly kind: MoneyOpKind; readonly settledAt: Date },
  state: GatewayOrderState,
  now: Date,
): "confirmed" | "wait" | "disagrees" {
  const agreeing: readonly GatewayOrderState[] =
    op.kind === "REFUND" ? ["refunded"] : ["not-paid", "cancelled", "refunded"];
  if (agreeing.includes(state)) return "confirmed";
  const isLate = now.getTime() - op.settledAt.getTime() >= confirmLagMs;
  const saysNothing = state === "unsure" || state === "refund-accepted" || isStillOpen(op.kind, state);
  return isLate && !saysNothing ? "disagrees" : "wait";
}

/** A cancelled order may be shown as waiting until its QR code dies (Scan2Pay 6.4); a paid one is the guard's business. */
function isStillOpen(kind: MoneyOpKind, state: GatewayOrderState): boolean {
  return kind === "CANCEL" && (isOpenForPayment(state) || state === "paid");
}
