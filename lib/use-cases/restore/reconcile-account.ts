import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { giveLane } from "#lib/db/lane.ts";
import { accountChore, payOrder } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { sumRows } from "#lib/domain/recovery/list-rows.ts";
import type { GatewayOutcome, TransactionRow } from "#lib/gateway/gateway.ts";
import { queryInSlot, type Turn } from "../ask-gateway.ts";
import type { Context } from "../context.ts";
import { callQuery } from "../find-out/call-query.ts";
import { readListed } from "../find-out/sweep-account.ts";
import { recordQuery } from "../record-answer.ts";

/** How far back paid orders are asked one by one where an account has no lists, in days. */
const reachDays = 30;
const againMs = 10_000;
/** How far the gateway's clock may be ahead of ours, in ms. */
const skewMs = 10 * 60_000;

/**
 * Finds out what moved at an account while the books did not know it (money.md C13): one list from an hour before the
 * restore point until now, its refunds imported; where the account has no lists, every paid order of the last weeks is
 * asked about, one a slot. Done only when everything was answered.
 */
export async function reconcileAccount(ctx: Context, turn: Turn): Promise<void> {
  const [chore] = await ctx.database.db
    .select({ fromAt: accountChore.fromAt, now: sql<string>`clock_timestamp()` })
    .from(accountChore)
    .where(and(eq(accountChore.accountId, turn.account.id), eq(accountChore.kind, "reconcile")));
  if (!chore?.fromAt) throw new Error("a reconcile chore without its restore point");
  const { listTransactions } = turn.account.gateway;
  if (!listTransactions) return askNextOrder(ctx, turn, chore.fromAt);
  const range = { from: chore.fromAt, to: new Date(new Date(chore.now).getTime() + skewMs) };
  const outcome = await callQuery(ctx, turn, (options) => listTransactions(range, options));
  await importList(ctx, turn.account.id, { from: chore.fromAt, outcome });
}

type List = { from: Date; outcome: GatewayOutcome<readonly TransactionRow[]> };

async function importList(ctx: Context, accountId: string, { from, outcome }: List): Promise<void> {
  if (outcome.outcome === "done") {
    const listed = sumRows(outcome.value);
    for (const [orderNo, seen] of listed) {
      if (seen.returnedMinor === 0) continue;
      const orderId = await bookOf(ctx, accountId, { orderNo, paidMinor: seen.paidMinor });
      await readListed(ctx, orderId, { listed, from, source: "restore" });
    }
  }
  await finish(ctx, accountId, outcome.outcome === "done");
}

/** The order's book; one that was lost is opened again, and asked about so that its facts come back. */
async function bookOf(
  ctx: Context,
  accountId: string,
  { orderNo, paidMinor }: { orderNo: string; paidMinor: number },
): Promise<string> {
  return withTx(ctx.database, async (tx) => {
    await tx.execute(sql`
      insert into pay_order (account_id, store_id, order_no, currency, gateway_state, paid_minor)
      select id, store_id, ${orderNo}, currency, 'unsure', ${paidMinor}::bigint from merchant_account where id = ${accountId}
      on conflict (account_id, order_no) do nothing`);
    const [order] = await tx
      .select({ id: payOrder.id })
      .from(payOrder)
      .where(and(eq(payOrder.accountId, accountId), eq(payOrder.orderNo, orderNo)));
    if (!order) throw new Error("the order of a list row was not stored");
    await tx.execute(sql`
      insert into query_job (order_id, account_id, priority, due_at) values (${order.id}, ${accountId}, 2, clock_timestamp())
      on conflict (order_id) do update set due_at = clock_timestamp()`);
    return order.id;
  });
}

/** One paid order that nobody has asked about since the restore. */
async function askNextOrder(ctx: Context, turn: Turn, fromAt: Date): Promise<void> {
  const { rows } = await ctx.database.db.execute<{ id: string; orderNo: string }>(sql`
    select o.id, o.order_no as "orderNo" from pay_order o, installation i
     where i.id = 1 and o.account_id = ${turn.account.id} and o.paid_minor > 0
       and coalesce(o.paid_at, o.first_seen_at) > ${fromAt}::timestamptz - make_interval(days => ${reachDays}::int)
       and coalesce(o.as_of_at, '-infinity') < i.sending_off_at
     order by o.as_of_at nulls first limit 1`);
  const [order] = rows;
  if (!order) {
    await giveLane(ctx.database, turn.slot, "unused");
    return finish(ctx, turn.account.id, true);
  }
  const outcome = await queryInSlot(ctx, turn, order.orderNo);
  await recordQuery(ctx, order.id, outcome);
  if (outcome.outcome !== "done") await finish(ctx, turn.account.id, false);
}

async function finish(ctx: Context, accountId: string, isDone: boolean): Promise<void> {
  await ctx.database.db
    .update(accountChore)
    .set({
      askCount: sql`${accountChore.askCount} + 1`,
      lastAskedAt: sql`clock_timestamp()`,
      ...(isDone
        ? { doneAt: sql`clock_timestamp()` }
        : { dueAt: sql`clock_timestamp() + make_interval(secs => ${againMs / 1_000}::int)` }),
    })
    .where(and(eq(accountChore.accountId, accountId), eq(accountChore.kind, "reconcile")));
}
