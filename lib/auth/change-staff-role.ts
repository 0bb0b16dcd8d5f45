import "server-only";
import { eq, sql } from "drizzle-orm";
import { appendAudit } from "#lib/db/audit.ts";
import type { Database } from "#lib/db/client.ts";
import { staff as staffTable } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { type CurrentStaff, type Role, roleCan } from "#lib/domain/staff.ts";
import { rightsNow } from "./rights-now.ts";

export type RoleRefusal = { readonly why: "notAllowed" | "notYourself" | "notFound" };

/**
 * Gives a member of staff another role; their sessions end in the same transaction. Only owners may, by the rights they
 * have in that transaction, and nobody changes themselves: owners stand in line, so the one who acts last stays an owner
 * and the shop never loses its last. Refused attempts are audited.
 */
export async function changeStaffRole(
  database: Database,
  by: CurrentStaff,
  change: { username: string; role: Role },
): Promise<Result<null, RoleRefusal>> {
  return withTx(database, async (tx) => {
    await tx.execute(sql`select id from staff where role = 'owner' order by id for update`);
    const rights = await rightsNow(tx, by);
    const [person] = await tx.select().from(staffTable).where(eq(staffTable.username, change.username));
    const why = refusalOf();
    if (!why && person) {
      await tx.update(staffTable).set({ role: change.role }).where(eq(staffTable.id, person.id));
      await tx.execute(
        sql`update app_session set revoked_at = clock_timestamp() where staff_id = ${person.id} and revoked_at is null`,
      );
    }
    await appendAudit(tx, {
      action: "change-staff-role",
      outcome: why ? "refused" : "done",
      staffId: by.staffId,
      storeId: null,
      orderId: null,
      subject: change.username,
      deviceId: by.deviceId,
      facts: { role: change.role, ...(why ? { why } : {}) },
    });
    return why ? refuse({ why }) : ok(null);

    function refusalOf(): RoleRefusal["why"] | null {
      if (!rights || !roleCan(rights.role, "change-staff-role")) return "notAllowed";
      if (!person) return "notFound";
      if (person.personId === rights.personId) return "notYourself";
      return null;
    }
  });
}
