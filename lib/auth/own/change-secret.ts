import "server-only";
import { eq } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { staff as staffTable } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { pinFault } from "#lib/domain/secrets.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { auditAccount } from "../audit-account.ts";
import { newPasswordFault } from "../common-password.ts";
import { clearTries, countTry, passwordRule } from "../guess-lock.ts";
import { hashSecret, isRightSecret } from "../password.ts";
import { endSessions } from "../people/change-staff.ts";
import { rightsNow } from "../rights-now.ts";

export type SecretRefusal =
  | { readonly why: "signedOut" }
  /** The new one is too weak or malformed, or the present one is not right. */
  | {
      readonly why: "badInput";
      readonly fields: { readonly next: string } | { readonly current: "wrongPassword" };
    }
  | { readonly why: "lockedPassword"; readonly untilAt: Date; readonly waitMs: number };

/** What becomes new. */
export type SecretChange = {
  readonly what: "password" | "pin";
  /** The password as it is now: who found a till unlocked does not have it. */
  readonly current: string;
  readonly next: string;
};

/**
 * Changes the person's own password or PIN after the password was typed once more; wrong ones count and wait like those of
 * signing in. With a new password every other session of the account ends in the same transaction.
 */
export async function changeOwnSecret(
  database: Database,
  me: CurrentStaff,
  { what, current, next }: SecretChange,
): Promise<Result<null, SecretRefusal>> {
  const fault = what === "password" ? await newPasswordFault(next, me) : pinFault(next);
  if (fault) return refuse({ why: "badInput", fields: { next: fault } });
  const rule = passwordRule(me.username, me.deviceId);
  const { refusedUntil, lockedUntil, waitMs } = await countTry(database, rule);
  const [row] = await database.db
    .select({ passwordHash: staffTable.passwordHash })
    .from(staffTable)
    .where(eq(staffTable.id, me.staffId));
  const isRight = !refusedUntil && (await isRightSecret(row?.passwordHash ?? null, current));
  if (isRight) await clearTries(database, rule);
  const hash = isRight ? await hashSecret(next) : "";
  return withTx(database, async (tx) => {
    const why = await (async () => {
      if (!isRight) return lockedUntil ? "lockedPassword" : "wrongPassword";
      if (!(await rightsNow(tx, me))) return "signedOut";
      await tx
        .update(staffTable)
        .set(what === "password" ? { passwordHash: hash } : { pinHash: hash })
        .where(eq(staffTable.id, me.staffId));
      if (what === "password") await endSessions(tx, me.staffId, me.sessionId);
      return null;
    })();
    await auditAccount(tx, me, { action: what === "password" ? "change-password" : "change-pin", why });
    if (!why) return ok(null);
    if (why === "signedOut") return refuse({ why });
    if (lockedUntil) return refuse({ why: "lockedPassword", untilAt: lockedUntil, waitMs });
    return refuse({ why: "badInput", fields: { current: "wrongPassword" } });
  });
}
