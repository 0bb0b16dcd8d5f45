import "server-only";
import type { Database } from "#lib/db/client.ts";
import { withTx } from "#lib/db/with-tx.ts";
import type { PasskeyUsed } from "#lib/domain/passkey.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { auditAccount } from "../audit-account.ts";
import { spendPasskey } from "../passkey/spend-passkey.ts";
import { endHalfSession, isWaiting } from "./confirm-sign-in.ts";
import { openSession } from "./open-session.ts";

/**
 * The second step of signing in by a passkey, for a session that waits for it. Ends that session and returns the id of a
 * new one. Nothing is counted: a signature is not guessed, and each try needs a challenge of its own.
 */
export async function confirmByPasskey(
  database: Database,
  half: CurrentStaff,
  used: PasskeyUsed,
): Promise<Result<string, { readonly why: "signedOut" | "wrongPasskey" }>> {
  const { staffId, username, role, deviceId } = half;
  return withTx(database, async (tx) => {
    const stands = await isWaiting(tx, half);
    const name = stands ? await spendPasskey(tx, half, used) : null;
    if (name === null) {
      const why = stands ? "wrongPasskey" : "signedOut";
      await auditAccount(tx, half, { action: "use-passkey", why });
      return refuse({ why });
    }
    await endHalfSession(tx, half);
    await auditAccount(tx, half, { action: "use-passkey", why: null, facts: { passkey: name } });
    return ok(await openSession(tx, { staffId, username, role, deviceId, factor: "passkey" }));
  });
}
