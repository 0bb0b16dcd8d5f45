import "server-only";
import { and, eq, lt, sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { merchantAccount, moneyOp, payOrder } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { takeOver } from "#lib/domain/recovery/takeover.ts";
import { auditOp } from "../audit-op.ts";
import type { Context } from "../context.ts";
import { expireRequests } from "../expire-requests.ts";
import { wantImports } from "../import-orders.ts";
import { tendIncidents } from "../incidents/tend-incidents.ts";
import { planProofs } from "../proof/plan-proofs.ts";
import { wantSweep } from "./want-sweep.ts";

/** Operations whose sender's lease is over, one after the other; a sender that answers meanwhile wins by its fence. */
async function takeOverDead(ctx: Context, tx: Db): Promise<void> {
  const dead = await tx
    .select({ op: moneyOp, order: payOrder, account: merchantAccount, now: sql<string>`clock_timestamp()` })
    .from(moneyOp)
    .innerJoin(payOrder, eq(payOrder.id, moneyOp.orderId))
    .innerJoin(merchantAccount, eq(merchantAccount.id, moneyOp.accountId))
    .where(and(eq(moneyOp.state, "SENDING"), lt(moneyOp.leaseUntil, sql`clock_timestamp()`)))
    .for("update", { of: moneyOp, skipLocked: true });
  for (const { op, order, account, now } of dead) {
    const move = takeOver(op, new Date(now));
    if (!move) continue;
    await tx
      .update(moneyOp)
      .set({
        state: move.to,
        why: move.why,
        fence: op.fence + 1,
        leaseOwner: null,
        leaseUntil: null,
        nextAskAt: sql`clock_timestamp()`,
      })
      .where(eq(moneyOp.id, op.id));
    const isListed = op.kind === "REFUND" && ctx.capabilitiesOf(account).canListOrders;
    if (isListed) await wantSweep(tx, op.accountId);
    const { amountMinor, currency } = op;
    await auditOp(tx, "settle", { ...op, order }, { from: "SENDING", ...move, amountMinor, currency });
  }
}

/** A dead sender's operation becomes UNKNOWN, never anything else (money.md 2.8); requests run out; forgotten watches go; lists are wanted. */
export async function sweep(ctx: Context): Promise<void> {
  await wantImports(ctx);
  await withTx(ctx.database, async (tx) => {
    await takeOverDead(ctx, tx);
    await expireRequests(tx);
    await tendIncidents(tx);
    await planProofs(tx);
    await tx.execute(sql`delete from order_watch where until_at < clock_timestamp() - interval '1 minute'`);
  });
}
