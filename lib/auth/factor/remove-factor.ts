import "server-only";
import { eq } from "drizzle-orm";
import type { Database, Db } from "#lib/db/client.ts";
import { recoveryCode, secondFactor, staff as staffTable } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { readCode } from "#lib/domain/second-factor.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { auditAccount } from "../audit-account.ts";
import { clearTries, codeRule, countTry, passwordRule } from "../guess-lock.ts";
import { isRightSecret } from "../password.ts";
import { rightsNow } from "../rights-now.ts";
import { spendCode } from "./spend-code.ts";

export type RemoveRefusal =
  | { readonly why: "signedOut" | "noFactor" }
  | { readonly why: "badInput"; readonly fields: { readonly proof: "wrongProof" } }
  | { readonly why: "lockedProof"; readonly untilAt: Date; readonly waitMs: number };

/**
 * Switches a person's own second factor off: with the password or a code, because whoever finds a till unlocked has
 * neither. Wrong ones count and wait like those at sign-in.
 */
export async function removeOwnFactor(
  database: Database,
  me: CurrentStaff,
  { proof }: { proof: string },
): Promise<Result<null, RemoveRefusal>> {
  const isCode = readCode(proof) !== null;
  const rule = isCode ? codeRule(me.staffId, me.deviceId) : passwordRule(me.username, me.deviceId);
  const { refusedUntil, lockedUntil, waitMs } = await countTry(database, rule);
  const isPassword = !refusedUntil && !isCode && (await isOwnPassword(database, me, proof));
  const why = await withTx(database, async (tx) => {
    const reason = await (async () => {
      if (!(await rightsNow(tx, me))) return "signedOut";
      const isRight = isPassword || (isCode && !refusedUntil && (await spendCode(tx, me.staffId, proof)));
      if (!isRight) return lockedUntil ? "lockedProof" : "wrongProof";
      return (await dropFactor(tx, me.staffId)) ? null : "noFactor";
    })();
    await auditAccount(tx, me, { action: "remove-factor", why: reason });
    return reason;
  });
  if (why === null || why === "noFactor") await clearTries(database, rule);
  if (why === null) return ok(null);
  if (why === "signedOut" || why === "noFactor") return refuse({ why });
  if (lockedUntil) return refuse({ why: "lockedProof", untilAt: lockedUntil, waitMs });
  return refuse({ why: "badInput", fields: { proof: "wrongProof" } });
}

async function isOwnPassword({ db }: Database, { staffId }: CurrentStaff, proof: string): Promise<boolean> {
  const [row] = await db
    .select({ passwordHash: staffTable.passwordHash })
    .from(staffTable)
    .where(eq(staffTable.id, staffId));
  return isRightSecret(row?.passwordHash ?? null, proof);
}

/** Takes the second factor of an account away, with its recovery codes; false: there was none. */
export async function dropFactor(tx: Db, staffId: string): Promise<boolean> {
  await tx.delete(recoveryCode).where(eq(recoveryCode.staffId, staffId));
  const gone = await tx
    .delete(secondFactor)
    .where(eq(secondFactor.staffId, staffId))
    .returning({ staffId: secondFactor.staffId });
  return gone.length > 0;
}
