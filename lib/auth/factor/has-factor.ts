import "server-only";
import { sql } from "drizzle-orm";
import type { Database, Db } from "#lib/db/client.ts";
import { holdsFactor } from "../session/session-stage.ts";

/** Whether an account has a second factor that counts. */
export async function hasFactor({ db }: Database | { db: Db }, staffId: string): Promise<boolean> {
  const { rows } = await db.execute(sql`select 1 from staff p where p.id = ${staffId} and ${holdsFactor}`);
  return rows.length > 0;
}

/** What an account can answer with after the password. */
export type WaysIn = { readonly hasApp: boolean; readonly hasCodes: boolean; readonly hasPasskey: boolean };

/** What somebody whose password was right can go on with. */
export async function listWaysIn({ db }: Database, staffId: string): Promise<WaysIn> {
  const { rows } = await db.execute<WaysIn>(sql`
    select exists (select 1 from second_factor where staff_id = ${staffId} and confirmed_at is not null) as "hasApp",
           exists (select 1 from recovery_code where staff_id = ${staffId} and used_at is null) as "hasCodes",
           exists (select 1 from passkey where staff_id = ${staffId}) as "hasPasskey"`);
  return rows[0] ?? { hasApp: false, hasCodes: false, hasPasskey: false };
}
