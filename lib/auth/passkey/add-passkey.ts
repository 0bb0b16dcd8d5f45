import "server-only";
import { type VerifiedRegistrationResponse, verifyRegistrationResponse } from "@simplewebauthn/server";
import { sql } from "drizzle-orm";
import type { Database, Db } from "#lib/db/client.ts";
import { recoveryKey } from "#lib/db/keys/kept-key.ts";
import { passkey, recoveryCode } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { limits } from "#lib/domain/limits.ts";
import type { PasskeyMade } from "#lib/domain/passkey.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { showRecoveryCode } from "#lib/domain/second-factor.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { auditAccount } from "../audit-account.ts";
import { newRecoveryCodes, recoveryHash } from "../factor/recovery-codes.ts";
import { isHere } from "../factor/with-proof.ts";
import { endSessions } from "../people/change-staff.ts";
import { readPasskeys } from "./begin-passkey.ts";
import { relyingParty, supportedAlgorithmIDs, takeChallenge } from "./challenge.ts";

type Made = { readonly name: string; readonly codes: readonly string[] };
export type AddRefusal = { readonly why: "signedOut" | "wrongPasskey" | "tooManyPasskeys" };

/**
 * Adds a passkey that a browser made for what this session asked of it, once. Every other session of the account ends in the
 * same transaction. Returns new recovery codes where the account had none: shown now and never again.
 */
export async function addPasskey(
  database: Database,
  me: CurrentStaff,
  made: PasskeyMade,
): Promise<Result<readonly string[], AddRefusal>> {
  return withTx(database, async (tx) => {
    const answer = await keep(tx, me, made);
    await auditAccount(tx, me, {
      ...{ action: "add-passkey", why: answer.ok ? null : answer.refusal.why },
      facts: answer.ok ? { passkey: answer.value.name } : {},
    });
    return answer.ok ? ok(answer.value.codes) : answer;
  });
}

async function keep(tx: Db, me: CurrentStaff, made: PasskeyMade): Promise<Result<Made, AddRefusal>> {
  const { staffId, sessionId } = me;
  if (!(await isHere(tx, me))) return refuse({ why: "signedOut" });
  const asked = await takeChallenge(tx, { sessionId, purpose: "add" });
  const proven = asked && (await verify(made, asked.challenge));
  if (!asked || !proven) return refuse({ why: "wrongPasskey" });
  if ((await readPasskeys(tx, staffId)).length >= limits.passkeysMax)
    return refuse({ why: "tooManyPasskeys" });
  const { id: credentialId, publicKey, counter: useCount } = proven.credential;
  const { transports } = made.response;
  const kept = await tx
    .insert(passkey)
    .values({
      ...{ staffId, name: asked.name, credentialId, publicKey: Buffer.from(publicKey), useCount, transports },
    })
    .onConflictDoNothing({ target: passkey.credentialId })
    .returning({ id: passkey.id });
  if (kept.length === 0) return refuse({ why: "wrongPasskey" });
  await endSessions(tx, staffId, sessionId);
  return ok({ name: asked.name, codes: await firstCodes(tx, staffId) });
}

async function verify(
  response: PasskeyMade,
  expectedChallenge: string,
): Promise<VerifiedRegistrationResponse["registrationInfo"] | null> {
  const { id: expectedRPID, origin: expectedOrigin } = relyingParty();
  // The library throws at whatever does not fit.
  const answer = await verifyRegistrationResponse({
    ...{ response, expectedChallenge, expectedOrigin, expectedRPID, supportedAlgorithmIDs },
    requireUserVerification: true,
  }).catch(() => null);
  return answer?.verified ? answer.registrationInfo : null;
}

/** Recovery codes for an account that has none left; as they are written down. */
async function firstCodes(tx: Db, staffId: string): Promise<readonly string[]> {
  const { rows } = await tx.execute(
    sql`select 1 from recovery_code where staff_id = ${staffId} and used_at is null limit 1`,
  );
  if (rows.length > 0) return [];
  const [codes, key] = [newRecoveryCodes(), await recoveryKey(tx)];
  await tx
    .insert(recoveryCode)
    .values(codes.map((code) => ({ staffId, codeHash: recoveryHash(key, staffId, code) })));
  return codes.map(showRecoveryCode);
}
