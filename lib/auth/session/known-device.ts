import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";

/**
 * The device by which wrong tries are counted: its own name where this person was signed in on it before, else `unknown`.
 * Only a known device has a count of its own, so an outsider neither locks a cashier's counter nor gets new tries by naming
 * new devices; a password without its code makes no device known (security paper T4).
 */
export async function knownDevice({ db }: Database, username: string, deviceId: string): Promise<string> {
  const { rows } = await db.execute(sql`
    select 1 from app_session s join staff p on p.id = s.staff_id
     where p.username = ${username} and s.device_id = ${deviceId} and not s.awaits_code limit 1`);
  return rows.length > 0 ? deviceId : "unknown";
}
