import "server-only";
import { inSpan } from "#lib/trace.ts";
import type { Gateway, GatewayOutcome } from "./gateway.ts";

/** What became of a call, in words of ours and the gateway's code; nothing of what was sent or said. */
function notesOf(outcome: GatewayOutcome<unknown>) {
  const { code, httpStatus } = outcome.evidence;
  return {
    outcome: outcome.outcome,
    ...("why" in outcome ? { why: outcome.why } : {}),
    ...("reason" in outcome ? { why: outcome.reason } : {}),
    ...(code === null ? {} : { code }),
    ...(httpStatus === null ? {} : { httpStatus }),
  };
}

/** The same line, each call in a span of its own: which account, gateway and call, how long, and what became of it. */
export function tracedGateway(gateway: Gateway, account: string): Gateway {
  const traced =
    <A extends readonly unknown[], T>(service: string, call: (...asked: A) => Promise<GatewayOutcome<T>>) =>
    (...asked: A): Promise<GatewayOutcome<T>> =>
      inSpan("gateway", { account, gateway: gateway.id, service }, async (note) => {
        const outcome = await call(...asked);
        note(notesOf(outcome));
        return outcome;
      });
  return {
    ...gateway,
    queryOrder: traced("queryOrder", gateway.queryOrder),
    cancelOrder: traced("cancelOrder", gateway.cancelOrder),
    refund: traced("refund", gateway.refund),
    queryRefund: gateway.queryRefund && traced("queryRefund", gateway.queryRefund),
    listRefunds: gateway.listRefunds && traced("listRefunds", gateway.listRefunds),
    listOrders: gateway.listOrders && traced("listOrders", gateway.listOrders),
    listTransactions: gateway.listTransactions && traced("listTransactions", gateway.listTransactions),
  };
}
