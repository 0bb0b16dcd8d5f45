import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";

/** What may be guessed at, and how often before it waits. The device is part of it: an outsider locks nobody else's counter. */
export type GuessRule = { readonly subject: string; readonly triesMax: number; readonly lockMs: number };

/** Counts a try before it is judged, so that parallel guesses count too; a time: locked until then. */
export async function countTry(
  { db }: Database,
  { subject, triesMax, lockMs }: GuessRule,
): Promise<Date | null> {
  const { rows } = await db.execute<{ until: string | null }>(sql`
    insert into guess_lock as g (subject, wrong_count, last_try_at) values (${subject}, 1, clock_timestamp())
    on conflict (subject) do update set
      wrong_count = case when g.locked_until > clock_timestamp() then g.wrong_count
                         when g.locked_until is not null then 1
                         else g.wrong_count + 1 end,
      locked_until = case when g.locked_until > clock_timestamp() then g.locked_until
                          when g.locked_until is not null then null
                          when g.wrong_count + 1 > ${triesMax}::int then clock_timestamp() + make_interval(secs => ${lockMs}::int / 1000.0)
                          else null end,
      last_try_at = clock_timestamp()
    returning case when locked_until > clock_timestamp() then locked_until end as until`);
  const until = rows[0]?.until;
  return until ? new Date(until) : null;
}

/** The right answer clears the count. */
export async function clearTries({ db }: Database, { subject }: GuessRule): Promise<void> {
  await db.execute(sql`delete from guess_lock where subject = ${subject}`);
}
