import { eq, sql } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { refundRequest, staff } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";

const generous = {
  refundLimitMinor: 500,
  refundLimitCurrency: "TWD",
  refundDayCountMax: 1_000,
  refundDaySumMinor: 1_000_000,
  refundSaleAgeMaxDays: 30,
} as const;

/** Gives somebody an own limit of 500 a refund with room for all of a day, or another one. */
export async function raiseLimit(
  { db }: Database,
  { staffId }: Pick<CurrentStaff, "staffId">,
  limit: Partial<typeof staff.$inferInsert> = {},
): Promise<void> {
  await db
    .update(staff)
    .set({ ...generous, ...limit })
    .where(eq(staff.id, staffId));
}

/** Everything somebody asked for moves to another moment, past the guards, as if it had been asked then. */
export async function askedAt(
  database: Database,
  { staffId }: Pick<CurrentStaff, "staffId">,
  at: Date,
): Promise<void> {
  await withTx(database, async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.update(refundRequest).set({ requestedAt: at }).where(eq(refundRequest.requestedBy, staffId));
  });
}
