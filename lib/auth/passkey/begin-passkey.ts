import "server-only";
import { generateRegistrationOptions } from "@simplewebauthn/server";
import { asc, eq } from "drizzle-orm";
import type { Database, Db } from "#lib/db/client.ts";
import { passkey } from "#lib/db/schema.ts";
import { limits } from "#lib/domain/limits.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { type ProofRefusal, withProof } from "../factor/with-proof.ts";
import { putChallenge, relyingParty, supportedAlgorithmIDs } from "./challenge.ts";

/** One passkey of an account; instants as ISO text. */
export type OwnPasskey = {
  readonly passkeyId: string;
  readonly name: string;
  readonly since: string;
  readonly usedAt: string | null;
};

/** The passkeys of somebody's own account, the oldest first. */
export async function listOwnPasskeys({ db }: Database, { staffId }: CurrentStaff): Promise<OwnPasskey[]> {
  const rows = await readPasskeys(db, staffId);
  return rows.map(({ id, name, createdAt, usedAt }) => ({
    ...{ passkeyId: id, name, since: createdAt.toISOString(), usedAt: usedAt?.toISOString() ?? null },
  }));
}

/** Every passkey of an account, the oldest first. */
export function readPasskeys(db: Db, staffId: string) {
  return db.select().from(passkey).where(eq(passkey.staffId, staffId)).orderBy(asc(passkey.createdAt));
}

/**
 * The first step of adding a passkey: takes the password or a code and returns, as JSON, what the browser is asked to make
 * one for. It must verify its person, by finger, face or its own PIN; attestation is not wanted, so any maker's will do.
 */
export async function beginPasskey(
  database: Database,
  me: CurrentStaff,
  { name, proof }: { name: string; proof: string },
): Promise<Result<string, ProofRefusal | { readonly why: "tooManyPasskeys" }>> {
  return withProof(database, me, {
    ...{ proof, action: "begin-passkey", facts: { passkey: name } },
    deed: async (tx) => {
      const held = await readPasskeys(tx, me.staffId);
      if (held.length >= limits.passkeysMax) return refuse({ why: "tooManyPasskeys" });
      const options = await generateRegistrationOptions({
        ...{ rpName: "Storedesk", rpID: relyingParty().id, attestationType: "none" },
        ...{ userID: handleOf(me.staffId), userName: me.username, userDisplayName: me.name },
        ...{ timeout: limits.passkeyAnswerMs, supportedAlgorithmIDs },
        excludeCredentials: held.map(({ credentialId }) => ({ id: credentialId })),
        authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
      });
      await putChallenge(tx, {
        ...{ sessionId: me.sessionId, purpose: "add", challenge: options.challenge, name },
      });
      return ok(JSON.stringify(options));
    },
  });
}

/** What an authenticator calls the account: our own id of it, which tells nothing of the person. */
export function handleOf(staffId: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(staffId, "utf8"));
}
