import "server-only";
import type { Capabilities, OrderFacts } from "#lib/domain/gateway-facts.ts";
import type { GatewayId } from "#lib/domain/gateway-id.ts";

/** What was seen on the wire, to be stored as evidence. Holds no key, no password and no request body. */
export type WireEvidence = {
  /** The gateway's status code, if one could be read. */
  readonly code: string | null;
  /** The gateway's text for people; shown, never decided on. */
  readonly message: string | null;
  /** The opened answer (secrets removed), or what could be read of it, at most 64 KiB. */
  readonly raw: string | null;
  readonly httpStatus: number | null;
  /** Which proofs the answer passed. `echo`: it names our merchant, service, order and refund number. */
  readonly checks: { readonly tls: boolean; readonly opened: boolean; readonly echo: boolean };
  readonly startedAt: Date;
  readonly endedAt: Date;
};

/**
 * Why the gateway says no. These are *claims*: for money, only a later query settles them (money.md 2.5).
 * `duplicate-number` proves that an earlier send arrived; `already-done` that the wanted state was there before;
 * `already-paid` and `cancel-failed` answer a cancel that came too late or while a payment was running.
 */
export type DeclineReason =
  | "not-found"
  | "already-done"
  | "duplicate-number"
  | "in-progress"
  | "too-late"
  | "too-soon"
  | "already-paid"
  | "cancel-failed"
  | "amount"
  | "partial-not-allowed"
  | "not-payable-back"
  | "balance"
  | "credentials"
  | "locked-out"
  | "configuration"
  | "our-request"
  | "refused";

/** Proof that no byte of the request left, observed by the living process (money.md 2.4). */
export type NotSentWhy = "dns" | "refused" | "unreachable" | "tls" | "gate-closed" | "our-request";

/** What leaves us not knowing. `query-failed`: the gateway answered, and says that the *question* failed; nothing about the money. */
export type UnknownWhy =
  | "timeout"
  | "connection-lost"
  | "gateway-trouble"
  | "gateway-pending"
  | "query-failed"
  | "unknown-code";

/** An answer that cannot be read or trusted; for money the same as unknown, and an incident besides. */
export type BrokenWhy =
  | "http-status"
  | "too-large"
  | "not-opened"
  | "bad-signature"
  | "not-json"
  | "wrong-shape"
  | "missing-code"
  | "wrong-echo"
  | "bare-code";

/** The one outcome type of every gateway call. `done`: the call worked; for money-moving calls it still gets a confirming query. */
export type GatewayOutcome<T> =
  | { readonly outcome: "done"; readonly value: T; readonly evidence: WireEvidence }
  | { readonly outcome: "declined"; readonly reason: DeclineReason; readonly evidence: WireEvidence }
  | { readonly outcome: "not-sent"; readonly why: NotSentWhy; readonly evidence: WireEvidence }
  | { readonly outcome: "unknown"; readonly why: UnknownWhy; readonly evidence: WireEvidence }
  | { readonly outcome: "broken"; readonly why: BrokenWhy; readonly evidence: WireEvidence };

/** How one call may run. */
export type CallOptions = {
  /** Total time from connect to the last byte, in ms: one timer over everything. */
  readonly deadlineMs: number;
  /** Asked once the connection (TLS included) stands and right before the one write; false closes it unwritten (`gate-closed`). */
  readonly mayWrite?: () => Promise<boolean>;
};

export type RefundOrder = {
  readonly orderNo: string;
  /** Our number of this refund, stored before any send. */
  readonly refundNo: string;
  readonly refundMinor: number;
  /** The original amount of the order. */
  readonly orderAmountMinor: number;
  /** Whole reason; the client cuts it to what the gateway takes. Never empty. */
  readonly reason: string;
  /** Full name; the client cuts it by grapheme. */
  readonly cashier: string;
  readonly storeCode: string;
  /** `handles` of the preflight query. */
  readonly handles: Readonly<Record<string, string>>;
};

export type RefundDone = { readonly gatewayRefundNo: string | null; readonly refundedAt: Date | null };
export type CancelDone = { readonly orderNo: string };

