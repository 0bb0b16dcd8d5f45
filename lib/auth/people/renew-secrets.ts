import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { staff as staffTable } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { type CurrentStaff, roleCan } from "#lib/domain/staff.ts";
import { type CommonPassword, commonPassword, isCommonPassword } from "../common-password.ts";
import { hashSecret } from "../password.ts";
import { rightsNow } from "../rights-now.ts";
import { endSessions } from "./change-staff.ts";
import { findPerson } from "./people-in-sight.ts";
import type { StaffRefusal } from "./staff-refusal.ts";
import { auditChange } from "./write-staff.ts";

/** Gives somebody who forgot theirs a new password and PIN; every session of the account ends and its locks are lifted. */
export async function renewSecrets(
  database: Database,
  by: CurrentStaff,
  { username, password, pin }: { username: string; password: string; pin: string },
): Promise<Result<null, StaffRefusal | CommonPassword>> {
  const [passwordHash, pinHash] = await Promise.all([hashSecret(password), hashSecret(pin)]);
  const isCommon = await isCommonPassword(password, [username]);
  return withTx(database, async (tx) => {
    const rights = await rightsNow(tx, by);
    const person = rights ? await findPerson(tx, rights, username) : null;
    const why = (() => {
      if (!rights) return "signedOut";
      if (!roleCan(rights.role, "renew-secrets")) return "notAllowed";
      if (!person) return "notFound";
      if (person.personId === rights.personId) return "notYourself";
      return isCommon ? "passwordCommon" : null;
    })();
    if (!why && person) {
      await tx.update(staffTable).set({ passwordHash, pinHash }).where(eq(staffTable.id, person.staffId));
      await endSessions(tx, person.staffId);
      await tx.execute(sql`
        delete from guess_lock where starts_with(subject, ${`password:${username}:`}) or starts_with(subject, ${`pin:${person.staffId}:`})`);
    }
    await auditChange(tx, by, { action: "renew-secrets", subject: username, facts: {}, why });
    if (why === "passwordCommon") return refuse(commonPassword);
    return why ? refuse({ why }) : ok(null);
  });
}
