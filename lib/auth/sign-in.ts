import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { appendAudit } from "#lib/db/audit.ts";
import type { Database } from "#lib/db/client.ts";
import { afterMs } from "#lib/db/clock.ts";
import { appSession, staff } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { limits } from "#lib/domain/limits.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { env } from "#lib/env.ts";
import { clearTries, countTry, passwordRule } from "./guess-lock.ts";
import { isRightSecret } from "./password.ts";

export type SignInRefusal = { readonly why: "wrong" } | { readonly why: "locked"; readonly untilAt: Date };

/** What the database keeps of a session id: its SHA-256. A stolen dump signs nobody in. */
export function sidHash(sid: string): string {
  return createHash("sha256").update(sid).digest("hex");
}

/**
 * Signs a member of staff in and returns the new session's id. One answer for an unknown name, a wrong password and a
 * closed account, and for the demo's accounts outside demo mode; too many tries from one device wait (security paper T4, T5). The fourth session ends the oldest.
 */
export async function signIn(
  database: Database,
  tried: { username: string; password: string; deviceId: string },
): Promise<Result<string, SignInRefusal>> {
  const username = tried.username.trim().toLowerCase();
  const device = (await isKnownDevice(database, username, tried.deviceId)) ? tried.deviceId : "unknown";
  const rule = passwordRule(username, device);
  const { refusedUntil, lockedUntil } = await countTry(database, rule);
  const [person] = await database.db.select().from(staff).where(eq(staff.username, username));
  const mayEnter = person?.isActive && (!person.isDemo || env().STOREDESK_DEMO);
  const isRight = await isRightSecret(mayEnter ? person.passwordHash : null, tried.password);
  if (refusedUntil || !isRight || !person) {
    await withTx(database, (tx) =>
      appendAudit(tx, {
        action: "sign-in",
        outcome: "refused",
        staffId: person?.id ?? null,
        storeId: null,
        orderId: null,
        // Whoever types a password into the wrong field must not find it on record: only names that exist are kept.
        subject: person ? username : null,
        deviceId: tried.deviceId,
        facts: { why: lockedUntil ? "locked" : "wrong" },
      }),
    );
    return lockedUntil ? refuse({ why: "locked", untilAt: lockedUntil }) : refuse({ why: "wrong" });
  }
  await clearTries(database, rule);
  const sid = randomBytes(32).toString("base64url");
  await withTx(database, async (tx) => {
    // Two sign-ins at once stand in line, so that no fourth session slips through.
    await tx.execute(sql`select 1 from staff where id = ${person.id} for update`);
    await tx.insert(appSession).values({
      sidHash: sidHash(sid),
      staffId: person.id,
      deviceId: tried.deviceId,
      idleUntil: afterMs(limits.sessionIdleMs[person.role]),
      absoluteUntil: afterMs(limits.sessionAbsoluteMs),
    });
    await tx.execute(sql`
      update app_session set revoked_at = clock_timestamp() where id in (
        select id from app_session where staff_id = ${person.id} and revoked_at is null
         order by created_at desc offset ${limits.sessionsPerStaffMax}::int)`);
    await appendAudit(tx, {
      action: "sign-in",
      outcome: "done",
      staffId: person.id,
      storeId: null,
      orderId: null,
      subject: username,
      deviceId: tried.deviceId,
      facts: {},
    });
  });
  return ok(sid);
}

/**
 * Whether this person was signed in on this device before. Only such a device has a count of its own, so an outsider
 * neither locks a cashier's counter nor gets new tries by naming new devices (security paper T4).
 */
async function isKnownDevice({ db }: Database, username: string, deviceId: string): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select 1 from app_session s join staff p on p.id = s.staff_id
     where p.username = ${username} and s.device_id = ${deviceId} limit 1`);
  return rows.length > 0;
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
