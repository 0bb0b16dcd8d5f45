import { isOpenForPayment } from "./cancel.ts";
import type { Capabilities, GatewayOrderState } from "./gateway-facts.ts";
import type { MoneyOpKind, MoneyOpState } from "./money-op.ts";
import { isLive } from "./money-op.ts";
import { ok, type Result, refuse } from "./result.ts";

/** Why goods come back; message keys under `refundReason`. `other` needs a note. */
export const refundReasons = [
  "returned",
  "damaged",
  "wrong-item",
  "wrong-amount",
  "not-delivered",
  "other",
] as const;
export type RefundReason = (typeof refundReasons)[number];

/** What can approve a request in place of a second person. */
export type ApprovalRule = "own-limit";

/** The way a request took: approved by a rule and being sent, or asked of a manager. */
export type RequestPath = "sent" | "asked";

/** What became of a request; message keys under `requestStatus`. */
export const requestStatuses = [
  "REQUESTED",
  "RETURNED",
  "RESENT",
  "APPROVED",
  "REJECTED",
  "WITHDRAWN",
  "EXPIRED",
  "SUPERSEDED",
] as const;
export type RequestStatus = (typeof requestStatuses)[number];

/** Statuses in which a request keeps its amount reserved: until it is decided for good (screens.md 4.3). */
export const reservingStatuses = ["REQUESTED", "RETURNED"] as const satisfies readonly RequestStatus[];

/**
 * Every allowed move. What was asked never changes, so a request that was returned for change is not edited: the changed
 * one is a new request and this one becomes RESENT in the same transaction (docs/adr, "Return for change"). The database
 * holds the same table and refuses all other moves.
 */
export const requestMoves: Record<RequestStatus, readonly RequestStatus[]> = {
  REQUESTED: ["RETURNED", "APPROVED", "REJECTED", "WITHDRAWN", "EXPIRED", "SUPERSEDED"],
  RETURNED: ["RESENT", "WITHDRAWN", "EXPIRED", "SUPERSEDED"],
  RESENT: [],
  APPROVED: [],
  REJECTED: [],
  WITHDRAWN: [],
  EXPIRED: [],
  SUPERSEDED: [],
};

/** Whether a request in this status still keeps its amount reserved. */
export function isReserving(status: RequestStatus): boolean {
  return (reservingStatuses as readonly RequestStatus[]).includes(status);
}

/** The facts a request was made on; an approval is bound to them. Amounts in minor units. */
export type RequestSnapshot = {
  readonly gatewayState: GatewayOrderState;
  readonly paidMinor: number;
  /** What remained for this request, its own amount included. */
  readonly remainingMinor: number;
};

/** What of an order decides about its money. */
export type OrderMoney = {
  readonly gatewayState: GatewayOrderState;
  readonly paidMinor: number;
  readonly wallet: string | null;
  readonly ops: readonly {
    readonly kind: MoneyOpKind;
    readonly state: MoneyOpState;
    readonly amountMinor: number;
  }[];
  /** Amounts of requests that wait for a manager or, returned for change, for their cashier. */
  readonly waitingMinor: readonly number[];
  /** What went back without an operation of ours, as far as the gateway told how much. */
  readonly elsewhereMinor?: number;
};

export type MoneySums = {
  readonly paidMinor: number;
  readonly waitingMinor: number;
  /** Approved and not yet settled. */
  readonly movingMinor: number;
  readonly returnedMinor: number;
  /** The part of it that went back without an operation of ours: in the gateway's own app or portal. */
  readonly elsewhereMinor: number;
  readonly remainingMinor: number;
};

/** The order's money in five sums. Anything asked for stays reserved until it is proven not to move. */
export function sumMoney(order: OrderMoney): MoneySums {
  const sum = (amounts: readonly number[]) => amounts.reduce((a, b) => a + b, 0);
  const refunds = order.ops.filter((op) => op.kind === "REFUND");
  const waitingMinor = sum(order.waitingMinor);
  const movingMinor = sum(refunds.filter((op) => isLive(op.state)).map((op) => op.amountMinor));
  const byUsMinor = sum(refunds.filter((op) => op.state === "SUCCEEDED").map((op) => op.amountMinor));
  const elsewhereMinor = order.elsewhereMinor ?? 0;
  const returnedMinor = byUsMinor + elsewhereMinor;
  const isReturnedElsewhere = order.gatewayState === "refunded" && returnedMinor === 0 && movingMinor === 0;
  const reserved = waitingMinor + movingMinor + returnedMinor;
  return {
    paidMinor: order.paidMinor,
    waitingMinor,
    movingMinor,
    returnedMinor,
    elsewhereMinor,
    remainingMinor: isReturnedElsewhere ? 0 : Math.max(0, order.paidMinor - reserved),
  };
}

/** Why a refund cannot be asked for now; message keys under `refundRefusal`. */
export type RefundRefusal =
  | { readonly why: "notPaid" }
  | { readonly why: "nothingRemains" }
  | { readonly why: "moneyIsMoving" }
  | { readonly why: "refundElsewhere" }
  | { readonly why: "moreThanRemains"; readonly remainingMinor: number; readonly reservedMinor: number }
  | { readonly why: "fullOnly" };

/**
 * May this amount be asked back? The one rule that screen, action and test ask; the database guards the sum again.
 * A part is refused unless the account can (Scan2Pay section 9 row 1), and e-ticket cards go back at the till (4.8).
 */
export function mayRequestRefund(
  order: OrderMoney,
  amountMinor: number | null,
  capabilities: Capabilities,
): Result<MoneySums, RefundRefusal> {
  const sums = sumMoney(order);
  const isUnpaid = isOpenForPayment(order.gatewayState) || order.gatewayState === "not-paid";
  const isPaid = order.paidMinor > 0 && !isUnpaid;
  if (!isPaid) return refuse({ why: "notPaid" });
  if (capabilities.refund.elsewhereWalletPrefixes.some((prefix) => order.wallet?.startsWith(prefix))) {
    return refuse({ why: "refundElsewhere" });
  }
  if (order.ops.some((op) => isLive(op.state))) return refuse({ why: "moneyIsMoving" });
  if (sums.remainingMinor === 0) return refuse({ why: "nothingRemains" });
  if (amountMinor !== null && amountMinor > sums.remainingMinor) {
    return refuse({
      why: "moreThanRemains",
      remainingMinor: sums.remainingMinor,
      reservedMinor: sums.paidMinor - sums.remainingMinor,
    });
  }
  if (amountMinor !== null && amountMinor !== order.paidMinor && !capabilities.refund.canPartial)
    return refuse({ why: "fullOnly" });
  return ok(sums);
}

/**
 * Can the gateway be asked about one refund of an order paid by `wallet`? Where not, only the order's own state is left, and
 * with earlier parts that says nothing: a person looks (Ksher 6.6 leaves PromptPay and Alipay out). An untold wallet is a no.
 */
export function canQueryRefund({ refund }: Capabilities, wallet: string | null): boolean {
  return refund.canQuery && wallet !== null && !refund.noQueryWallets.includes(wallet);
}

/** How an approval's facts moved since the request; empty: nothing that matters. */
export function changesSince(
  snapshot: RequestSnapshot,
  now: RequestSnapshot,
): readonly (keyof RequestSnapshot)[] {
  const keys = ["gatewayState", "paidMinor", "remainingMinor"] as const;
  return keys.filter((key) => snapshot[key] !== now[key]);
}
