import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { type CurrentStaff, roleCan } from "#lib/domain/staff.ts";
import { endSessions } from "../people/change-staff.ts";
import { findPerson } from "../people/people-in-sight.ts";
import type { StaffRefusal } from "../people/staff-refusal.ts";
import { auditChange } from "../people/write-staff.ts";
import { rightsNow } from "../rights-now.ts";
import { dropFactors } from "./drop-factor.ts";

type ResetRefusal = { readonly why: StaffRefusal["why"] | "noFactor" };

/**
 * Takes the second factor of somebody away who lost phone, passkeys and recovery codes; every session of the account ends in the same
 * transaction. Owners only, for people in sight, never for themselves: the password stays what it is, so two people are needed.
 */
export async function resetFactor(
  database: Database,
  by: CurrentStaff,
  { username }: { username: string },
): Promise<Result<null, ResetRefusal>> {
  return withTx(database, async (tx) => {
    const rights = await rightsNow(tx, by);
    const person = rights ? await findPerson(tx, rights, username) : null;
    const why = await (async (): Promise<ResetRefusal["why"] | null> => {
      if (!rights) return "signedOut";
      if (!roleCan(rights.role, "reset-factor")) return "notAllowed";
      if (!person) return "notFound";
      if (person.personId === rights.personId) return "notYourself";
      if (!(await dropFactors(tx, person.staffId))) return "noFactor";
      await endSessions(tx, person.staffId);
      await tx.execute(sql`delete from guess_lock where starts_with(subject, ${`code:${person.staffId}:`})`);
      return null;
    })();
    await auditChange(tx, by, { action: "reset-factor", subject: username, facts: {}, why });
    return why ? refuse({ why }) : ok(null);
  });
}
