import "server-only";
import { sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { incidentKinds } from "#lib/domain/recovery/incident.ts";
import { metrics } from "#lib/metrics.ts";

type LaneRow = { slug: string; waiting: number; gapMs: number; isResting: boolean; answerAge: number | null };
type SumRow = Record<"unsent" | "unsentAge" | "approvals" | "approvalAge" | "paused", string> & {
  isOff: boolean;
};

/** Sets the gauges of the books from one reading of each. Ages are the database's, in seconds. */
export async function readFigures(db: Db): Promise<void> {
  const all = metrics();
  const { rows: lanes } = await db.execute<LaneRow>(sql`
    select a.slug, l.gap_ms as "gapMs", l.breaker_until > clock_timestamp() as "isResting",
           extract(epoch from clock_timestamp() - l.last_answer_at)::float8 as "answerAge",
           (select count(*) from query_job j where j.account_id = a.id and j.due_at <= clock_timestamp())::int
           + (select count(*) from money_op m where m.account_id = a.id and m.state in ('READY','UNKNOWN','PENDING')
               and coalesce(m.next_ask_at, m.created_at) <= clock_timestamp())::int as waiting
      from merchant_account a join gateway_lane l on l.account_id = a.id`);
  for (const gauge of [all.laneWaiting, all.laneGap, all.laneResting, all.laneAnswerAge]) gauge.reset();
  for (const { slug: account, waiting, gapMs, isResting, answerAge } of lanes) {
    all.laneWaiting.set({ account }, waiting);
    all.laneGap.set({ account }, gapMs / 1_000);
    all.laneResting.set({ account }, Number(isResting));
    if (answerAge !== null) all.laneAnswerAge.set({ account }, answerAge);
  }
  await readUnknowns(db);
  await readIncidents(db);
  await readSums(db);
}

async function readUnknowns(db: Db): Promise<void> {
  const { rows } = await db.execute<{ age: string; count: string }>(sql`
    select case when age < interval '5 minutes' then 'under_5m' when age < interval '1 hour' then 'under_1h'
                when age < interval '1 day' then 'under_1d' else 'over_1d' end as age, count(*) as count
      from (select clock_timestamp() - coalesce(last_sent_at, created_at) as age from money_op
             where state in ('UNKNOWN','PENDING','NEEDS_PERSON')) as open group by 1`);
  for (const age of ["under_5m", "under_1h", "under_1d", "over_1d"])
    metrics().unknowns.set({ age }, Number(rows.find((row) => row.age === age)?.count ?? 0));
}

async function readIncidents(db: Db): Promise<void> {
  const { rows } = await db.execute<{ kind: string; count: string }>(
    sql`select kind, count(*) as count from incident where closed_at is null group by kind`,
  );
  for (const kind of incidentKinds)
    metrics().incidents.set({ kind }, Number(rows.find((row) => row.kind === kind)?.count ?? 0));
}

async function readSums(db: Db): Promise<void> {
  const { rows } = await db.execute<SumRow>(sql`
    select (select count(*) from money_op where state = 'READY') as unsent,
           (select coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0) from money_op where state = 'READY') as "unsentAge",
           (select count(*) from refund_request where status = 'REQUESTED') as approvals,
           (select coalesce(extract(epoch from clock_timestamp() - min(requested_at)), 0) from refund_request where status = 'REQUESTED') as "approvalAge",
           (select count(*) from merchant_account where sending_paused_why is not null) as paused,
           exists (select 1 from installation where sending_off_why is not null) as "isOff"`);
  const [sums] = rows;
  if (!sums) throw new Error("a sum without a row");
  const all = metrics();
  all.unsent.set(Number(sums.unsent));
  all.unsentAge.set(Number(sums.unsentAge));
  all.approvals.set(Number(sums.approvals));
  all.approvalAge.set(Number(sums.approvalAge));
  all.accountsPaused.set(Number(sums.paused));
  all.sendingOff.set(Number(sums.isOff));
}
