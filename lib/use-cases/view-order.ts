import "server-only";
import { sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { afterMs } from "#lib/db/clock.ts";
import { mayCancel } from "#lib/domain/cancel.ts";
import type { Currency } from "#lib/domain/currency.ts";
import { limits } from "#lib/domain/limits.ts";
import type { MoneyOpKind } from "#lib/domain/money-op.ts";
import { type MoneySums, mayRequestRefund, type RequestStatus, sumMoney } from "#lib/domain/refund.ts";
import { type CurrentStaff, roleCan } from "#lib/domain/staff.ts";
import { isSettled, type Verdict, verdictOf } from "#lib/domain/verdict.ts";
import type { Context } from "./context.ts";
import { factsOf, findOrder, type OrderBooks, readBooks } from "./order-books.ts";

/** One thing that happened; `what` is a message key under `timeline`, `no` the number of the request or operation. */
export type TimelineEvent = {
  readonly at: string;
  readonly what:
    | "seen"
    | "paid"
    | "asked"
    | RequestStatus
    | MoneyOpKind
    | `${MoneyOpKind}_${"SUCCEEDED" | "FAILED"}`;
  readonly no: string;
};

/** What the order page shows; instants as ISO text, amounts in minor units. */
export type OrderView = {
  readonly account: string;
  readonly orderNo: string;
  readonly storeName: string;
  readonly timeZone: string;
  readonly currency: Currency;
  readonly verdict: Verdict;
  readonly amountMinor: number | null;
  readonly sums: MoneySums;
  readonly wallet: string | null;
  readonly title: string | null;
  readonly gatewayOrderNo: string | null;
  readonly paidAt: string | null;
  readonly asOf: string | null;
  readonly isSettled: boolean;
  readonly cancelUntil: string | null;
  readonly canCancel: boolean;
  readonly canRefund: boolean;
  readonly canPartial: boolean;
  readonly timeline: readonly TimelineEvent[];
};

/** What the status address answers. */
export type OrderStatus = Pick<OrderView, "asOf" | "isSettled"> & {
  readonly state: Verdict;
  readonly nextCheckAt: string | null;
  readonly watchers: number;
  readonly serverNow: string;
};

function toView(ctx: Context, staff: CurrentStaff, books: OrderBooks): OrderView {
  const { order, account, store, now } = books;
  const facts = factsOf(books);
  const capabilities = ctx.capabilitiesOf(account);
  const cancel = mayCancel({ ...facts, madeAt: order.firstSeenAt }, capabilities, { now, by: "offer" });
  const refund = mayRequestRefund(facts, null, capabilities);
  return {
    account: account.slug,
    orderNo: order.orderNo,
    storeName: store.name,
    timeZone: store.timeZone,
    currency: order.currency,
    verdict: verdictOf(facts),
    amountMinor: order.amountMinor,
    sums: sumMoney(facts),
    wallet: order.wallet && ctx.walletName(account.gateway, order.wallet),
    title: order.title,
    gatewayOrderNo: order.gatewayOrderNo,
    paidAt: order.paidAt?.toISOString() ?? null,
    asOf: order.asOfAt?.toISOString() ?? null,
    isSettled: isSettled(facts),
    cancelUntil: cancel.ok ? (cancel.value?.toISOString() ?? null) : null,
    canCancel: cancel.ok && roleCan(staff.role, "cancel-order"),
    canRefund: refund.ok && roleCan(staff.role, "request-refund"),
    canPartial: capabilities.refund.canPartial,
    timeline: timelineOf(books),
  };
}

function timelineOf({ order, requests, ops }: OrderBooks): TimelineEvent[] {
  const events: TimelineEvent[] = [];
  const add = (at: Date | null, what: TimelineEvent["what"], no = "") => {
    if (at) events.push({ at: at.toISOString(), what, no });
  };
  add(order.firstSeenAt, "seen");
  add(order.paidAt, "paid");
  for (const { requestedAt, decidedAt, status, requestNo } of requests) {
    add(requestedAt, "asked", requestNo);
    add(decidedAt, status, requestNo);
  }
  for (const { createdAt, settledAt, kind, state, merchantNo } of ops) {
    add(createdAt, kind, merchantNo);
    if (state === "SUCCEEDED" || state === "FAILED") add(settledAt, `${kind}_${state}`, merchantNo);
  }
  return events.toSorted((a, b) => a.at.localeCompare(b.at));
}

/** The order as this member of staff may see it; null where it is none of their stores'. Opening it asks the gateway again. */
export async function viewOrder(
  ctx: Context,
  staff: CurrentStaff,
  at: { account: string; orderNo: string },
): Promise<OrderView | null> {
  const found = await findOrder(ctx.database.db, staff, at);
  if (!found) return null;
  const books = await readBooks(ctx.database.db, found.id);
  await watch(ctx.database.db, staff, books, { isOpening: true });
  return toView(ctx, staff, books);
}

/**
 * The status of a watched order, from our books: any number of tabs keep one question in the account's lane alive
 * (money paper 3.2). Null where the order is none of this person's stores'.
 */
export async function watchOrderStatus(
  ctx: Context,
  staff: CurrentStaff,
  at: { account: string; orderNo: string },
): Promise<OrderStatus | null> {
  const { db } = ctx.database;
  const found = await findOrder(db, staff, at);
  if (!found) return null;
  const books = await readBooks(db, found.id);
  await watch(db, staff, books, { isOpening: false });
  const { rows } = await db.execute<{ next: string | null; watchers: string | number }>(sql`
    select greatest(l.next_free_at, l.breaker_until, clock_timestamp()) as next,
           (select count(distinct w.order_id) from order_watch w join pay_order o on o.id = w.order_id
             where o.account_id = l.account_id and w.until_at > clock_timestamp()) as watchers
      from gateway_lane l where l.account_id = ${books.account.id}`);
  const facts = factsOf(books);
  const isDone = isSettled(facts);
  const next = rows[0]?.next;
  return {
    state: verdictOf(facts),
    asOf: books.order.asOfAt?.toISOString() ?? null,
    isSettled: isDone,
    nextCheckAt: isDone || !next ? null : new Date(next).toISOString(),
    watchers: Number(rows[0]?.watchers ?? 0),
    serverNow: books.now.toISOString(),
  };
}

const freshMs = 5_000;

/** Notes the interest and puts one question in line: for an order that can still change, or one just opened and stale. */
async function watch(
  db: Db,
  staff: CurrentStaff,
  books: OrderBooks,
  { isOpening }: { isOpening: boolean },
): Promise<void> {
  const { order, now } = books;
  const isStale = order.asOfAt === null || now.getTime() - order.asOfAt.getTime() > freshMs;
  if (isSettled(factsOf(books)) && !(isOpening && isStale)) return;
  await db.execute(sql`
    insert into order_watch (order_id, session_id, staff_id, until_at)
    select ${order.id}, ${staff.sessionId}, ${staff.staffId}, ${afterMs(limits.watchTtlMs)}
     where (select count(*) from order_watch where staff_id = ${staff.staffId} and until_at > clock_timestamp() and order_id <> ${order.id})
           < ${limits.watchedOrdersPerStaffMax}::int
    on conflict (order_id, session_id) do update set until_at = excluded.until_at`);
  await db.execute(sql`
    insert into query_job (order_id, account_id, priority, due_at)
    values (${order.id}, ${order.accountId}, ${isOpening && isStale ? 2 : 3}::int, clock_timestamp())
    on conflict (order_id) do update set priority = least(query_job.priority, excluded.priority)`);
}
