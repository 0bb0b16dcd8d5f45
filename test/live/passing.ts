import { sql } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";

/**
 * What a dead dashboard would make everybody wait for is over: its leases, its slots of the lanes. Only while no dashboard
 * lives; what it wrote to the gateway has arrived by then, or never will. Tells in the middle of what it died.
 */
export async function outliveTheDead({ db }: Database): Promise<"send" | "question" | "nothing"> {
  const { rows } = await db.execute<{ sends: boolean; asks: boolean }>(sql`
    select exists (select 1 from money_op where state = 'SENDING') as sends,
           exists (select 1 from gateway_lane where holder is not null) as asks`);
  await db.execute(sql`
    update money_op set fence = fence + 1, lease_until = clock_timestamp() - interval '1 s' where state = 'SENDING'`);
  await freeLanes({ db });
  if (rows[0]?.sends) return "send";
  return rows[0]?.asks ? "question" : "nothing";
}

/** Slots that a living dashboard could not give back, because its database was gone, are free again. */
export async function freeLanes({ db }: Pick<Database, "db">): Promise<void> {
  await db.execute(sql`
    update gateway_lane set holder = null, holder_until = null, next_free_at = clock_timestamp() + interval '1 s',
           breaker_until = clock_timestamp(), trouble_count = 0`);
}

/** The quiet time of every open outcome is over, and what is to be asked is due. */
export async function passQuietTime({ db }: Database): Promise<void> {
  await db.execute(sql`
    update money_op set fence = fence + 1, next_ask_at = clock_timestamp(), last_sent_at = last_sent_at - interval '16 minutes',
           quiet_until = quiet_until - interval '16 minutes'
     where state in ('UNKNOWN', 'PENDING') and last_sent_at > clock_timestamp() - interval '15 minutes'`);
  await db.execute(sql`
    update money_op set fence = fence + 1, next_ask_at = clock_timestamp()
     where next_ask_at > clock_timestamp() and state in ('READY', 'UNKNOWN', 'PENDING', 'SUCCEEDED')`);
}
