import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Database, Db } from "#lib/db/client.ts";
import { afterMs } from "#lib/db/clock.ts";
import { staff as staffTable } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { limits } from "#lib/domain/limits.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { type CurrentStaff, isRaise, type Role, roleCan } from "#lib/domain/staff.ts";
import { tellRaise } from "../notices.ts";
import { type RolePaused, rolePause } from "../raise/role-pause.ts";
import { dropWish, hasSecondOwner, putWish } from "../raise/role-wish.ts";
import { rightsNow } from "../rights-now.ts";
import { findPerson, type StaffRow } from "./people-in-sight.ts";
import type { StaffRefusal } from "./staff-refusal.ts";
import { type AuditedChange, auditChange, putStores } from "./write-staff.ts";

/** What may be changed of an account; what is left out stays. `storeIds` names stores of whoever changes it. */
export type StaffChange = {
  readonly username: string;
  readonly name?: string;
  readonly role?: Role;
  readonly storeIds?: readonly string[];
  readonly isActive?: boolean;
};
type ChangeRefusal = StaffRefusal | RolePaused;

/**
 * Changes an account; its sessions end in the same transaction where rights changed. Only owners may, by the rights they
 * have in that transaction, for people and stores of their own, and nobody changes themselves: owners stand in line, so the
 * one who acts last stays an owner and the shop never loses its last. A raised role (domain/staff.ts) is wished for until a
 * second owner wants the same, where there is one; either way it decides nothing for a day. Refused attempts are audited.
 */
export async function changeStaff(
  database: Database,
  by: CurrentStaff,
  change: StaffChange,
): Promise<Result<null, ChangeRefusal>> {
  return withTx(database, async (tx) => {
    await tx.execute(sql`select id from staff where role = 'owner' order by id for update`);
    const rights = await rightsNow(tx, by);
    const person = rights ? await findPerson(tx, rights, change.username) : null;
    const wrong = refusalOf(rights, person, change);
    const raise = !wrong && rights && person ? await raiseOf(tx, rights, { person, change }) : "none";
    // Whose own role is new raises nobody: one owner could otherwise make the second.
    const refusal = wrong ?? (raise === "none" ? null : await rolePause(tx, by, null));
    if (!refusal && rights && person) await write(tx, rights, { person, change, raise });
    await auditChange(tx, by, { ...auditOf(change, person, raise), why: refusal?.why ?? null });
    return refusal ? refuse(refusal) : ok(null);
  });
}

function refusalOf(
  rights: CurrentStaff | null,
  person: StaffRow | null,
  { storeIds = [] }: StaffChange,
): StaffRefusal | null {
  if (!rights) return { why: "signedOut" };
  if (!roleCan(rights.role, "change-staff")) return { why: "notAllowed" };
  if (!person) return { why: "notFound" };
  if (person.personId === rights.personId) return { why: "notYourself" };
  return storeIds.every((id) => rights.storeIds.includes(id)) ? null : { why: "notYourStore" };
}

type Changing = { readonly person: StaffRow; readonly change: StaffChange };

/** Whether the change raises the role, and whether it is one owner's wish yet, agreed by a second, or there is only one. */
type Raise = "none" | "asked" | "agreed" | "alone";

async function raiseOf(tx: Db, rights: CurrentStaff, { person, change }: Changing): Promise<Raise> {
  const { role = person.role, isActive = person.isActive } = change;
  const isOpened = isActive && !person.isActive && isRaise(null, role);
  if (role === person.role || !isRaise(person.role, role)) return isOpened ? "alone" : "none";
  if (person.wish?.role === role && person.wish.byPersonId !== rights.personId) return "agreed";
  return (await hasSecondOwner(tx, rights, person)) ? "asked" : "alone";
}

async function write(
  tx: Db,
  rights: CurrentStaff,
  { person, change, raise }: Changing & { raise: Raise },
): Promise<void> {
  const { staffId } = person;
  const { name, isActive, storeIds } = change;
  const role = raise === "asked" ? undefined : change.role;
  const given = Object.entries({ name, role, isActive }).filter(([, value]) => value !== undefined);
  const isNow = raise === "agreed" || raise === "alone";
  const pause = isNow ? { decidesFrom: afterMs(limits.rolePauseMs), pausedAsNew: false } : {};
  if (given.length > 0)
    await tx
      .update(staffTable)
      .set({ ...Object.fromEntries(given), ...pause })
      .where(eq(staffTable.id, staffId));
  if (storeIds) await putStores(tx, { staffId, storeIds, within: rights.storeIds });
  if (raise === "asked") await putWish(tx, rights, { staffId, role: change.role ?? person.role });
  if (isNow || (role !== undefined && role !== person.role) || isActive === false)
    await dropWish(tx, staffId);
  if (raise !== "none")
    await tellRaise(tx, { by: rights, staffId, kind: raise === "asked" ? "raiseAsked" : "raised" });
  const isRights = role !== undefined || storeIds !== undefined || isActive !== undefined;
  if (isRights) await endSessions(tx, staffId);
}

/** Every session of an account ends, in the transaction of what changed. */
export async function endSessions(tx: Db, staffId: string, except: string | null = null): Promise<void> {
  await tx.execute(sql`
    update app_session set revoked_at = clock_timestamp()
     where staff_id = ${staffId} and revoked_at is null and id is distinct from ${except}::uuid`);
}

const actionOf = {
  none: "change-staff-role",
  asked: "ask-staff-role",
  agreed: "confirm-staff-role",
  alone: "raise-staff-role",
} as const;

function auditOf(change: StaffChange, person: StaffRow | null, raise: Raise): AuditedChange {
  const { username, name, role, isActive, storeIds } = change;
  const isRole = (role !== undefined && role !== person?.role) || raise !== "none";
  return {
    action: isRole ? actionOf[raise] : "change-staff",
    subject: username,
    facts: {
      ...(role === undefined ? {} : { role }),
      ...(name === undefined || name === person?.name ? {} : { name }),
      ...(isActive === undefined || isActive === person?.isActive ? {} : { isActive }),
      ...(storeIds === undefined ? {} : { stores: storeIds.length }),
    },
  };
}
