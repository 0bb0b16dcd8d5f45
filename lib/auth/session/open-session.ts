import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { appendAudit } from "#lib/db/audit.ts";
import type { Db } from "#lib/db/client.ts";
import { afterMs } from "#lib/db/clock.ts";
import { appSession } from "#lib/db/schema.ts";
import { limits } from "#lib/domain/limits.ts";
import { sessionLimits } from "#lib/domain/session-limits.ts";
import type { Role } from "#lib/domain/staff.ts";

/** What the database keeps of a session id: its SHA-256. A stolen dump signs nobody in. */
export function sidHash(sid: string): string {
  return createHash("sha256").update(sid).digest("hex");
}

/** A new session id, 256 random bits; it stands in the cookie alone. */
export function newSid(): string {
  return randomBytes(32).toString("base64url");
}

/** Who comes in, on which device, and with which second factor. */
export type Entering = {
  readonly staffId: string;
  readonly username: string;
  readonly role: Role;
  readonly deviceId: string;
  readonly factor?: "app" | "recovery" | "passkey";
};

/** Two sign-ins of an account at once stand in line, so that no session too many slips through. */
export async function lineUp(tx: Db, staffId: string): Promise<void> {
  await tx.execute(sql`select 1 from staff where id = ${staffId} for update`);
}

/** Opens a session for somebody who showed all that is asked for; one more than allowed ends the oldest. Returns its id. */
export async function openSession(tx: Db, who: Entering): Promise<string> {
  const sid = newSid();
  await tx.insert(appSession).values({
    sidHash: sidHash(sid),
    staffId: who.staffId,
    deviceId: who.deviceId,
    idleUntil: afterMs(sessionLimits[who.role].idleMs),
    absoluteUntil: afterMs(sessionLimits[who.role].absoluteMs),
  });
  await tx.execute(sql`
    update app_session set revoked_at = clock_timestamp() where id in (
      select id from app_session where staff_id = ${who.staffId} and revoked_at is null and not awaits_code
       order by created_at desc offset ${limits.sessionsPerStaffMax}::int)`);
  await appendAudit(tx, {
    action: "sign-in",
    outcome: "done",
    staffId: who.staffId,
    storeId: null,
    orderId: null,
    subject: who.username,
    deviceId: who.deviceId,
    facts: who.factor ? { factor: who.factor } : {},
  });
  return sid;
}

/**
 * A session that waits for the code of the second factor: it opens nothing, ends no other session, makes no device known,
 * and is over after a few minutes.
 */
export async function openHalfSession(
  tx: Db,
  { staffId, deviceId }: { staffId: string; deviceId: string },
): Promise<string> {
  const sid = newSid();
  const until = afterMs(limits.codeWaitMs);
  await tx.insert(appSession).values({
    ...{ sidHash: sidHash(sid), staffId, deviceId, awaitsCode: true },
    ...{ idleUntil: until, absoluteUntil: until },
  });
  return sid;
}
