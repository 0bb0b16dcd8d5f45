import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Database, Db } from "#lib/db/client.ts";
import { roleWish } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { type CurrentStaff, type Role, roleCan } from "#lib/domain/staff.ts";
import { env } from "#lib/env.ts";
import { findPerson, type StaffRow } from "../people/people-in-sight.ts";
import type { StaffRefusal } from "../people/staff-refusal.ts";
import { auditChange } from "../people/write-staff.ts";
import { rightsNow } from "../rights-now.ts";

/** Another owner who could agree: of another person than the one who asks and the one it is about, in their store, not too new. */
export async function hasSecondOwner(tx: Db, by: CurrentStaff, person: StaffRow): Promise<boolean> {
  const stores = sql.param([...(person.storeIds.length > 0 ? person.storeIds : by.storeIds)]);
  const { rows } = await tx.execute(sql`
    select 1 from staff o where o.role = 'owner' and o.is_active and (not o.is_demo or ${env().STOREDESK_DEMO})
       and o.person_id not in (${by.personId}, ${person.personId})
       and coalesce(o.decides_from <= clock_timestamp(), true)
       and exists (select 1 from staff_store y where y.staff_id = o.id and y.store_id = any(${stores}::uuid[])) limit 1`);
  return rows.length > 0;
}

/** Writes down that an owner wants somebody to have a role; a newer wish takes an older one's place. */
export async function putWish(
  tx: Db,
  by: CurrentStaff,
  wish: { readonly staffId: string; readonly role: Role },
): Promise<void> {
  const asked = {
    role: wish.role,
    askedBy: by.staffId,
    askedPerson: by.personId,
    askedAt: sql`clock_timestamp()`,
  };
  await tx
    .insert(roleWish)
    .values({ staffId: wish.staffId, ...asked })
    .onConflictDoUpdate({ target: roleWish.staffId, set: asked });
}

/** Takes the wish about an account away; false: there is none. */
export async function dropWish(tx: Db, staffId: string): Promise<boolean> {
  const gone = await tx
    .delete(roleWish)
    .where(eq(roleWish.staffId, staffId))
    .returning({ staffId: roleWish.staffId });
  return gone.length > 0;
}

/** Says no to a wished role, or takes one's own wish back. Owners only, never about themselves; the role stays as it is. */
export async function declineRole(
  database: Database,
  by: CurrentStaff,
  { username }: { username: string },
): Promise<Result<null, { readonly why: StaffRefusal["why"] | "noWish" }>> {
  return withTx(database, async (tx) => {
    const rights = await rightsNow(tx, by);
    const person = rights ? await findPerson(tx, rights, username) : null;
    const why = await (async () => {
      if (!rights) return "signedOut";
      if (!roleCan(rights.role, "change-staff")) return "notAllowed";
      if (!person) return "notFound";
      if (person.personId === rights.personId) return "notYourself";
      return (await dropWish(tx, person.staffId)) ? null : "noWish";
    })();
    const facts = { role: person?.wish?.role ?? null };
    await auditChange(tx, by, { action: "decline-staff-role", subject: username, facts, why });
    return why ? refuse({ why }) : ok(null);
  });
}
