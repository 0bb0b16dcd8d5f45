import "server-only";
import { sql } from "drizzle-orm";
import type { Database, Db } from "#lib/db/client.ts";
import { callerAddress } from "#lib/domain/caller-address.ts";
import { limits } from "#lib/domain/limits.ts";
import { env } from "#lib/env.ts";
import { log } from "#lib/log.ts";

/** Where a call came from by the header that `STOREDESK_ADDRESS_HEADER` trusts; null where it trusts none. */
export function addressOf(header: (name: string) => string | null): string | null {
  const { STOREDESK_ADDRESS_HEADER: name } = env();
  return name ? callerAddress(header(name)) : null;
}

/** Counts stand by the hour of the database's clock and end with it. */
const inThisHour = (what: string) =>
  sql`'wrong-by-hour:' || to_char(clock_timestamp() at time zone 'UTC', 'YYYYMMDDHH24') || ':' || ${what}::text`;

async function countOne({ db }: { readonly db: Db }, what: string): Promise<number> {
  const { rows } = await db.execute<{ wrong_count: number }>(sql`
    insert into guess_lock as g (subject, wrong_count, last_try_at) values (${inThisHour(what)}, 1, clock_timestamp())
    on conflict (subject) do update set wrong_count = g.wrong_count + 1, last_try_at = clock_timestamp()
    returning wrong_count`);
  return Number(rows[0]?.wrong_count ?? 0);
}

/**
 * Counts a try of an unknown device from an address before it is judged, so that parallel ones count too. Returns until when
 * it is not judged, because more than the limit were wrong from there in this hour; null: it is.
 */
export async function countAddress(database: Database, address: string): Promise<Date | null> {
  if ((await countOne(database, address)) <= limits.wrongPerAddressMax) return null;
  const { rows } = await database.db.execute<{ until: string }>(
    sql`select date_trunc('hour', clock_timestamp(), 'UTC') + interval '1 hour' as until`,
  );
  return new Date(rows[0]?.until ?? 0);
}

/** The try was right after all: it does not count against its address. */
export async function uncountAddress({ db }: Database, address: string): Promise<void> {
  await db.execute(sql`
    update guess_lock set wrong_count = wrong_count - 1 where subject = ${inThisHour(address)} and wrong_count > 0`);
}

/**
 * Counts a wrong password of the whole house, in the transaction that records it. The one that makes it a siege tells every
 * owner and the log, once an hour; the first of an hour takes away what was counted in hours that are over.
 */
export async function countWrong(tx: Db): Promise<void> {
  const wrong = await countOne({ db: tx }, "all");
  if (wrong === 1)
    await tx.execute(sql`
      delete from guess_lock where starts_with(subject, 'wrong-by-hour:') and last_try_at < clock_timestamp() - interval '2 hours'`);
  if (wrong !== limits.wrongPerHourAlarm) return;
  log.error({ wrong }, "passwords are being guessed: look at the addresses in the proxy's log");
  await tx.execute(
    sql`insert into staff_notice (staff_id, kind) select id, 'guessing' from staff where role = 'owner' and is_active`,
  );
}
