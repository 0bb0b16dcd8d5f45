import "server-only";
import type { GatewayOrderState, OrderFacts } from "#lib/domain/gateway-facts.ts";
import type { CallOptions, GatewayOutcome } from "../../gateway.ts";
import { exchange } from "../exchange.ts";
import { type Call, type Exchanged, wrongShape } from "../judge.ts";
import { orderDataSchema } from "../wire.ts";
import { type Line, ourRequest } from "../witness.ts";
import { isOrderNo } from "./order-no.ts";
import { refundState } from "./refund-state.ts";

/** OrderStatus 3 alone does not say that money went back (4.3); a status we do not know says nothing. */
function stateOf(orderStatus: string, refundedMsg: string | null): GatewayOrderState {
  switch (orderStatus) {
    case "0":
      return "waiting";
    case "1":
      return "paid";
    case "2":
      return "not-paid";
    case "3":
      return refundState(refundedMsg);
    default:
      return "unsure";
  }
}

/** The call for one order. */
export function queryOf(orderNo: string): Call {
  return {
    service: "SingleOrderQuery",
    data: { StoreOrderNo: orderNo },
    echo: { StoreOrderNo: orderNo },
    movesMoney: false,
  };
}

/** The facts in an executed query's Data. */
export function readOrder(orderNo: string, answer: Exchanged): GatewayOutcome<OrderFacts> {
  if (answer.kind === "settled") return answer.outcome;
  const { method, evidence } = answer;
  const read = orderDataSchema.safeParse(answer.data);
  if (!read.success) return wrongShape(evidence);
  const value: OrderFacts = {
    orderNo,
    state: stateOf(read.data.OrderStatus, read.data.RefundedMsg),
    amountMinor: read.data.TotalFee,
    currency: "TWD",
    gatewayOrderNo: read.data.SysOrderNo,
    wallet: method,
    title: read.data.Body,
    paidAt: read.data.PaidAt,
    handles: {},
  };
  return { outcome: "done", value, evidence };
}

/**
 * SingleOrderQuery (4.3). `declined` with `not-found` is 7002: no such order. The amount is the order's original amount
 * (also after refunds: ASSUMED by the protocol paper), null where the gateway leaves it out.
 */
export async function queryOrder(
  line: Line,
  orderNo: string,
  options: CallOptions,
): Promise<GatewayOutcome<OrderFacts>> {
  return isOrderNo(orderNo)
    ? readOrder(orderNo, await exchange(line, queryOf(orderNo), options))
    : ourRequest(line);
}
