import "server-only";
import { eq, sql } from "drizzle-orm";
import { appendAudit } from "#lib/db/audit.ts";
import type { Database } from "#lib/db/client.ts";
import { appSession, staff } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { env } from "#lib/env.ts";
import { countAddress, countWrong, uncountAddress } from "./address-limit.ts";
import { hasFactor } from "./factor/has-factor.ts";
import { clearTries, countTry, passwordRule } from "./guess-lock.ts";
import { isRightSecret } from "./password.ts";
import { knownDevice } from "./session/known-device.ts";
import { lineUp, openHalfSession, openSession } from "./session/open-session.ts";

export type SignInRefusal = { readonly why: "wrong" } | { readonly why: "locked"; readonly untilAt: Date };

/**
 * Takes a member of staff's password and returns the new session's id; where the account has a second factor, the session waits
 * for its code (`confirmSignIn`). One answer for an unknown name, a wrong password and a closed account, and for the demo's
 * accounts outside demo mode, and nothing tells of a factor before the password was right; too many tries from one device, or of unknown ones from one address,
 * wait (security paper T4, T5). The fourth session ends the oldest.
 */
export async function signIn(
  database: Database,
  tried: { username: string; password: string; deviceId: string; address?: string | null },
): Promise<Result<string, SignInRefusal>> {
  const username = tried.username.trim().toLowerCase();
  const device = await knownDevice(database, username, tried.deviceId);
  // A known counter shares its address with the whole shop and is never counted by it.
  const address = device === "unknown" ? (tried.address ?? null) : null;
  const crowdedUntil = address ? await countAddress(database, address) : null;
  const rule = passwordRule(username, device);
  const counted = crowdedUntil ? null : await countTry(database, rule);
  const refusedUntil = crowdedUntil ?? counted?.refusedUntil ?? null;
  const lockedUntil = crowdedUntil ?? counted?.lockedUntil ?? null;
  const [person] = await database.db.select().from(staff).where(eq(staff.username, username));
  const mayEnter = person?.isActive && (!person.isDemo || env().STOREDESK_DEMO);
  const isRight = await isRightSecret(mayEnter ? person.passwordHash : null, tried.password);
  if (refusedUntil || !isRight || !person) {
    await withTx(database, async (tx) => {
      await countWrong(tx);
      await appendAudit(tx, {
        action: "sign-in",
        outcome: "refused",
        staffId: person?.id ?? null,
        storeId: null,
        orderId: null,
        // Whoever types a password into the wrong field must not find it on record: only names that exist are kept.
        subject: person ? username : null,
        deviceId: tried.deviceId,
        facts: { why: lockedUntil ? "locked" : "wrong", ...(crowdedUntil ? { byAddress: true } : {}) },
      });
    });
    return lockedUntil ? refuse({ why: "locked", untilAt: lockedUntil }) : refuse({ why: "wrong" });
  }
  await clearTries(database, rule);
  if (address) await uncountAddress(database, address);
  const who = { staffId: person.id, username, role: person.role, deviceId: tried.deviceId };
  return withTx(database, async (tx) => {
    await lineUp(tx, person.id);
    const isHalf = await hasFactor({ db: tx }, person.id);
    return ok(isHalf ? await openHalfSession(tx, who) : await openSession(tx, who));
  });
}

/** Ends a session; its id is worth nothing afterwards. */
export async function signOut(
  database: Database,
  session: { sessionId: string; staffId: string; deviceId: string },
): Promise<void> {
  await withTx(database, async (tx) => {
    await tx
      .update(appSession)
      .set({ revokedAt: sql`clock_timestamp()` })
      .where(eq(appSession.id, session.sessionId));
    await appendAudit(tx, {
      action: "sign-out",
      outcome: "done",
      staffId: session.staffId,
      storeId: null,
      orderId: null,
      subject: null,
      deviceId: session.deviceId,
      facts: {},
    });
  });
}
