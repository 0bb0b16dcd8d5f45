import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { afterMs } from "#lib/db/clock.ts";
import { limits } from "#lib/domain/limits.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { isSettled } from "#lib/domain/verdict.ts";
import { factsOf, type WatchedBooks } from "./order-books.ts";

/** `isOpening`: the page was just opened, so an old answer is asked for again even if nothing is expected to change. */
export type Look = { readonly isOpening: boolean };

/**
 * Notes the interest and puts one question in line: for an order that can still change, or one just opened and stale. Who
 * has thirty orders under watch, or questions of theirs still waiting, adds none: their page shows what the books know
 * (security.md T19). In a transaction of its own, which does not wait for the disk: never part of one that must.
 */
export async function watchOrder(
  { db }: Database,
  staff: CurrentStaff,
  books: WatchedBooks,
  { isOpening }: Look,
): Promise<void> {
  const { order, now } = books;
  const isStale = order.asOfAt === null || now.getTime() - order.asOfAt.getTime() > limits.freshFactsMs;
  if (isSettled(factsOf(books)) && !(isOpening && isStale)) return;
  if (!(isOpening && isStale) && books.isNoted) return;
  // The order's row first, as everybody who writes about it takes it: an answer that is being stored holds it too. An interest that
  // a crash forgets is noted again by the next poll: hundreds of pages need not wait for the disk with theirs.
  await db.execute(sql`
    with unsynced as materialized (select set_config('synchronous_commit', 'off', true)),
    known as materialized (select id from unsynced, pay_order where id = ${order.id} for key share of pay_order),
    watched as (
      insert into order_watch (order_id, session_id, staff_id, until_at)
      select known.id, ${staff.sessionId}::uuid, ${staff.staffId}::uuid, ${afterMs(limits.watchTtlMs)} + random() * make_interval(secs => ${limits.watchSpreadMs}::int / 1000.0) from known
       where (select count(distinct w.order_id) from order_watch w
               where w.staff_id = ${staff.staffId} and w.order_id <> ${order.id}
                 and (w.until_at > clock_timestamp() or exists (select 1 from query_job j where j.order_id = w.order_id)))
             < ${limits.watchedOrdersPerStaffMax}::int
      on conflict (order_id, session_id) do update set until_at = excluded.until_at
      returning order_id)
    insert into query_job (order_id, account_id, priority, due_at)
    select order_id, ${order.accountId}::uuid, ${isOpening && isStale ? 2 : 3}::int, clock_timestamp() from watched
    on conflict (order_id) do update
      set due_at = case when excluded.priority < query_job.priority then least(query_job.due_at, excluded.due_at) else query_job.due_at end,
          priority = least(query_job.priority, excluded.priority)`);
}
