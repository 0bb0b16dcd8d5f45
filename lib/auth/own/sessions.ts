import "server-only";
import { desc, sql } from "drizzle-orm";
import { appendAudit } from "#lib/db/audit.ts";
import type { Database } from "#lib/db/client.ts";
import { appSession } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";

/** One of a person's own sessions; instants as ISO text. */
export type OwnSession = {
  readonly sessionId: string;
  readonly isThis: boolean;
  /** On the device this page is read at. */
  readonly isThisDevice: boolean;
  readonly startedAt: string;
  readonly lastActionAt: string;
};

/** Where somebody is signed in now, the newest first. */
export async function listOwnSessions({ db }: Database, me: CurrentStaff): Promise<OwnSession[]> {
  const rows = await db
    .select()
    .from(appSession)
    .where(
      sql`staff_id = ${me.staffId} and revoked_at is null and idle_until > clock_timestamp() and absolute_until > clock_timestamp() and not awaits_code`,
    )
    .orderBy(desc(appSession.createdAt));
  return rows.map(({ id, deviceId, createdAt, lastActionAt }) => ({
    sessionId: id,
    isThis: id === me.sessionId,
    isThisDevice: deviceId === me.deviceId,
    startedAt: createdAt.toISOString(),
    lastActionAt: lastActionAt.toISOString(),
  }));
}

/** Ends one of the person's own sessions, or (null) all but this one. Another's session is not found. */
export async function endOwnSessions(
  database: Database,
  me: CurrentStaff,
  { sessionId }: { sessionId: string | null },
): Promise<Result<null, { readonly why: "notFound" }>> {
  return withTx(database, async (tx) => {
    const { rows } = await tx.execute(sql`
      update app_session set revoked_at = clock_timestamp()
       where staff_id = ${me.staffId} and revoked_at is null and id <> ${me.sessionId}
         and (${sessionId}::uuid is null or id = ${sessionId}::uuid)
      returning id`);
    const isMissing = sessionId !== null && rows.length === 0;
    await appendAudit(tx, {
      action: "end-sessions",
      outcome: isMissing ? "refused" : "done",
      staffId: me.staffId,
      storeId: null,
      orderId: null,
      subject: me.username,
      deviceId: me.deviceId,
      facts: { count: rows.length, ...(isMissing ? { why: "notFound" } : {}) },
    });
    return isMissing ? refuse({ why: "notFound" }) : ok(null);
  });
}
