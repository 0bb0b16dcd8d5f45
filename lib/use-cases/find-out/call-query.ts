import "server-only";
import { limits } from "#lib/domain/limits.ts";
import type { CallOptions, GatewayOutcome } from "#lib/gateway/gateway.ts";
import { callInSlot, type Turn, writeGate } from "../ask-gateway.ts";
import type { Context } from "../context.ts";

/** Runs any question that moves nothing in a slot, with a query's deadline and gate. */
export function callQuery<T>(
  ctx: Context,
  turn: Turn,
  call: (options: CallOptions) => Promise<GatewayOutcome<T>>,
): Promise<GatewayOutcome<T>> {
  const options = { deadlineMs: limits.queryDeadlineMs, mayWrite: writeGate(ctx, turn.slot) };
  return callInSlot(ctx, turn, () => call(options));
}
