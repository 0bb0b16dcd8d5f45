import { isOpenForPayment } from "../cancel.ts";
import type { Capabilities, GatewayOrderState } from "../gateway-facts.ts";
import type { MoneyOpKind, MoneyOpState } from "../money-op.ts";
import { confirmLagMs } from "./confirm.ts";
import { mayResend, type ResendFacts } from "./resend.ts";
import { neverSendable } from "./send-answer.ts";

/** What decides whether an operation is sent now. Instants by the database's clock, amounts in minor units. */
export type ClaimFacts = ResendFacts & {
  readonly kind: MoneyOpKind;
  readonly state: MoneyOpState;
  /** Why it stands where it stands (send-answer.ts). */
  readonly why: string | null;
  /** When it was approved. */
  readonly createdAt: Date;
  readonly gatewayState: GatewayOrderState;
  /** When the gateway's last answer about the order was read. */
  readonly asOfAt: Date | null;
  /** When the order was made, or first seen. */
  readonly madeAt: Date;
  readonly amountMinor: number;
  readonly paidMinor: number;
  /** Already returned of this order, whoever did it. */
  readonly returnedMinor: number;
  /** When a cancel of this order took effect by our books; null: none did. */
  readonly cancelledAt: Date | null;
  /** The store's quiet hour of this account ends then; null: it is not quiet now. */
  readonly quietHourUntil: Date | null;
};

/**
 * What to do with an operation that could be sent. `ask`: the preflight query is missing or old. `wait`: nothing leaves
 * before `until` (null: before somebody switches sending on). `fail`: only for what was never sent.
 */
export type ClaimPlan =
  | { readonly act: "send" }
  | { readonly act: "ask" }
  | { readonly act: "wait"; readonly why: string; readonly until: Date | null }
  | { readonly act: "fail"; readonly why: string }
  | { readonly act: "leave" };

/** How young the preflight query must be at the claim, in ms (docs/adr/0003). */
export const preflightFreshMs = 60_000;

/**
 * Decides about one send (money.md 2.4 steps 1 and 3, 2.7, 2.9). An operation that is neither READY nor allowed to be sent
 * again is left alone; a query younger than a minute and newer than the approval must say that there is something to move.
 */
export function decideClaim(facts: ClaimFacts, capabilities: Capabilities, now: Date): ClaimPlan {
  const isAgain = facts.state === "UNKNOWN";
  if (facts.state !== "READY" && !isAgain) return { act: "leave" };
  if (facts.sendingOff !== null) return { act: "wait", why: facts.sendingOff, until: null };
  if (facts.quietHourUntil !== null) return { act: "wait", why: "quietHour", until: facts.quietHourUntil };
  if (isAgain) {
    const at = { now, quietTimeMs: capabilities.quietTimeMs, freshMs: preflightFreshMs };
    const may = mayResend(facts, at);
    if (may.ok) return { act: "send" };
    return may.refusal === "notSeenPaid" ? { act: "ask" } : { act: "leave" };
  }
  if (facts.why === neverSendable) return { act: "fail", why: "ourRequest" };
  if (!isFresh(facts, now)) return { act: "ask" };
  const refusal = facts.kind === "CANCEL" ? againstCancel(facts, capabilities, now) : againstRefund(facts);
  if (refusal === "unsure") return { act: "ask" };
  return refusal === null ? { act: "send" } : { act: "fail", why: refusal };
}

function isFresh({ asOfAt, createdAt, kind, cancelledAt }: ClaimFacts, now: Date): boolean {
  if (asOfAt === null || asOfAt <= createdAt) return false;
  // A cancel may have given the money back, and for a while the query still shows the order as paid.
  const isBeforeCancelShows = cancelledAt !== null && asOfAt.getTime() < cancelledAt.getTime() + confirmLagMs;
  if (kind === "REFUND" && isBeforeCancelShows) return false;
  return now.getTime() - asOfAt.getTime() < preflightFreshMs;
}

function againstCancel(facts: ClaimFacts, { cancel }: Capabilities, now: Date): string | null {
  if (facts.gatewayState === "unsure") return "unsure";
  if (facts.gatewayState === "paid") return "paidMeanwhile";
  if (!isOpenForPayment(facts.gatewayState)) return "notWaiting";
  const { windowMs } = cancel;
  return windowMs !== null && now.getTime() - facts.madeAt.getTime() >= windowMs ? "tooLate" : null;
}

function againstRefund({ gatewayState, ...minor }: ClaimFacts): string | null {
  if (minor.returnedMinor + minor.amountMinor > minor.paidMinor) return "nothingToRefund";
  switch (gatewayState) {
    case "paid":
    case "refund-failed":
      return null;
    case "refunded":
      return minor.returnedMinor > 0 ? null : "nothingToRefund";
    case "unsure":
    case "refund-accepted":
      return "unsure";
    default:
      return "nothingToRefund";
  }
}
