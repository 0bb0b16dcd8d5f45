import "server-only";
import type { OrderFacts } from "#lib/domain/gateway-facts.ts";
import type { CallOptions, GatewayOutcome } from "../../gateway.ts";
import { exchange } from "../exchange.ts";
import { type Call, type Exchanged, wrongShape } from "../judge.ts";
import { ksherOrderState, ksherResult } from "../status-codes.ts";
import { orderSchema } from "../wire.ts";
import { type Line, ourRequest } from "../witness.ts";
import { isNumber32 } from "./numbers.ts";

/** The call for one order. */
export function queryOf(orderNo: string): Call {
  return {
    endpoint: "gateway_order_query",
    params: { mch_order_no: orderNo },
    echo: { all: { mch_order_no: orderNo }, any: {} },
  };
}

/** What a refund needs later; nothing where there is no payment to give back. */
function handlesOf(
  { pay_mch_order_no, ksher_order_no, channel, total_fee }: ReturnType<typeof orderSchema.parse>,
  hasMoney: boolean,
): OrderFacts["handles"] {
  if (!hasMoney || total_fee === null) return {};
  const told = Object.entries({ pay_mch_order_no, ksher_order_no, channel, total_fee: String(total_fee) });
  return Object.fromEntries(told.flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

/** The facts in an answered query. */
export function readOrder(orderNo: string, answer: Exchanged): GatewayOutcome<OrderFacts> {
  if (answer.kind === "settled") return answer.outcome;
  const { evidence, result } = answer;
  if (ksherResult(result) === "failed") return { outcome: "unknown", why: "query-failed", evidence };
  const read = orderSchema.safeParse(answer.data);
  if (!read.success) return wrongShape(evidence);
  const order = read.data;
  const state = ksherOrderState(result, order.cash_fee !== null || order.time_end !== null);
  if (state === null) return { outcome: "unknown", why: "unknown-code", evidence };
  const value: OrderFacts = {
    orderNo,
    state,
    amountMinor: order.total_fee,
    currency: "THB",
    gatewayOrderNo: order.ksher_order_no,
    wallet: order.channel,
    title: null,
    paidAt: order.time_end,
    handles: handlesOf(order, state === "paid" || state === "refunded"),
  };
  return { outcome: "done", value, evidence };
}

/**
 * gateway_order_query (6.2), by the number the till made. `declined` with `not-found` is code -3, which is unsigned: good for a
 * sentence, not for a verdict. `refunded` means wholly *or in part*: how much, our books or `listRefunds` say. `wallet` is
 * null until the buyer chose one.
 */
export async function queryOrder(
  line: Line,
  orderNo: string,
  options: CallOptions,
): Promise<GatewayOutcome<OrderFacts>> {
  return isNumber32(orderNo)
    ? readOrder(orderNo, await exchange(line, queryOf(orderNo), options))
    : ourRequest(line);
}
