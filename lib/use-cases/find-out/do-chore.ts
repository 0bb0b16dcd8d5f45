import "server-only";
import { giveLane } from "#lib/db/lane.ts";
import { limits } from "#lib/domain/limits.ts";
import type { ListRange } from "#lib/gateway/gateway.ts";
import type { Turn } from "../ask-gateway.ts";
import type { Context } from "../context.ts";
import { importOrders } from "../import-orders.ts";
import { proveDay } from "../proof/prove-day.ts";
import { reconcileAccount } from "../restore/reconcile-account.ts";
import { callQuery } from "./call-query.ts";
import type { Job } from "./next-job.ts";
import { recordSweep, sweepRange } from "./sweep-account.ts";

export type Chore = Extract<Job, { subject: string }>;

/** Does one piece of work about a whole account in its slot. */
export async function doChore(ctx: Context, turn: Turn, chore: Chore): Promise<void> {
  const accountId = turn.account.id;
  switch (chore.kind) {
    case "sweep": {
      const range = await sweepRange(ctx, accountId);
      return recordSweep(ctx, accountId, { from: range.from, outcome: await listRows(ctx, turn, range) });
    }
    case "import": {
      const now = Date.now();
      const range = { from: new Date(now - limits.importReachMs), to: new Date(now) };
      return importOrders(ctx, accountId, await listRows(ctx, turn, range));
    }
    case "proof":
      return proveDay(ctx, turn, chore.subject);
    case "reconcile":
      return reconcileAccount(ctx, turn);
  }
}

async function listRows(ctx: Context, turn: Turn, range: ListRange) {
  const { listTransactions } = turn.account.gateway;
  if (!listTransactions) {
    await giveLane(ctx.database, turn.slot, "unused");
    throw new Error("an account without lists was asked for one");
  }
  return callQuery(ctx, turn, (options) => listTransactions(range, options));
}
