import "server-only";
import { sql } from "drizzle-orm";
import type { Database, Db } from "#lib/db/client.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { auditAccount } from "../audit-account.ts";
import { spendCode } from "../factor/spend-code.ts";
import { clearTries, codeRule, countTry } from "../guess-lock.ts";
import { tellCodeLocked } from "../notices.ts";
import { knownDevice } from "./known-device.ts";
import { lineUp, openSession } from "./open-session.ts";
import { isOpen } from "./session-stage.ts";

export type CodeRefusal = { readonly why: "signedOut" | "wrongCode" | "lockedCode" };

/**
 * The second step of signing in: a code of the app or a recovery code, for a session that waits for it. Ends that session
 * and returns the id of a new one. Wrong codes count by person and known device: only who has the password gets here, and
 * whoever tries from elsewhere does not lock the counter (security paper T4). The person is told of the last wrong one, for
 * somebody has their password.
 */
export async function confirmSignIn(
  database: Database,
  half: CurrentStaff,
  { code }: { code: string },
): Promise<Result<string, CodeRefusal>> {
  const { staffId, username, role, deviceId } = half;
  const rule = codeRule(staffId, await knownDevice(database, username, deviceId));
  const { refusedUntil, lockedUntil } = await countTry(database, rule);
  const answer = await withTx(database, async (tx): Promise<Result<string, CodeRefusal>> => {
    const stands = await isWaiting(tx, half);
    const factor = stands && !refusedUntil ? await spendCode(tx, staffId, code) : null;
    if (!factor) {
      const why = stands ? (lockedUntil ? "lockedCode" : "wrongCode") : "signedOut";
      await auditAccount(tx, half, { action: "confirm-code", why });
      if (lockedUntil && !refusedUntil) await tellCodeLocked(tx, half);
      return refuse({ why });
    }
    await endHalfSession(tx, half);
    if (factor === "recovery") await auditAccount(tx, half, { action: "use-recovery-code", why: null });
    return ok(await openSession(tx, { staffId, username, role, deviceId, factor }));
  });
  if (answer.ok) await clearTries(database, rule);
  return answer;
}

/** The session still waits for the second factor; other sign-ins of the account wait until the transaction ends. */
export async function isWaiting(tx: Db, { staffId, sessionId }: CurrentStaff): Promise<boolean> {
  await lineUp(tx, staffId);
  const { rows } = await tx.execute(sql`
    select 1 from app_session s where s.id = ${sessionId} and s.awaits_code and ${isOpen} for update`);
  return rows.length > 0;
}

/** The session that waited is over: a new one takes its place. */
export async function endHalfSession(tx: Db, { sessionId }: CurrentStaff): Promise<void> {
  await tx.execute(sql`update app_session set revoked_at = clock_timestamp() where id = ${sessionId}`);
}
