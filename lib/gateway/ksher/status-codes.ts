import "server-only";
import type { GatewayOrderState } from "#lib/domain/gateway-facts.ts";
import type { DeclineReason, UnknownWhy } from "../gateway.ts";

/** The calls we make; the first two belong to the gateway family, the others to KsherPay (protocol section 2). */
export type Endpoint = "gateway_order_query" | "cancel_order" | "order_refund" | "refund_query";

/** What a code that is not 0 lets us say. It is unsigned: a claim about one call, never about money (protocol 4.6). */
export type CodeVerdict =
  | { readonly kind: "declined"; readonly reason: DeclineReason }
  | { readonly kind: "unknown"; readonly why: UnknownWhy };

type CodeRow = readonly [reason: DeclineReason, meaning: string];
type Codes = Readonly<Record<number, CodeRow>>;

const merchant: CodeRow = ["configuration", "merchant information wrong: the appid is not known"];
const signature: CodeRow = ["credentials", "our signature was not accepted"];
const noOrder: CodeRow = ["not-found", "no such order"];

/** 6.3, complete. */
export const cancelCodes: Codes = {
  [-1]: merchant,
  [-2]: signature,
  [-3]: noOrder,
  [-4]: ["already-paid", "already paid: look, then refund"],
  [-5]: ["already-done", "already cancelled"],
  [-6]: ["cancel-failed", "cancel failed; also what a card payment in progress is ASSUMED to get"],
};

/** ASSUMED by analogy (section 8); a -3 can only mean that the number is not theirs. */
const queryCodes: Codes = { [-1]: merchant, [-2]: signature, [-3]: noOrder };

/** KsherPay says "not processed" with one code, ASSUMED -1, for a wrong appid and for a wrong signature (section 13). */
const payCodes: Codes = { [-1]: signature, [-2]: signature };

const codes: Readonly<Record<Endpoint, Codes>> = {
  gateway_order_query: queryCodes,
  cancel_order: cancelCodes,
  order_refund: payCodes,
  refund_query: payCodes,
};

/** What a top-level code other than 0 says of a call. A code outside the table leaves us not knowing. */
export function ksherCode(endpoint: Endpoint, code: number): CodeVerdict {
  const row = codes[endpoint][code];
  return row === undefined ? { kind: "unknown", why: "unknown-code" } : { kind: "declined", reason: row[0] };
}

/** `data.result` of a query that names a state (section 7). */
export const orderStates: Readonly<Record<string, GatewayOrderState>> = {
  NOTPAY: "waiting",
  USERPAYING: "waiting",
  PENDING: "waiting",
  SUCCESS: "paid",
  CLOSED: "cancelled",
  PAYERROR: "attempt-failed",
  REFUND: "refunded",
};

/**
 * `data.result` of a query as a state (section 7); null: it names none. `FAIL` is a question that failed, not a payment.
 * `NOTSURE` is what a fresh order shows; beside the marks of a payment it means what it says.
 */
export function ksherOrderState(result: string, hasPayment: boolean): GatewayOrderState | null {
  if (result === "NOTSURE") return hasPayment ? "unsure" : "waiting";
  return Object.hasOwn(orderStates, result) ? (orderStates[result] ?? null) : null;
}

const openResults: ReadonlySet<string> = new Set(["NOTSURE", "PENDING", "USERPAYING"]);

/** What a signed result other than SUCCESS says of a call: open, failed, or nothing we know. */
export function ksherResult(result: string): "failed" | "open" | "unknown" {
  if (result === "FAIL" || result === "FAILURE") return "failed";
  return openResults.has(result) ? "open" : "unknown";
}

/**
 * Why a refund was refused (6.5). No code for it is known, so this picks the sentence staff read and nothing else: every
 * answer here is a refusal all the same.
 */
export function ksherRefundRefusal(words: string): DeclineReason {
  return /balance|余额|餘額|ยอดเงิน/i.test(words) ? "balance" : "refused";
}
