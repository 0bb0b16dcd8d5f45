import "server-only";
import { sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { askedInMs, readingIntervalMs } from "#lib/domain/reading-pace.ts";
import { isNoted } from "./watch-order.ts";

/** How an account's lane stands for one order; null instants: no question is planned, no rest is on. */
export type LaneOutlook = {
  readonly nextCheckAt: Date | null;
  readonly quietUntil: Date | null;
  readonly watchers: number;
  readonly targetAgeMs: number;
  /** This page's interest stands in the books for long enough, and so does its question: nothing is to be written. */
  readonly isNoted: boolean;
};

type Row = {
  now: string;
  quiet: string | null;
  freeInMs: number;
  gapMs: number;
  watchers: number;
  listed: number;
  isQueued: boolean;
  isNoted: boolean;
  ahead: number;
};

/** Sends and resends stand before everything, open outcomes before watched orders (money.md 3.3). */
const rank = sql`case when m.state = 'READY' or m.resend_at is not null then 0 else 1 end`;

/**
 * When the gateway will about be asked about an order again: the lane's rest, then everything that stands before its
 * question (sends and unknown outcomes first, then by priority and who waited longest, as the clerk takes them). Orders that the next
 * list answers for (watched-list/) carry exactly its moment and share its one slot.
 */
export async function laneOutlook(
  db: Db,
  { orderId, accountId, sessionId }: { orderId: string; accountId: string; sessionId: string },
): Promise<LaneOutlook> {
  const { rows } = await db.execute<Row>(sql`
    with mine as (
      select priority, coalesce(last_asked_at, due_at) as since, due_at as due from query_job where order_id = ${orderId}
       union all
      select ${rank}, coalesce(m.next_ask_at, m.created_at), coalesce(m.next_ask_at, m.created_at) from money_op m
       where m.order_id = ${orderId} and m.state in ('READY','PENDING','UNKNOWN','NEEDS_PERSON')
       order by 1, 2 limit 1)
    select clock_timestamp() as now, l.gap_ms as "gapMs",
           case when l.breaker_until > clock_timestamp() then l.breaker_until end as quiet,
           (extract(epoch from greatest(l.next_free_at, l.breaker_until, mine.due,
              case when l.holder_until > clock_timestamp() then clock_timestamp() + make_interval(secs => l.gap_ms / 1000.0) end,
              clock_timestamp()) - clock_timestamp()) * 1000)::int8 as "freeInMs",
           mine.priority is not null as "isQueued",
           ${isNoted(orderId, sessionId)} as "isNoted",
           (select count(distinct w.order_id) from query_job j join order_watch w on w.order_id = j.order_id
             where j.account_id = l.account_id and w.until_at > clock_timestamp())::int as watchers,
           line.listed,
           (line.ahead + (select count(*) from money_op m where m.account_id = l.account_id and m.order_id <> ${orderId}
                and m.state in ('READY','PENDING','UNKNOWN','NEEDS_PERSON') and coalesce(m.next_ask_at, m.created_at) <= clock_timestamp()
                and (${rank}, coalesce(m.next_ask_at, m.created_at)) < (mine.priority, mine.since)))::int as ahead
      from gateway_lane l left join mine on true
      left join account_chore lists on lists.account_id = l.account_id and lists.kind = 'watched' and lists.ask_count = 0
      cross join lateral (
        select count(*) filter (where j.due_at = lists.due_at)::int as listed,
               count(*) filter (where is_ahead and j.due_at is distinct from lists.due_at)
                 + coalesce(bool_or(is_ahead and j.due_at = lists.due_at and mine.due is distinct from lists.due_at), false)::int as ahead
          from (select q.due_at, q.order_id <> ${orderId} and q.due_at <= greatest(clock_timestamp(), mine.due)
                       and (q.priority, coalesce(q.last_asked_at, q.due_at)) < (mine.priority, mine.since) as is_ahead
                  from query_job q where q.account_id = l.account_id) j) line
     where l.account_id = ${accountId}`);
  const [row] = rows;
  if (!row) throw new Error(`no lane for account ${accountId}`);
  const { gapMs, watchers, listed, ahead } = row;
  const nextMs = Date.parse(row.now) + askedInMs({ freeInMs: Number(row.freeInMs), ahead, gapMs });
  return {
    nextCheckAt: row.isQueued ? new Date(nextMs) : null,
    quietUntil: row.quiet ? new Date(row.quiet) : null,
    watchers,
    isNoted: row.isNoted,
    targetAgeMs: Math.round(readingIntervalMs(watchers, gapMs, listed)),
  };
}
