/** Money that really moved. The ledger of these is kept apart from what the simulator answers. */
export type Effect = {
  kind: "pay" | "refund" | "cancel";
  /** Whole TWD, always positive; the kind says which way. */
  amount: number;
  /** Simulator clock, ms since 1970. */
  at: number;
  storeRefundNo?: string;
  origin: "api" | "portal" | "payer";
};

/** A refund that the gateway took on, whatever came of it. */
export type RefundRecord = {
  /** Null for a refund made in the merchant's portal. */
  storeRefundNo: string | null;
  sysRefundNo: string;
  amount: number;
  reason: string;
  service: "Refund" | "CancelOrder";
  outcome: "running" | "success" | "fail";
  requestedAt: number;
  /** When the outcome is or will be known. */
  decidedAt: number;
};

export type Order = {
  mchId: string;
  storeOrderNo: string;
  /** 19 digits, as SingleOrderQuery shows it. */
  sysOrderNo: string;
  /** Short number, as OrderQuery shows it. */
  shortNo: string;
  /** Last part of the payer page's address. */
  token: string;
  service: "OLPay" | "Micropay";
  body: string;
  detail: string;
  storeInfo: string;
  callBackUrl: string;
  totalFee: number;
  method: string;
  createdAt: number;
  expiresAt: number;
  payState: "open" | "paid" | "failed";
  paidAt: number | null;
  cancelledAt: number | null;
  /** A payment or a cancel that answered 9997 and happens then. */
  payDueAt?: number | null;
  cancelDueAt?: number | null;
  refunds: RefundRecord[];
  effects: Effect[];
};

export type OrderState =
  | "open"
  | "paid"
  | "failed"
  | "expired"
  | "cancelled"
  | "refund-running"
  | "refund-failed"
  | "partly-refunded"
  | "refunded";

/** Whole TWD that went back to the payer. */
export function returnedAmount(order: Order): number {
  return order.effects.reduce((sum, effect) => (effect.kind === "pay" ? sum : sum + effect.amount), 0);
}

export function isExpired(order: Order, nowMs: number): boolean {
  return order.payState === "open" && nowMs >= order.expiresAt;
}

export function isOpen(order: Order, nowMs: number): boolean {
  return order.payState === "open" && nowMs < order.expiresAt;
}

/** The truth about an order, for the control interface; the services answer by their own rules. */
export function orderState(order: Order, nowMs: number): OrderState {
  if (order.cancelledAt !== null) return "cancelled";
  if (isExpired(order, nowMs)) return "expired";
  if (order.payState !== "paid") return order.payState;
  const returned = returnedAmount(order);
  if (returned >= order.totalFee) return "refunded";
  if (order.refunds.some(({ outcome }) => outcome === "running")) return "refund-running";
  if (returned > 0) return "partly-refunded";
  return order.refunds.some(({ outcome }) => outcome === "fail") ? "refund-failed" : "paid";
}