/** The order whose refunds are asked about. Amounts in minor units; `handles` of a fresh query. */
export type RefundsAsk = Pick<RefundOrder, "orderNo" | "orderAmountMinor" | "handles">;
/** One refund of an order, by our number. */
export type RefundAsk = RefundsAsk & Pick<RefundOrder, "refundNo" | "refundMinor">;

/**
 * What the gateway's own books say of one refund. `refunded`: its money went back. `moving`: listed and not finished, which is
 * neither success nor failure. `not-listed`: the gateway does not know the number (yet): no verdict before the quiet time.
 */
export type RefundSeen = {
  readonly refundNo: string;
  readonly state: "refunded" | "moving" | "not-listed";
  /** What went back under this number, in minor units: 0 unless `refunded`, and compared with what was asked by the caller. */
  readonly refundedMinor: number;
  readonly gatewayRefundNo: string | null;
  readonly refundedAt: Date | null;
};

/** One row of a list query: a charge (positive) or a refund (negative). */
export type TransactionRow = {
  readonly orderNo: string;
  readonly gatewayOrderNo: string | null;
  readonly amountMinor: number;
  readonly isRefund: boolean;
  readonly isSuccess: boolean;
  readonly at: Date | null;
  readonly wallet: string | null;
};

/** One row of an order list: the order with its present state. */
export type OrderRow = {
  readonly orderNo: string;
  readonly gatewayOrderNo: string | null;
  readonly amountMinor: number;
  readonly state: OrderFacts["state"];
  readonly wallet: string | null;
  readonly title: string | null;
};

/** Which orders a list query wants. */
export type ListRange = { readonly from: Date; readonly to: Date };

/** A payment notice after verification. A notice is a hint to query, never a verdict. */
export type NoticeVerdict =
  | {
      readonly isGenuine: true;
      readonly orderNo: string;
      readonly isPaid: boolean;
      readonly amountMinor: number | null;
    }
  | {
      readonly isGenuine: false;
      readonly why: "not-json" | "wrong-shape" | "bad-signature" | "wrong-merchant";
    };

/**
 * A merchant account's line to its gateway. Keys live in the closure of whoever made it; no method returns or logs one.
 * A call the gateway does not have is null, exactly where `capabilities` says so.
 */
export type Gateway = {
  readonly id: GatewayId;
  readonly capabilities: Capabilities;
  queryOrder(orderNo: string, options: CallOptions): Promise<GatewayOutcome<OrderFacts>>;
  cancelOrder(orderNo: string, options: CallOptions): Promise<GatewayOutcome<CancelDone>>;
  refund(order: RefundOrder, options: CallOptions): Promise<GatewayOutcome<RefundDone>>;
  /**
   * Asks about one refund by our number; null unless `capabilities.refund.canQuery`. Whether the order's wallet takes part is
   * `canQueryRefund` of the domain: ask that first. Moves nothing, may be repeated.
   */
  readonly queryRefund:
    | ((ask: RefundAsk, options: CallOptions) => Promise<GatewayOutcome<RefundSeen>>)
    | null;
  /** Every refund of an order the gateway knows, ours and those made elsewhere (portal, card machine); null as `queryRefund`. */
  readonly listRefunds:
    | ((ask: RefundsAsk, options: CallOptions) => Promise<GatewayOutcome<readonly RefundSeen[]>>)
    | null;
  /** Orders of a period in one state; null unless `capabilities.canListOrders`. */
  readonly listOrders:
    | ((
        range: ListRange & { readonly state: "waiting" | "paid" | "not-paid" },
        options: CallOptions,
      ) => Promise<GatewayOutcome<readonly OrderRow[]>>)
    | null;
  /** Charges and refunds of a period; null as `listOrders`. */
  readonly listTransactions:
    | ((range: ListRange, options: CallOptions) => Promise<GatewayOutcome<readonly TransactionRow[]>>)
    | null;
  verifyNotice(rawBody: Uint8Array): NoticeVerdict;
};
