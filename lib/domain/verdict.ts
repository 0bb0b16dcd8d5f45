import { isOpenForPayment } from "./cancel.ts";
import type { GatewayOrderState } from "./gateway-facts.ts";
import { isLive, type MoneyOpState } from "./money-op.ts";
import type { OrderMoney } from "./refund.ts";
import { sumMoney } from "./refund.ts";
import { assertNever } from "./result.ts";

/** The one word a cashier reads first (screens.md 4.2); message keys under `verdict`. */
export const verdicts = [
  "waiting",
  "paid",
  "notPaid",
  "cancelled",
  "unknown",
  "refundAsked",
  "refundSending",
  "refundAccepted",
  "refunded",
  "partlyRefunded",
  "refundRefused",
  "paidAfterCancel",
] as const;
export type Verdict = (typeof verdicts)[number];

/** What decides a verdict: the order's money and whether the gateway ever answered. */
export type VerdictFacts = OrderMoney & {
  /** False until the gateway answered once about this order. */
  readonly isKnown: boolean;
  readonly isCancelled: boolean;
  /** The gateway says "refunded" and is still being asked how much: a part looks like the whole until then. */
  readonly isShareAsked: boolean;
};

/**
 * The verdict, from our own books first: money on its way outranks what the gateway says of the order,
 * and an outcome we do not know is never shown as paid, failed or done.
 */
export function verdictOf(facts: VerdictFacts): Verdict {
  const live = facts.ops.find((op) => isLive(op.state));
  if (live) return liveVerdict(live.kind, live.state);
  if (!facts.isKnown) return "unknown";
  const sums = sumMoney(facts);
  if (facts.isCancelled && facts.gatewayState === "paid" && sums.returnedMinor < facts.paidMinor)
    return "paidAfterCancel";
  if (facts.waitingMinor.length > 0) return "refundAsked";
  if (facts.paidMinor > 0 && sums.returnedMinor >= facts.paidMinor) return "refunded";
  if (sums.returnedMinor > 0) return "partlyRefunded";
  if (facts.isCancelled && facts.gatewayState !== "refunded") return "cancelled";
  if (
    facts.gatewayState === "paid" &&
    facts.ops.at(-1)?.kind === "REFUND" &&
    facts.ops.at(-1)?.state === "FAILED"
  ) {
    return "refundRefused";
  }
  if (facts.gatewayState === "refunded" && facts.isShareAsked) return "unknown";
  return gatewayVerdict(facts.gatewayState);
}

function liveVerdict(kind: OrderMoney["ops"][number]["kind"], state: MoneyOpState): Verdict {
  if (state === "READY" || state === "SENDING") return kind === "REFUND" ? "refundSending" : "waiting";
  if (state === "PENDING" && kind === "REFUND") return "refundAccepted";
  return "unknown";
}

/** What the gateway alone says of an order, before our own books are asked. */
export function gatewayVerdict(state: GatewayOrderState): Verdict {
  switch (state) {
    case "waiting":
      return "waiting";
    case "paid":
      return "paid";
    case "attempt-failed":
    case "not-paid":
      return "notPaid";
    case "cancelled":
      return "cancelled";
    case "refund-accepted":
      return "refundAccepted";
    case "refunded":
      return "refunded";
    case "refund-failed":
      return "refundRefused";
    case "unsure":
      return "unknown";
    default:
      return assertNever(state);
  }
}

/** Whether nothing more is expected to happen by itself: pages stop polling then. */
export function isSettled(facts: VerdictFacts): boolean {
  const open: readonly Verdict[] = ["waiting", "unknown", "refundAsked", "refundSending", "refundAccepted"];
  const verdict = verdictOf(facts);
  // After a failed attempt the customer may try again, so "not paid" is not the end there.
  return !open.includes(verdict) && !(verdict === "notPaid" && isOpenForPayment(facts.gatewayState));
}
