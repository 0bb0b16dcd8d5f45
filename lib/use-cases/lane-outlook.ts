import "server-only";
import { sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { askedInMs, readingIntervalMs } from "#lib/domain/reading-pace.ts";

/** How an account's lane stands for one order; null instants: no question is planned, no rest is on. */
export type LaneOutlook = {
  readonly nextCheckAt: Date | null;
  readonly quietUntil: Date | null;
  readonly watchers: number;
  readonly targetAgeMs: number;
};

type Row = {
  now: string;
  quiet: string | null;
  freeInMs: number;
  gapMs: number;
  watchers: number;
  listed: number;
  isQueued: boolean;
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
  { orderId, accountId }: { orderId: string; accountId: string },
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
           (select count(distinct w.order_id) from order_watch w join pay_order o on o.id = w.order_id
             where o.account_id = l.account_id and w.until_at > clock_timestamp())::int as watchers,
           mine.priority is not null as "isQueued",
           (select count(*) from query_job j where j.account_id = l.account_id and j.due_at = lists.due_at)::int as listed,
           ((select count(*) filter (where j.due_at is distinct from lists.due_at)
                    + coalesce(bool_or(j.due_at = lists.due_at and mine.due is distinct from lists.due_at), false)::int
               from query_job j where j.account_id = l.account_id and j.order_id <> ${orderId}
                and j.due_at <= greatest(clock_timestamp(), mine.due)
                and (j.priority, coalesce(j.last_asked_at, j.due_at)) < (mine.priority, mine.since))
            + (select count(*) from money_op m where m.account_id = l.account_id and m.order_id <> ${orderId}
                and m.state in ('READY','PENDING','UNKNOWN','NEEDS_PERSON') and coalesce(m.next_ask_at, m.created_at) <= clock_timestamp()
                and (${rank}, coalesce(m.next_ask_at, m.created_at)) < (mine.priority, mine.since)))::int as ahead
      from gateway_lane l left join mine on true
      left join account_chore lists on lists.account_id = l.account_id and lists.kind = 'watched' and lists.ask_count = 0
     where l.account_id = ${accountId}`);
  const [row] = rows;
  if (!row) throw new Error(`no lane for account ${accountId}`);
  const { gapMs, watchers, listed, ahead } = row;
  const nextMs = Date.parse(row.now) + askedInMs({ freeInMs: Number(row.freeInMs), ahead, gapMs });
  return {
    nextCheckAt: row.isQueued ? new Date(nextMs) : null,
    quietUntil: row.quiet ? new Date(row.quiet) : null,
    watchers,
    targetAgeMs: Math.round(readingIntervalMs(watchers, gapMs, listed)),
  };
}
