/** Money that really moved. The ledger of these is kept apart from what the simulator answers. */
export type Effect = {
  kind: "pay" | "refund" | "reverse";
  /** Satang, always positive; the kind says which way. */
  amount: number;
  /** Simulator clock, ms since 1970. */
  at: number;
  storeRefundNo?: string;
  origin: "api" | "payer" | RefundOrigin;
};

/** Where a refund can be made besides the API. */
export const refundOrigins = ["app", "edc", "website"] as const;
export type RefundOrigin = (typeof refundOrigins)[number];

/** A refund that the gateway took on, whatever came of it. */
export type RefundRecord = {
  storeRefundNo: string;
  ksherRefundNo: string;
  channelRefundNo: string;
  amount: number;
  outcome: "running" | "success" | "fail";
  requestedAt: number;
  /** When the outcome is or will be known. */
  decidedAt: number;
};

export type Order = {
  mchId: string;
  /** mch_order_no of the gateway family. */
  storeOrderNo: string;
  payMchOrderNo: string;
  /** Empty until a channel order exists, like channel and channelOrderNo. */
  ksherOrderNo: string;
  channel: string;
  channelOrderNo: string;
  /** order_uuid of the payer page. */
  token: string;
  body: string;
  attach: string;
  /** Comma-joined, as it came. */
  channelList: string;
  totalFee: number;
  redirectUrl: string;
  notifyUrl: string;
  createdAt: number;
  expiresAt: number;
  phase: "open" | "paying" | "failed" | "closed" | "paid";
  paidAt: number | null;
  closedAt: number | null;
  /** nonce_str of the payment, as queries and notices show it. */
  nonce: string;
  /** A payment or a cancel that happens then. */
  payDueAt: number | null;
  payDueChannel: string;
  closeDueAt: number | null;
  refunds: RefundRecord[];
  effects: Effect[];
};

export type OrderState =
  | "open"
  | "paying"
  | "paid"
  | "failed"
  | "expired"
  | "cancelled"
  | "refund-running"
  | "partly-refunded"
  | "refunded";

/** Satang that went back to the payer. */
export function returnedAmount(order: Order): number {
  return order.effects.reduce((sum, effect) => (effect.kind === "pay" ? sum : sum + effect.amount), 0);
}

export function isExpired({ phase, expiresAt }: Order, nowMs: number): boolean {
  return (phase === "open" || phase === "failed") && nowMs >= expiresAt;
}

/** Whether the payment link still takes a new attempt. */
export function isOpen(order: Order, nowMs: number): boolean {
  return (order.phase === "open" || order.phase === "failed") && nowMs < order.expiresAt;
}

/** The truth about an order, for the control interface; the services answer by their own rules. */
export function orderState(order: Order, nowMs: number): OrderState {
  if (isExpired(order, nowMs)) return "expired";
  if (order.phase === "closed") return "cancelled";
  if (order.phase !== "paid") return order.phase;
  const returned = returnedAmount(order);
  if (returned >= order.totalFee) return "refunded";
  if (order.refunds.some(({ outcome }) => outcome === "running")) return "refund-running";
  return returned > 0 ? "partly-refunded" : "paid";
}
