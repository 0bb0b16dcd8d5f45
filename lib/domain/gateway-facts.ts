import type { Currency } from "./currency.ts";

/**
 * What one verified gateway answer says about an order, in one vocabulary for all gateways.
 * `attempt-failed`: one try to pay failed and the order is still open, so the customer may try again (Ksher PAYERROR);
 * `not-paid`: the order is over and no money came. `refunded`: wholly or in part; how much, our books say.
 * `refund-accepted`: the gateway took a refund and has not said that the money went back (Scan2Pay status 3 without message).
 * `refund-failed`: a refund was tried and failed, the payment stands (status 3, "Refund fail").
 * `unsure`: the gateway itself does not know.
 */
export const gatewayOrderStates = [
  "waiting",
  "paid",
  "attempt-failed",
  "not-paid",
  "cancelled",
  "refund-accepted",
  "refunded",
  "refund-failed",
  "unsure",
] as const;
export type GatewayOrderState = (typeof gatewayOrderStates)[number];

/** Facts of one order as a gateway told them. Everything the gateway may leave out is nullable. */
export type OrderFacts = {
  readonly orderNo: string;
  readonly state: GatewayOrderState;
  /** The order's original amount in minor units, also after refunds. */
  readonly amountMinor: number | null;
  readonly currency: Currency;
  /** The gateway's own number of the order: opaque text, may exceed 2^53. */
  readonly gatewayOrderNo: string | null;
  /** Payment method code as the gateway writes it (Scan2Pay section 8, Ksher channel). Unknown codes are kept. */
  readonly wallet: string | null;
  readonly title: string | null;
  readonly paidAt: Date | null;
  /** Numbers a refund of this gateway needs from a fresh query (Ksher: pay_mch_order_no, ksher_order_no). */
  readonly handles: Readonly<Record<string, string>>;
};

/** What a gateway and merchant account can do; read by domain rules, never an `if` on a gateway's name. */
export type Capabilities = {
  readonly currency: Currency;
  readonly orderNoLengthMax: number;
  readonly cancel: {
    /** How long after an order was made a cancel is offered, in ms; null: as long as it is unpaid. */
    readonly offeredForMs: number | null;
    /** How long the gateway itself accepts one, in ms; null: no published window. */
    readonly windowMs: number | null;
    /** A cancelled order may still be paid (saved QR): the guard must watch. */
    readonly isProvisional: boolean;
  };
  readonly refund: {
    readonly canPartial: boolean;
    /** The gateway can be asked for one refund by its number, but for the wallets named in `noQueryWallets`. */
    readonly canQuery: boolean;
    readonly noQueryWallets: readonly string[];
    /** Longest reason text that is sent, in characters; ours is kept whole. */
    readonly reasonLengthMax: number;
    /** Longest cashier name that is sent, in graphemes; ours is kept whole. */
    readonly cashierLengthMax: number;
    /** Wallets whose refunds must be made elsewhere (e-ticket cards go back at the till), by prefix of the wallet code. */
    readonly elsewhereWalletPrefixes: readonly string[];
  };
  /** One list query can answer for many orders; without it each order is asked about by its own number. */
  readonly canListOrders: boolean;
  /** T_q in ms: no negative verdict on a sent operation before this much quiet (money.md A2). */
  readonly quietTimeMs: number;
  /** Whether sending the same number again was proven safe (money.md 2.7); off until a sandbox proof is recorded. */
  readonly canResend: boolean;
};
