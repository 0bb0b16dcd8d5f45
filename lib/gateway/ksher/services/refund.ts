import "server-only";
import type { CallOptions, GatewayOutcome, RefundDone, RefundOrder } from "../../gateway.ts";
import { exchange } from "../exchange.ts";
import { type Call, type Exchanged, wrongShape } from "../judge.ts";
import { ksherRefundRefusal, ksherResult } from "../status-codes.ts";
import { refundSchema } from "../wire.ts";
import { type Line, ourRequest } from "../witness.ts";
import { isOfAmount, paymentNumbers } from "./handles.ts";
import { isNumber32 } from "./numbers.ts";

/** What we never send: amounts that cannot be, a part where the account refunds whole orders only. */
function isSendable(
  { orderNo, refundNo, refundMinor, orderAmountMinor }: RefundOrder,
  canRefundPart: boolean,
): boolean {
  if (!isNumber32(orderNo) || !isNumber32(refundNo)) return false;
  if (!Number.isSafeInteger(refundMinor) || !Number.isSafeInteger(orderAmountMinor)) return false;
  if (refundMinor <= 0 || refundMinor > orderAmountMinor) return false;
  return canRefundPart || refundMinor === orderAmountMinor;
}

/** The call, or null where the handles of the preflight query do not name a payment of this amount (6.5, 9.3 step 3). */
function callOf(order: RefundOrder): Call | null {
  const numbers = paymentNumbers(order.handles);
  if (numbers === null || !isOfAmount(order.handles, order.orderAmountMinor)) return null;
  const ours = {
    mch_refund_no: order.refundNo,
    total_fee: String(order.orderAmountMinor),
    refund_fee: String(order.refundMinor),
  };
  return {
    endpoint: "order_refund",
    params: { ...numbers, ...ours, fee_type: "THB" },
    echo: { all: ours, any: numbers },
  };
}

/** What an answered refund says. Only a signed SUCCESS that names our numbers and amounts is done; only a signed FAIL is a refusal. */
export function readRefund(answer: Exchanged): GatewayOutcome<RefundDone> {
  if (answer.kind === "settled") return answer.outcome;
  const { evidence, result, words } = answer;
  if (result !== "SUCCESS") {
    switch (ksherResult(result)) {
      case "failed":
        return { outcome: "declined", reason: ksherRefundRefusal(words), evidence };
      case "open":
        return { outcome: "unknown", why: "gateway-pending", evidence };
      case "unknown":
        return { outcome: "unknown", why: "unknown-code", evidence };
    }
  }
  const read = refundSchema.safeParse(answer.data);
  if (!read.success) return wrongShape(evidence);
  const { ksher_refund_no, refund_time } = read.data;
  return { outcome: "done", value: { gatewayRefundNo: ksher_refund_no, refundedAt: refund_time }, evidence };
}

/**
 * order_refund (6.5), whole or a part, against the numbers a fresh query returned as `handles`. `not-sent` with `our-request` if
 * they are missing, are of another amount, or the order cannot be sent as it is. Reason, cashier and store stay in the
 * house: the call has no place for them. `balance` and `refused` differ in words only.
 */
export async function refund(
  line: Line,
  order: RefundOrder,
  options: CallOptions,
): Promise<GatewayOutcome<RefundDone>> {
  const call = isSendable(order, line.account.canRefundPart) ? callOf(order) : null;
  return call === null ? ourRequest(line) : readRefund(await exchange(line, call, options));
}
