import "server-only";
import type { CallOptions, CancelDone, GatewayOutcome } from "../../gateway.ts";
import { exchange } from "../exchange.ts";
import { type Line, ourRequest } from "../witness.ts";
import { isOrderNo } from "./order-no.ts";

/**
 * CancelOrder (4.7): within 15 minutes, whole order, no number of its own. `already-done` covers cancelled and refunded
 * before; `too-late` is 7327. After `done` a query still has to show what became of the order.
 */
export async function cancelOrder(
  line: Line,
  orderNo: string,
  options: CallOptions,
): Promise<GatewayOutcome<CancelDone>> {
  if (!isOrderNo(orderNo)) return ourRequest(line);
  const call = {
    service: "CancelOrder",
    data: { StoreOrderNo: orderNo, RefundKey: line.account.refundKey },
    echo: { StoreOrderNo: orderNo },
    movesMoney: true,
  } as const;
  const answer = await exchange(line, call, options);
  if (answer.kind === "settled") return answer.outcome;
  return { outcome: "done", value: { orderNo }, evidence: answer.evidence };
}
