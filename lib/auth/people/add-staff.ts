import "server-only";
import type { Database } from "#lib/db/client.ts";
import { afterMs } from "#lib/db/clock.ts";
import { staff as staffTable } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { limits } from "#lib/domain/limits.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { type CurrentStaff, isRaise, type Role, roleCan } from "#lib/domain/staff.ts";
import { type CommonPassword, commonPassword, isCommonPassword } from "../common-password.ts";
import { tellRaise } from "../notices.ts";
import { hashSecret } from "../password.ts";
import { rightsNow } from "../rights-now.ts";
import { auditChange, putStores } from "./write-staff.ts";

/** A new account. Password and PIN were judged at the door (domain/secrets.ts); its person changes both at `/me`. */
export type NewStaff = {
  readonly username: string;
  readonly name: string;
  readonly role: Role;
  readonly storeIds: readonly string[];
  readonly password: string;
  readonly pin: string;
};
export type NewStaffRefusal = {
  readonly why: "notAllowed" | "notYourStore" | "usernameTaken" | "signedOut";
};

/**
 * Opens an account for a person. Owners only, for stores of their own; a name that is taken is refused. A role that decides
 * does so a day later, except at a store that is as new: one owner could otherwise hire both sides of a refund.
 */
export async function addStaff(
  database: Database,
  by: CurrentStaff,
  wish: NewStaff,
): Promise<Result<null, NewStaffRefusal | CommonPassword>> {
  // Hashing takes its time: before the transaction, not inside its locks.
  const isCommon = await isCommonPassword(wish.password, [wish.username, wish.name]);
  const [passwordHash, pinHash] = await Promise.all([hashSecret(wish.password), hashSecret(wish.pin)]);
  return withTx(database, async (tx) => {
    const rights = await rightsNow(tx, by);
    const { username, name, role, storeIds } = wish;
    const pause = isRaise(null, role)
      ? { decidesFrom: afterMs(limits.rolePauseMs), pausedAsNew: true }
      : undefined;
    const why = await (async (): Promise<NewStaffRefusal["why"] | "passwordCommon" | null> => {
      if (!rights) return "signedOut";
      if (!roleCan(rights.role, "add-staff")) return "notAllowed";
      if (!storeIds.every((id) => rights.storeIds.includes(id))) return "notYourStore";
      if (isCommon) return "passwordCommon";
      const [made] = await tx
        .insert(staffTable)
        .values({ username, name, role, passwordHash, pinHash, ...pause })
        .onConflictDoNothing({ target: staffTable.username })
        .returning({ id: staffTable.id });
      if (!made) return "usernameTaken";
      await putStores(tx, { staffId: made.id, storeIds, within: [] });
      if (pause) await tellRaise(tx, { by: rights, kind: "raised", staffId: made.id });
      return null;
    })();
    const facts = { role, name, stores: storeIds.length };
    await auditChange(tx, by, { action: "add-staff", subject: username, facts, why });
    if (why === "passwordCommon") return refuse(commonPassword);
    return why ? refuse({ why }) : ok(null);
  });
}
