import "server-only";
import { sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { afterMs } from "#lib/db/clock.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { limits } from "#lib/domain/limits.ts";
import { nextListInMs, stillWaiting } from "#lib/domain/watched-list.ts";
import type { GatewayOutcome, OrderRow } from "#lib/gateway/gateway.ts";
import type { Turn } from "../ask-gateway.ts";
import type { Context } from "../context.ts";
import { callQuery } from "../find-out/call-query.ts";
import type { ListedOrder, WatchedList } from "./list-instead.ts";

/** How far the gateway's clock may be ahead of ours, in ms. */
const skewMs = 10 * 60_000;

/** Asks for the orders that wait, in a slot of the lane, and notes what the list proves. */
export async function askByList(ctx: Context, turn: Turn, list: WatchedList): Promise<void> {
  const { ask, askedAt } = list;
  const range = {
    from: new Date(askedAt.getTime() - limits.watchedListReachMs),
    to: new Date(askedAt.getTime() + skewMs),
    state: "waiting" as const,
  };
  await recordList(ctx, turn.account.id, list, await callQuery(ctx, turn, (options) => ask(range, options)));
}

/**
 * A listed order that still waits is answered as of the moment the list was asked for, and waits for the next one. No list ever
 * changes what an order is: whatever it does not show as it stands in the books is left as it is and has its own question next.
 * A list without an answer changes nothing but when the next one is asked for.
 */
export async function recordList(
  ctx: Context,
  accountId: string,
  { orders, askedAt }: Pick<WatchedList, "orders" | "askedAt">,
  outcome: GatewayOutcome<readonly OrderRow[]>,
): Promise<void> {
  if (outcome.outcome !== "done") return putOff(ctx.database.db, accountId);
  const waiting = stillWaiting(orders, outcome.value);
  await withTx(ctx.database, async (tx) => {
    await tx.execute(sql`
      insert into account_chore (account_id, kind, due_at, last_asked_at, done_at)
      values (${accountId}, 'watched', ${afterMs(nextListInMs(0))}, clock_timestamp(), clock_timestamp())
      on conflict (account_id, kind, subject) do update
        set due_at = excluded.due_at, last_asked_at = excluded.last_asked_at, done_at = excluded.done_at, ask_count = 0`);
    const noted = await noteWaiting(tx, waiting, askedAt);
    await moveInLine(tx, accountId, noted);
  });
}

/** Orders somebody writes about at this moment are passed over: that answer is theirs. */
async function noteWaiting(tx: Db, orders: readonly ListedOrder[], askedAt: Date): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    with held as (
      select o.id from pay_order o
       where o.id = any(${idsOf(orders)}::uuid[]) and o.gateway_state = 'waiting' and o.cancelled_at is null
         and not exists (select 1 from money_op m where m.order_id = o.id)
       order by o.id for no key update skip locked)
    update pay_order o set as_of_at = greatest(o.as_of_at, ${askedAt.toISOString()}::timestamptz), last_trouble = null
      from held where o.id = held.id returning o.id`);
  return rows.map(({ id }) => id);
}

const idsOf = (orders: readonly ListedOrder[]) => `{${orders.map(({ orderId }) => orderId).join()}}`;

/** `last_asked_at` stays the order's own last question. A page that was opened meanwhile keeps its own next one. */
async function moveInLine(tx: Db, accountId: string, orderIds: readonly string[]): Promise<void> {
  await tx.execute(sql`
    update query_job j set ask_count = j.ask_count + 1, last_asked_at = coalesce(j.last_asked_at, clock_timestamp()), due_at = c.due_at
      from account_chore c
     where c.account_id = ${accountId} and c.kind = 'watched' and j.order_id = any(${`{${orderIds.join()}}`}::uuid[]) and j.priority = 3`);
  await tx.execute(sql`
    delete from query_job j
     where j.order_id = any(${`{${orderIds.join()}}`}::uuid[]) and j.priority = 3
       and not exists (select 1 from order_watch w where w.order_id = j.order_id and w.until_at > clock_timestamp())`);
}

async function putOff(db: Db, accountId: string): Promise<void> {
  const { rows } = await db.execute<{ failed: number }>(sql`
    insert into account_chore (account_id, kind, due_at, last_asked_at, done_at, ask_count)
    values (${accountId}, 'watched', clock_timestamp(), clock_timestamp(), clock_timestamp(), 1)
    on conflict (account_id, kind, subject) do update
      set last_asked_at = excluded.last_asked_at, ask_count = account_chore.ask_count + 1
    returning ask_count as failed`);
  await db.execute(sql`
    update account_chore set due_at = ${afterMs(nextListInMs(rows[0]?.failed ?? 1))}
     where account_id = ${accountId} and kind = 'watched'`);
}
