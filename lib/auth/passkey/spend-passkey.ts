import "server-only";
import { verifyAuthenticationResponse } from "@simplewebauthn/server";
import { and, eq, sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { passkey } from "#lib/db/schema.ts";
import type { PasskeyUsed } from "#lib/domain/passkey.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { handleOf } from "./begin-passkey.ts";
import { relyingParty, takeChallenge } from "./challenge.ts";

/**
 * Takes the answer of one of the person's passkeys to what this session asked, in the caller's transaction: signed for our
 * origin and host, with its person verified, and counted up where it counts at all (one that goes back was copied). The
 * challenge is gone whatever comes of it. Returns the passkey's name; null: it does not fit.
 */
export async function spendPasskey(
  tx: Db,
  { staffId, sessionId }: Pick<CurrentStaff, "staffId" | "sessionId">,
  response: PasskeyUsed,
): Promise<string | null> {
  const asked = await takeChallenge(tx, { sessionId, purpose: "enter" });
  const [held] = await tx
    .select()
    .from(passkey)
    .where(and(eq(passkey.credentialId, response.id), eq(passkey.staffId, staffId)))
    .for("update");
  if (!asked || !held || !isTheirs(staffId, response)) return null;
  const { id: expectedRPID, origin: expectedOrigin } = relyingParty();
  const { credentialId: id, publicKey, useCount: counter } = held;
  // The library throws at whatever does not fit.
  const answer = await verifyAuthenticationResponse({
    ...{ response, expectedChallenge: asked.challenge, expectedOrigin, expectedRPID },
    ...{ credential: { id, publicKey: new Uint8Array(publicKey), counter }, requireUserVerification: true },
  }).catch(() => null);
  if (!answer?.verified) return null;
  await tx
    .update(passkey)
    .set({ useCount: answer.authenticationInfo.newCounter, usedAt: sql`clock_timestamp()` })
    .where(eq(passkey.id, held.id));
  return held.name;
}

/** An authenticator that says whose passkey it used names the account. */
function isTheirs(staffId: string, { response: { userHandle } }: PasskeyUsed): boolean {
  return userHandle === undefined || userHandle === Buffer.from(handleOf(staffId)).toString("base64url");
}
