import "server-only";
import type { CallOptions, CancelDone, GatewayOutcome } from "../../gateway.ts";
import { exchange } from "../exchange.ts";
import { wrongShape } from "../judge.ts";
import { type Line, ourRequest } from "../witness.ts";
import { isNumber32 } from "./numbers.ts";

/**
 * cancel_order (6.3). Never `done`: its answer is unsigned, so code 0 is `unknown` with `gateway-pending` ("the call was
 * taken") and only a later query shows the order CLOSED. Refusals: `configuration` (-1), `credentials` (-2), `not-found` (-3),
 * `already-paid` (-4), `already-done` (-5), `cancel-failed` (-6, ASSUMED also for a card payment in progress). A repeated
 * cancel is harmless (-5). The order may still be paid afterwards with a saved QR.
 */
export async function cancelOrder(
  line: Line,
  orderNo: string,
  options: CallOptions,
): Promise<GatewayOutcome<CancelDone>> {
  if (!isNumber32(orderNo)) return ourRequest(line);
  const named = { mch_order_no: orderNo };
  const call = { endpoint: "cancel_order", params: named, echo: { all: named, any: {} } } as const;
  const answer = await exchange(line, call, options);
  return answer.kind === "settled" ? answer.outcome : wrongShape(answer.evidence);
}
