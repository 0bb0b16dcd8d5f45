import "server-only";
import { sql } from "drizzle-orm";
import { type InLine, listedWith } from "#lib/domain/watched-list.ts";
import type { Gateway } from "#lib/gateway/gateway.ts";
import type { Context, OpenAccount } from "../context.ts";

/** An order one list is to answer for. Amount in minor units, where we know it. */
export type ListedOrder = InLine & { readonly orderNo: string; readonly amountMinor: number | null };

/** One list that answers for many watched orders in one slot. */
export type WatchedList = {
  readonly ask: NonNullable<Gateway["listOrders"]>;
  readonly orders: readonly ListedOrder[];
  /** By the database's clock, before the call: what the list says was true then or later. */
  readonly askedAt: Date;
};

/** The list that is to be asked for in the place of this order's own question; null: ask the question (domain/watched-list.ts). */
export async function listInstead(
  ctx: Context,
  { id, gateway }: OpenAccount,
  orderId: string,
): Promise<WatchedList | null> {
  const { listOrders } = gateway;
  if (!listOrders || !(await isListDue(ctx, id))) return null;
  const { line, askedAt } = await readLine(ctx, id);
  const orders = listedWith(orderId, line, { canList: gateway.capabilities.canListOrders, isDue: true });
  return orders && { ask: listOrders, orders, askedAt };
}

async function isListDue(ctx: Context, accountId: string): Promise<boolean> {
  const { rows } = await ctx.database.db.execute(sql`
    select 1 from account_chore
     where account_id = ${accountId} and kind = 'watched' and due_at > clock_timestamp()`);
  return rows.length === 0;
}

/** The account's orders in line because somebody looks or looked; money of an order, and a page just opened, has its own question. */
async function readLine(ctx: Context, accountId: string): Promise<{ line: ListedOrder[]; askedAt: Date }> {
  const { rows } = await ctx.database.db.execute<Omit<ListedOrder, "amountMinor"> & Numbers>(sql`
    select o.id as "orderId", o.order_no as "orderNo", o.amount_minor as "amountMinor", o.gateway_state as state,
           extract(epoch from clock_timestamp() - o.first_seen_at)::float8 * 1000 as "seenForMs",
           exists (select 1 from order_watch w where w.order_id = o.id and w.until_at > clock_timestamp()) as "isWatched",
           (o.as_of_at is not null and o.cancelled_at is null and o.refunds_wanted_at is null
             and not exists (select 1 from money_op m where m.order_id = o.id)) as "isPlain",
           now() as now
      from query_job j join pay_order o on o.id = j.order_id
     where j.account_id = ${accountId} and j.priority = 3`);
  const line = rows.map(({ amountMinor, now: _, ...row }) => ({
    ...row,
    amountMinor: amountMinor === null ? null : Number(amountMinor),
  }));
  return { line, askedAt: new Date(rows[0]?.now ?? 0) };
}

type Numbers = { readonly amountMinor: string | number | null; readonly now: string };
