import "server-only";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type LaneSlot, takeLane } from "#lib/db/lane.ts";
import { limits } from "#lib/domain/limits.ts";
import { inSpan } from "#lib/trace.ts";
import type { Context } from "./context.ts";

/** How long a look-up waits for its account's lane, in ms: one hung query and a gap (money.md 3.4). */
export const laneWaitMs = 8_000;

/** A slot of the account's lane for somebody who waits at the counter; null when it was not free in time. */
export function waitForLane(ctx: Context, accountId: string): Promise<LaneSlot | null> {
  return inSpan("lane wait", {}, async (note) => {
    const slot = await untilFree(ctx, accountId);
    note({ outcome: slot ? "got" : "not in time" });
    return slot;
  });
}

async function untilFree(ctx: Context, accountId: string): Promise<LaneSlot | null> {
  const until = performance.now() + laneWaitMs;
  const holder = randomUUID();
  while (performance.now() < until) {
    const slot = await takeLane(ctx.database, accountId, {
      holder,
      ttlMs: limits.laneQueryTtlMs,
      by: "person",
    });
    if (slot) return slot;
    await sleep(100);
  }
  return null;
}
