import type { Capabilities, GatewayOrderState } from "./gateway-facts.ts";
import { isLive, type MoneyOpState } from "./money-op.ts";
import { ok, type Result, refuse } from "./result.ts";

export type CancelFacts = {
  readonly gatewayState: GatewayOrderState;
  readonly isKnown: boolean;
  /** When the order was made, or first seen by us where nothing tells ("at most", money.md). */
  readonly madeAt: Date;
  readonly ops: readonly { readonly state: MoneyOpState }[];
};

/** Why an order cannot be cancelled now; message keys under `cancelRefusal`. */
export type CancelRefusal = "unknown" | "paid" | "notWaiting" | "tooLate" | "moneyIsMoving";

/** Could the customer still pay this order? Then it can be cancelled. */
export function isOpenForPayment(state: GatewayOrderState): boolean {
  return state === "waiting" || state === "attempt-failed";
}

/**
 * May this order be cancelled at `now`? Only while it can still be paid; `by: "offer"` counts the shorter time in which
 * the button is shown, `by: "send"` the gateway's own window (Scan2Pay 4.7: 15 minutes).
 */
export function mayCancel(
  facts: CancelFacts,
  capabilities: Capabilities,
  at: { now: Date; by: "offer" | "send" },
): Result<Date | null, CancelRefusal> {
  if (!facts.isKnown) return refuse("unknown");
  if (facts.ops.some((op) => isLive(op.state))) return refuse("moneyIsMoving");
  if (facts.gatewayState === "paid") return refuse("paid");
  if (!isOpenForPayment(facts.gatewayState)) return refuse("notWaiting");
  const { offeredForMs, windowMs } = capabilities.cancel;
  const lengthMs = at.by === "offer" ? offeredForMs : windowMs;
  if (lengthMs === null) return ok(null);
  const until = new Date(facts.madeAt.getTime() + lengthMs);
  return at.now < until ? ok(until) : refuse("tooLate");
}
