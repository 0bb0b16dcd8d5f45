import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Database, Db } from "#lib/db/client.ts";
import { staff as staffTable } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { type CurrentStaff, type Role, roleCan } from "#lib/domain/staff.ts";
import { rightsNow } from "../rights-now.ts";
import { findPerson, type StaffRow } from "./people-in-sight.ts";
import { type AuditedChange, auditChange, putStores } from "./write-staff.ts";

/** What may be changed of an account; what is left out stays. `storeIds` names stores of whoever changes it. */
export type StaffChange = {
  readonly username: string;
  readonly name?: string;
  readonly role?: Role;
  readonly storeIds?: readonly string[];
  readonly isActive?: boolean;
};
export type StaffRefusal = {
  readonly why: "notAllowed" | "notYourself" | "notFound" | "notYourStore" | "signedOut";
};

/**
 * Changes an account; its sessions end in the same transaction where rights changed. Only owners may, by the rights they
 * have in that transaction, for people and stores of their own, and nobody changes themselves: owners stand in line, so the
 * one who acts last stays an owner and the shop never loses its last. Refused attempts are audited.
 */
export async function changeStaff(
  database: Database,
  by: CurrentStaff,
  change: StaffChange,
): Promise<Result<null, StaffRefusal>> {
  return withTx(database, async (tx) => {
    await tx.execute(sql`select id from staff where role = 'owner' order by id for update`);
    const rights = await rightsNow(tx, by);
    const person = rights ? await findPerson(tx, rights, change.username) : null;
    const why = refusalOf(rights, person, change);
    if (!why && rights && person) await write(tx, rights, { person, change });
    await auditChange(tx, by, { ...auditOf(change, person), why });
    return why ? refuse({ why }) : ok(null);
  });
}

function refusalOf(
  rights: CurrentStaff | null,
  person: StaffRow | null,
  { storeIds = [] }: StaffChange,
): StaffRefusal["why"] | null {
  if (!rights) return "signedOut";
  if (!roleCan(rights.role, "change-staff")) return "notAllowed";
  if (!person) return "notFound";
  if (person.personId === rights.personId) return "notYourself";
  return storeIds.every((id) => rights.storeIds.includes(id)) ? null : "notYourStore";
}

async function write(
  tx: Db,
  rights: CurrentStaff,
  { person, change }: { person: StaffRow; change: StaffChange },
): Promise<void> {
  const { name, role, isActive, storeIds } = change;
  const given = Object.entries({ name, role, isActive }).filter(([, value]) => value !== undefined);
  if (given.length > 0)
    await tx.update(staffTable).set(Object.fromEntries(given)).where(eq(staffTable.id, person.staffId));
  if (storeIds) await putStores(tx, { staffId: person.staffId, storeIds, within: rights.storeIds });
  const isRights = role !== undefined || storeIds !== undefined || isActive !== undefined;
  if (isRights) await endSessions(tx, person.staffId);
}

/** Every session of an account ends, in the transaction of what changed. */
export async function endSessions(tx: Db, staffId: string, except: string | null = null): Promise<void> {
  await tx.execute(sql`
    update app_session set revoked_at = clock_timestamp()
     where staff_id = ${staffId} and revoked_at is null and id is distinct from ${except}::uuid`);
}

function auditOf(change: StaffChange, person: StaffRow | null): AuditedChange {
  const { username, name, role, isActive, storeIds } = change;
  const isRole = role !== undefined && role !== person?.role;
  return {
    action: isRole ? "change-staff-role" : "change-staff",
    subject: username,
    facts: {
      ...(role === undefined ? {} : { role }),
      ...(name === undefined || name === person?.name ? {} : { name }),
      ...(isActive === undefined || isActive === person?.isActive ? {} : { isActive }),
      ...(storeIds === undefined ? {} : { stores: storeIds.length }),
    },
  };
}
