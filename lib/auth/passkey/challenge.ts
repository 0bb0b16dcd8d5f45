import "server-only";
import { sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { afterMs } from "#lib/db/clock.ts";
import { passkeyChallenge } from "#lib/db/schema.ts";
import { limits } from "#lib/domain/limits.ts";
import { env } from "#lib/env.ts";

/** Whose passkeys these are to a browser: our host and our origin, as `STOREDESK_URL` says and never a request. */
export function relyingParty(): { readonly id: string; readonly origin: string } {
  const { hostname, origin } = new URL(env().STOREDESK_URL);
  return { id: hostname, origin };
}

/**
 * Ed25519, P-256 and RSA: COSE's numbers of what every authenticator has one of. The library would like ML-DSA first, which
 * this Node still calls experimental.
 */
export const supportedAlgorithmIDs = [-8, -7, -257];

type Asked = {
  readonly sessionId: string;
  readonly purpose: "add" | "enter";
  readonly challenge: string;
  readonly name?: string;
};

/** Keeps what a session's authenticator has to sign; what it had to sign before is worth nothing from then on. */
export async function putChallenge(tx: Db, { sessionId, purpose, challenge, name }: Asked): Promise<void> {
  const asked = { purpose, challenge, name: name ?? null, expiresAt: afterMs(limits.passkeyAnswerMs) };
  await tx
    .insert(passkeyChallenge)
    .values({ sessionId, ...asked })
    .onConflictDoUpdate({ target: passkeyChallenge.sessionId, set: asked });
}

/** Takes what the session's authenticator had to sign, once and whatever comes of it; null: nothing, or it is too late. */
export async function takeChallenge(
  tx: Db,
  { sessionId, purpose }: Pick<Asked, "sessionId" | "purpose">,
): Promise<{ readonly challenge: string; readonly name: string } | null> {
  const { rows } = await tx.execute<{ challenge: string; name: string; is_fresh: boolean }>(sql`
    delete from passkey_challenge where session_id = ${sessionId} and purpose = ${purpose}
    returning challenge, coalesce(name, '') as name, expires_at > clock_timestamp() as is_fresh`);
  const [row] = rows;
  return row?.is_fresh ? { challenge: row.challenge, name: row.name } : null;
}
