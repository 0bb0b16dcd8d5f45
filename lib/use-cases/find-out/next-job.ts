import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { afterMs } from "#lib/db/clock.ts";
import { limits } from "#lib/domain/limits.ts";
import type { Context } from "../context.ts";

const choreKinds = ["sweep", "proof", "reconcile", "import"] as const;
type ChoreKind = (typeof choreKinds)[number];
const isChore = (kind: Job["kind"]): kind is ChoreKind => choreKinds.some((one) => one === kind);

/** The next piece of work of one account: a call about an order, or one about the whole account. */
export type Job = {
  /** Money on its way or an open outcome; else only somebody's interest. */
  readonly isMoney: boolean;
} & (
  | {
      readonly kind: "send" | "query" | "refunds";
      readonly opId: string | null;
      readonly orderId: string;
      readonly orderNo: string;
      /** Nothing but somebody's look at the order asks for it: a list may answer instead. */
      readonly isOnlyWatched: boolean;
    }
  | { readonly kind: ChoreKind; readonly subject: string }
);

/** Behind every class of money.md 3.3, and without a share of the slots kept for recovery. */
const listedOnly = 7;
const listTrusted = afterMs(-limits.watchedListTrustMs);

/** Columns of every source of work: kind, op_id, order_id, order_no, subject, priority, since. */
const orderJob = (kind: SQL, rest: SQL) => sql`select ${kind} as kind, ${rest}`;

/** Approved operations (P0), unless sending is off: the preflight question first, a newer one where the last decided nothing, then the send. */
const sends = (accountId: string) =>
  orderJob(
    sql`case when o.as_of_at > greatest(m.created_at, m.last_asked_at, clock_timestamp() - interval '60 s') then 'send' else 'query' end`,
    sql`m.id as op_id, m.order_id, o.order_no, '' as subject, 0 as priority, m.created_at as since
     from money_op m join pay_order o on o.id = m.order_id join merchant_account a on a.id = m.account_id
     join installation i on i.id = 1
    where m.account_id = ${accountId} and m.state = 'READY' and a.sending_paused_why is null and i.sending_off_why is null
      and coalesce(m.next_ask_at, m.created_at) <= clock_timestamp()`,
  );

/** Numbers that may go out once more (money.md 2.7): a fresh question first. */
const resends = (accountId: string) =>
  orderJob(
    sql`case when o.as_of_at > m.quiet_until and o.as_of_at > clock_timestamp() - interval '60 s' then 'send' else 'query' end`,
    sql`m.id, m.order_id, o.order_no, '', 0, m.resend_at
     from money_op m join pay_order o on o.id = m.order_id join merchant_account a on a.id = m.account_id
     join installation i on i.id = 1
    where m.account_id = ${accountId} and m.state = 'UNKNOWN' and m.resend_at is not null and a.sending_paused_why is null
      and i.sending_off_why is null and coalesce(m.next_ask_at, m.created_at) <= clock_timestamp()`,
  );

/** Open outcomes and successes nobody confirmed: first looks, watched ones and long overdue ones are P1, the rest P4. */
const openOutcomes = (accountId: string) =>
  orderJob(
    sql`'query'`,
    sql`m.id, m.order_id, o.order_no, '',
          case when m.ask_count = 0 or m.next_ask_at < clock_timestamp() - interval '1 hour'
                 or exists (select 1 from order_watch w where w.order_id = m.order_id and w.until_at > clock_timestamp())
               then 1 else 4 end,
          coalesce(m.last_asked_at, m.created_at)
     from money_op m join pay_order o on o.id = m.order_id
    where m.account_id = ${accountId} and m.next_ask_at <= clock_timestamp()
      and ((m.state in ('UNKNOWN','PENDING','NEEDS_PERSON') and m.resend_at is null) or (m.state = 'SUCCEEDED' and m.confirmed_at is null))`,
  );

/**
 * Orders somebody looks at (P2, P3), orders whose refunds are to be told (P2), cancelled orders under guard (P5); and when nothing
 * else is due, orders that only lists have spoken of for long.
 */
