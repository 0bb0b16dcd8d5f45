import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import type { LaneLine, Waiting } from "#lib/domain/lane-line.ts";

/** What waits in each account's lane, read once for all pages that ask within a moment. */
export type LaneLines = {
  /** The account's line and the database's clock now, in ms since 1970. `isFresh`: read for this very call. */
  read(
    db: Db,
    accountId: string,
    how: { isFresh: boolean },
  ): Promise<{ readonly line: LaneLine; readonly nowMs: number }>;
};

type Kept = { readonly line: Promise<LaneLine>; readonly askedMs: number };

/**
 * Hundreds of pages tell when the gateway is asked next, and each would read hundreds of lines for it; what one page read
 * serves all for `sharedMs`. It is told to staff and decides nothing.
 */
export function makeLaneLines(sharedMs: number): LaneLines {
  const kept = new Map<string, Kept>();
  return {
    async read(db, accountId, { isFresh }) {
      const nowMs = performance.now();
      const held = kept.get(accountId);
      const isUsable = held && !isFresh && nowMs - held.askedMs < sharedMs;
      const { line, askedMs } = isUsable ? held : { line: readLine(db, accountId), askedMs: nowMs };
      if (!isUsable) {
        kept.set(accountId, { line, askedMs });
        line.catch(() => kept.delete(accountId));
      }
      const read = await line;
      return { line: read, nowMs: read.atMs + (isUsable ? nowMs - askedMs : 0) };
    },
  };
}

type Quad = readonly [orderId: string, rank: number, since: number | string, due: number | string];
type Row = Omit<LaneLine, "questions" | "outcomes"> & { questions: Quad[]; outcomes: Quad[] };

const ms = (instant: SQL) => sql`(extract(epoch from ${instant}) * 1000)::float8`;

/** JSON has no infinity: PostgreSQL writes it as a word. */
const toWaiting = ([orderId, rank, since, due]: Quad): Waiting => ({
  orderId,
  rank,
  sinceMs: Number(since),
  dueMs: Number(due),
});

/** Sends and resends stand before everything, open outcomes before watched orders (money.md 3.3). */
async function readLine(db: Db, accountId: string): Promise<LaneLine> {
  const { rows } = await db.execute<Row>(sql`
    select ${ms(sql`clock_timestamp()`)} as "atMs", l.gap_ms as "gapMs", ${ms(sql`l.next_free_at`)} as "nextFreeMs",
           ${ms(sql`l.breaker_until`)} as "breakerMs", ${ms(sql`l.holder_until`)} as "holderMs", ${ms(sql`lists.due_at`)} as "listDueMs",
           (select count(distinct w.order_id) from query_job j join order_watch w on w.order_id = j.order_id
             where j.account_id = l.account_id and w.until_at > clock_timestamp())::int as watchers,
           (select coalesce(json_agg(json_build_array(q.order_id, q.priority, ${ms(sql`coalesce(q.last_asked_at, q.due_at)`)}, ${ms(sql`q.due_at`)})), '[]')
              from query_job q where q.account_id = l.account_id) as questions,
           (select coalesce(json_agg(json_build_array(m.order_id, case when m.state = 'READY' or m.resend_at is not null then 0 else 1 end,
                     ${ms(sql`coalesce(m.next_ask_at, m.created_at)`)}, ${ms(sql`coalesce(m.next_ask_at, m.created_at)`)})), '[]')
              from money_op m where m.account_id = l.account_id and m.state in ('READY','PENDING','UNKNOWN','NEEDS_PERSON')) as outcomes
      from gateway_lane l
      left join account_chore lists on lists.account_id = l.account_id and lists.kind = 'watched' and lists.ask_count = 0
     where l.account_id = ${accountId}`);
  const [row] = rows;
  if (!row) throw new Error(`no lane for account ${accountId}`);
  return { ...row, questions: row.questions.map(toWaiting), outcomes: row.outcomes.map(toWaiting) };
}
