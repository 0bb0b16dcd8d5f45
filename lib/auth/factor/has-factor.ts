import "server-only";
import { sql } from "drizzle-orm";
import type { Database, Db } from "#lib/db/client.ts";

/** Whether an account has a second factor that counts. */
export async function hasFactor({ db }: Database | { db: Db }, staffId: string): Promise<boolean> {
  const { rows } = await db.execute(
    sql`select 1 from second_factor where staff_id = ${staffId} and confirmed_at is not null`,
  );
  return rows.length > 0;
}
