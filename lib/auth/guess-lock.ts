import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { afterMs } from "#lib/db/clock.ts";
import { limits } from "#lib/domain/limits.ts";

/** The rest of a lock, in whole ms and never below 0. */
const waitMs = sql`coalesce(greatest(0, ceil(extract(epoch from g.locked_until - clock_timestamp()) * 1000)), 0)::int8`;

/** What may be guessed at, and how often before it waits. */
export type GuessRule = { readonly subject: string; readonly triesMax: number; readonly lockMs: number };

/** Wrong passwords of an account from a device (`unknown` for all it was never signed in on), wherever one is typed. */
export const passwordRule = (username: string, device: string): GuessRule => ({
  subject: `password:${username}:${device}`,
  triesMax: limits.signInTriesMax,
  lockMs: limits.signInLockMs,
});

/** Wrong codes of a second factor, which only who knows the password can try; by device as with passwords. */
export const codeRule = (staffId: string, device: string): GuessRule => ({
  subject: `code:${staffId}:${device}`,
  triesMax: limits.codeTriesMax,
  lockMs: limits.codeLockMs,
});

/**
 * `refusedUntil`: not even judged. `lockedUntil`: judged, and if it is wrong the next ones wait until then, `waitMs` from now.
 * `triesLeft`: how many more are judged if this one is wrong.
 */
export type CountedTry = {
  readonly refusedUntil: Date | null;
  readonly lockedUntil: Date | null;
  readonly waitMs: number;
  readonly triesLeft: number;
};

/**
 * Counts a try before it is judged, so that parallel guesses count too. The last allowed try sets the lock at once and is
 * still judged; a lock that is over starts a new count.
 */
export async function countTry(
  { db }: Database,
  { subject, triesMax, lockMs }: GuessRule,
): Promise<CountedTry> {
  const { rows } = await db.execute<{
    wrong_count: number;
    until: string | null;
    wait_ms: string | number;
  }>(sql`
    insert into guess_lock as g (subject, wrong_count, last_try_at) values (${subject}, 1, clock_timestamp())
    on conflict (subject) do update set
      wrong_count = case when g.locked_until > clock_timestamp() then ${triesMax}::int + 1
                         when g.locked_until is not null then 1
                         else g.wrong_count + 1 end,
      locked_until = case when g.locked_until > clock_timestamp() then g.locked_until
                          when g.locked_until is not null then null
                          when g.wrong_count + 1 >= ${triesMax}::int then ${afterMs(lockMs)}
                          else null end,
      last_try_at = clock_timestamp()
    returning wrong_count, case when locked_until > clock_timestamp() then locked_until end as until,
              ${waitMs} as wait_ms`);
  const row = rows[0];
  const until = row?.until ? new Date(row.until) : null;
  const triesLeft = Math.max(0, triesMax - Number(row?.wrong_count));
  const isRefused = Number(row?.wrong_count) > triesMax;
  const refusedUntil = isRefused ? until : null;
  return { refusedUntil, lockedUntil: until, waitMs: Number(row?.wait_ms ?? 0), triesLeft };
}

/** How long a subject still has to wait, in ms by the database's clock; 0: it does not. */
export async function lockedForMs({ db }: Database, subject: string): Promise<number> {
  const { rows } = await db.execute<{ wait_ms: string | number }>(
    sql`select ${waitMs} as wait_ms from guess_lock g where subject = ${subject}`,
  );
  return Number(rows[0]?.wait_ms ?? 0);
}

/** The right answer clears the count. */
export async function clearTries({ db }: Database, { subject }: GuessRule): Promise<void> {
  await db.execute(sql`delete from guess_lock where subject = ${subject}`);
}
