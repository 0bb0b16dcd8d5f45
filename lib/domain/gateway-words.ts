import { cutText } from "./cut-text.ts";
import type { Capabilities } from "./gateway-facts.ts";

/** Sent where nothing of a reason is left after the cut: gateways refuse an empty one, ours is kept whole. */
export const reasonStandIn = "Refund";

/** The reason as the gateway shall read it, whole: the cashier's own words, else the chosen reason's name. */
export function reasonForGateway({ reason, note }: { reason: string; note: string }): string {
  return note.trim() || reason || reasonStandIn;
}

/**
 * What a gateway is told of a refund in words, cut to what it takes by the same rule as the send, so that a preview is
 * what will be sent. Both texts are kept whole in our books.
 */
export function gatewayWords(
  ask: { reason: string; note: string; cashier: string },
  { reasonLengthMax, cashierLengthMax }: Pick<Capabilities["refund"], "reasonLengthMax" | "cashierLengthMax">,
): { readonly reason: string; readonly cashier: string } {
  return {
    reason: cutText(reasonForGateway(ask), reasonLengthMax) || reasonStandIn,
    cashier: cutText(ask.cashier, cashierLengthMax),
  };
}
