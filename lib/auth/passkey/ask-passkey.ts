import "server-only";
import { generateAuthenticationOptions } from "@simplewebauthn/server";
import type { Database } from "#lib/db/client.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { limits } from "#lib/domain/limits.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { isWaiting } from "../session/confirm-sign-in.ts";
import { readPasskeys } from "./begin-passkey.ts";
import { putChallenge, relyingParty } from "./challenge.ts";

/** What the browser of a session that waits for the second factor is asked to sign with one of its person's passkeys, as JSON. */
export async function askPasskey(
  database: Database,
  half: CurrentStaff,
): Promise<Result<string, { readonly why: "signedOut" | "noPasskey" }>> {
  return withTx(database, async (tx) => {
    if (!(await isWaiting(tx, half))) return refuse({ why: "signedOut" });
    const held = await readPasskeys(tx, half.staffId);
    if (held.length === 0) return refuse({ why: "noPasskey" });
    const options = await generateAuthenticationOptions({
      ...{ rpID: relyingParty().id, timeout: limits.passkeyAnswerMs, userVerification: "required" },
      allowCredentials: held.map(({ credentialId }) => ({ id: credentialId })),
    });
    await putChallenge(tx, {
      ...{ sessionId: half.sessionId, purpose: "enter", challenge: options.challenge },
    });
    return ok(JSON.stringify(options));
  });
}
