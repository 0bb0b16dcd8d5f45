import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { type CurrentStaff, type Role, roleCan } from "#lib/domain/staff.ts";
import { readPeople } from "../people/people-in-sight.ts";
import type { StaffRefusal } from "../people/staff-refusal.ts";
import { auditChange } from "../people/write-staff.ts";
import { rightsNow } from "../rights-now.ts";
import { isLocked, isOpen } from "./session-stage.ts";

/** Where somebody is signed in now; instants as ISO text. */
export type SessionRow = {
  readonly sessionId: string;
  readonly username: string;
  readonly name: string;
  readonly role: Role;
  /** The first letters of the device's name: enough to tell two apart, too few to pass for it. */
  readonly device: string;
  readonly isThisDevice: boolean;
  readonly startedAt: string;
  readonly lastActionAt: string;
  readonly isLocked: boolean;
  readonly isOwn: boolean;
};

const utc = (at: SQL) => sql`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

/** Every live session of the people somebody may manage, the last used first; a password whose code is still owed is none. */
export async function listSessions(database: Database, by: CurrentStaff): Promise<SessionRow[]> {
  if (!roleCan(by.role, "end-session")) return [];
  const people = await readPeople(database.db, by);
  const { rows } = await database.db.execute<SessionRow>(sql`
    select s.id as "sessionId", p.username, p.name, p.role, left(s.device_id, 4) as device,
           s.device_id = ${by.deviceId} as "isThisDevice", ${utc(sql`s.created_at`)} as "startedAt",
           ${utc(sql`s.last_action_at`)} as "lastActionAt", ${isLocked(sql`p.role`)} as "isLocked",
           p.person_id = ${by.personId} as "isOwn"
      from app_session s join staff p on p.id = s.staff_id
     where p.id = any(${sql.param(people.map(({ staffId }) => staffId))}::uuid[]) and not s.awaits_code and ${isOpen}
     order by s.last_action_at desc, s.id`);
  return rows;
}

/**
 * Ends a session of somebody in sight at once. Owners only; one's own are ended at `/me`. A session that is over or out of
 * sight is not found, and refused attempts are on record.
 */
export async function endSession(
  database: Database,
  by: CurrentStaff,
  { sessionId }: { sessionId: string },
): Promise<Result<null, StaffRefusal>> {
  return withTx(database, async (tx) => {
    const rights = await rightsNow(tx, by);
    const people = rights ? await readPeople(tx, rights) : [];
    const { rows } = await tx.execute<{ staff_id: string }>(
      sql`select staff_id from app_session s where s.id = ${sessionId} and not s.awaits_code and ${isOpen} for update`,
    );
    const person = people.find(({ staffId }) => staffId === rows[0]?.staff_id);
    const why = ((): StaffRefusal["why"] | null => {
      if (!rights) return "signedOut";
      if (!roleCan(rights.role, "end-session")) return "notAllowed";
      if (!person) return "notFound";
      return person.personId === rights.personId ? "notYourself" : null;
    })();
    if (!why)
      await tx.execute(sql`update app_session set revoked_at = clock_timestamp() where id = ${sessionId}`);
    const subject = why === "notFound" || !person ? "–" : person.username;
    await auditChange(tx, by, { action: "end-session", subject, facts: {}, why });
    return why ? refuse({ why }) : ok(null);
  });
}