const orders = (accountId: string) => sql`
   select 'query', null::uuid, j.order_id, o.order_no, '', j.priority, coalesce(j.last_asked_at, j.due_at)
     from query_job j join pay_order o on o.id = j.order_id
    where j.account_id = ${accountId} and j.due_at <= clock_timestamp()
   union all
   select 'query', null, j.order_id, o.order_no, '', ${listedOnly}::int, j.last_asked_at
     from query_job j join pay_order o on o.id = j.order_id
    where j.account_id = ${accountId} and j.due_at > clock_timestamp() and j.last_asked_at < ${listTrusted}
   union all
   select 'refunds', null, o.id, o.order_no, '', 2, o.refunds_wanted_at
     from pay_order o where o.account_id = ${accountId} and o.refunds_wanted_at <= clock_timestamp()
   union all
   select 'query', null, g.order_id, o.order_no, '', 5, min(g.due_at)
     from guard_check g join pay_order o on o.id = g.order_id
    where g.account_id = ${accountId} and g.done_at is null and g.due_at <= clock_timestamp()
    group by g.order_id, o.order_no`;

/** Questions about the account as a whole: what a restore missed, open outcomes by list, the daily proof. */
const chores = (accountId: string) => sql`
   select c.kind, null::uuid, null::uuid, null, c.subject,
          case c.kind when 'reconcile' then 1 when 'sweep' then 4 else 6 end, c.due_at
     from account_chore c where c.account_id = ${accountId} and c.done_at is null and c.due_at <= clock_timestamp()`;

/**
 * The most urgent due work of an account (money.md 3.3). Sends take every slot they need; of the others every fifth slot
 * goes to recovery, guard and proof first, so that a busy shop does not starve them.
 */
export async function nextJob(ctx: Context, accountId: string): Promise<Job | null> {
  const { rows } = await ctx.database.db.execute<{
    kind: Job["kind"];
    op_id: string | null;
    order_id: string | null;
    order_no: string | null;
    subject: string;
    priority: number;
  }>(sql`
    select due.* from (
      ${sends(accountId)} union all ${resends(accountId)} union all ${openOutcomes(accountId)}
      union all ${orders(accountId)} union all ${chores(accountId)}
    ) due join gateway_lane l on l.account_id = ${accountId}
    order by case when due.priority between 4 and 6 and l.fence % 5 = 4 then 1 else due.priority end, due.priority, due.since limit 1`);
  const [row] = rows;
  if (!row) return null;
  const { kind } = row;
  const isMoney = row.priority <= 1 || row.op_id !== null;
  if (isChore(kind)) return { kind, subject: row.subject, isMoney };
  if (row.order_id === null || row.order_no === null) throw new Error("work about no order");
  const isOnlyWatched = kind === "query" && row.op_id === null && row.priority === 3;
  return { kind, opId: row.op_id, orderId: row.order_id, orderNo: row.order_no, isMoney, isOnlyWatched };
}

/**
 * Accounts with due work whose lane is free. Orders are asked for as a set: PostgreSQL guesses that a third of any column lies before
 * its clock, and would read a million orders, account by account, to meet the first of them soon.
 */
export async function dueAccounts(ctx: Context): Promise<string[]> {
  const { rows } = await ctx.database.db.execute<{ id: string }>(sql`
    select l.account_id as id from gateway_lane l
     where l.next_free_at <= clock_timestamp() and l.breaker_until <= clock_timestamp()
       and (exists (select 1 from query_job j where j.account_id = l.account_id
                     and (j.due_at <= clock_timestamp() or j.last_asked_at < ${listTrusted}))
         or exists (select 1 from guard_check g where g.account_id = l.account_id and g.done_at is null and g.due_at <= clock_timestamp())
         or exists (select 1 from account_chore c where c.account_id = l.account_id and c.done_at is null and c.due_at <= clock_timestamp())
         or l.account_id in (select o.account_id from pay_order o where o.refunds_wanted_at <= clock_timestamp())
         or exists (select 1 from money_op m where m.account_id = l.account_id
                     and (m.state in ('READY','UNKNOWN','PENDING','NEEDS_PERSON') or (m.state = 'SUCCEEDED' and m.next_ask_at is not null))
                     and coalesce(m.next_ask_at, m.created_at) <= clock_timestamp()))`);
  return rows.map((row) => row.id);
}
