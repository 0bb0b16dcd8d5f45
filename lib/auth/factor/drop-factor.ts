import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { passkey, secondFactor } from "#lib/db/schema.ts";

/** Takes the authenticator app of an account away; false: there was none. */
export async function dropApp(tx: Db, staffId: string): Promise<boolean> {
  const gone = await tx
    .delete(secondFactor)
    .where(eq(secondFactor.staffId, staffId))
    .returning({ staffId: secondFactor.staffId });
  await dropIdleCodes(tx, staffId);
  return gone.length > 0;
}

/** Recovery codes stand in for a factor: with the last of them they go. */
export async function dropIdleCodes(tx: Db, staffId: string): Promise<void> {
  await tx.execute(sql`
    delete from recovery_code c where c.staff_id = ${staffId}
       and not exists (select 1 from second_factor f where f.staff_id = c.staff_id and f.confirmed_at is not null)
       and not exists (select 1 from passkey k where k.staff_id = c.staff_id)`);
}

/** Takes every second factor of an account away: app, passkeys and recovery codes; false: there was none. */
export async function dropFactors(tx: Db, staffId: string): Promise<boolean> {
  const keys = await tx.delete(passkey).where(eq(passkey.staffId, staffId)).returning({ id: passkey.id });
  const hadApp = await dropApp(tx, staffId);
  return hadApp || keys.length > 0;
}
