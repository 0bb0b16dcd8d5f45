import "server-only";
import { giveLane, holdsLane, type LaneSlot } from "#lib/db/lane.ts";
import type { OrderFacts } from "#lib/domain/gateway-facts.ts";
import { limits } from "#lib/domain/limits.ts";
import type { GatewayOutcome, UnknownWhy } from "#lib/gateway/gateway.ts";
import { log } from "#lib/log.ts";
import { metrics } from "#lib/metrics.ts";
import type { Context, OpenAccount } from "./context.ts";

/** Answers that leave the outcome open and still show a gateway in good health. */
const answeredWhys: ReadonlySet<UnknownWhy> = new Set<UnknownWhy>([
  "gateway-pending",
  "query-failed",
  "unknown-code",
]);

/** How a call left the lane, from what came back. */
export function laneAfter(
  outcome: GatewayOutcome<unknown>,
): "answered" | "trouble" | "locked-out" | "unused" {
  switch (outcome.outcome) {
    case "done":
      return "answered";
    case "declined":
      return outcome.reason === "locked-out" ? "locked-out" : "answered";
    case "not-sent":
      return outcome.why === "gate-closed" || outcome.why === "our-request" ? "unused" : "trouble";
    case "unknown":
      return answeredWhys.has(outcome.why) ? "answered" : "trouble";
    case "broken":
      return "trouble";
  }
}

/**
 * The last gate before a write (money.md 2.4, gate 5): the slot is still ours and, by the wall clock and by the clock a
 * suspended machine stops, less than `writeGateMs` have passed since it was taken.
 */
export function writeGate(
  ctx: Context,
  slot: LaneSlot,
  alsoMay: () => Promise<boolean> = async () => true,
): () => Promise<boolean> {
  const wall = Date.now();
  const steady = performance.now();
  const isInTime = () => {
    const wallMs = Date.now() - wall;
    return wallMs >= -1_000 && wallMs < limits.writeGateMs && performance.now() - steady < limits.writeGateMs;
  };
  return async () => isInTime() && (await holdsLane(ctx.database, slot)) && (await alsoMay()) && isInTime();
}

/**
 * Runs one call in a slot and gives the slot back the moment the answer was read or the connection destroyed. An answer is
 * never lost because the slot could not be given back: the lane passes over a silent holder by itself.
 */
export async function callInSlot<T>(
  ctx: Context,
  { account, slot, kind = "query" }: Turn & { readonly kind?: "query" | "send" },
  call: () => Promise<GatewayOutcome<T>>,
): Promise<GatewayOutcome<T>> {
  let how: Parameters<typeof giveLane>[2] = "trouble";
  const began = performance.now();
  try {
    const outcome = await call();
    how = laneAfter(outcome);
    const labels = { kind, outcome: outcome.outcome };
    metrics().gatewayCalls.inc({ ...labels, account: account.slug });
    metrics().gatewaySeconds.observe(labels, (performance.now() - began) / 1_000);
    return outcome;
  } finally {
    await giveLane(ctx.database, slot, how).catch((error: unknown) =>
      log.warn({ account: slot.accountId, error: String(error) }, "the lane was not given back"),
    );
  }
}

/** An account's open line and the slot of its lane that the next call uses. */
export type Turn = { readonly account: OpenAccount; readonly slot: LaneSlot };

/** Asks about one order in a slot. */
export function queryInSlot(
  ctx: Context,
  { account, slot }: Turn,
  orderNo: string,
): Promise<GatewayOutcome<OrderFacts>> {
  return callInSlot(ctx, { account, slot }, () =>
    account.gateway.queryOrder(orderNo, {
      deadlineMs: limits.queryDeadlineMs,
      mayWrite: writeGate(ctx, slot),
    }),
  );
}
