import "server-only";
import { type Placeholder, type SQL, sql } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { afterMs } from "#lib/db/clock.ts";
import { oncePerDatabase } from "#lib/db/once-per-database.ts";
import { sessionLimits } from "#lib/domain/session-limits.ts";
import { type CurrentStaff, type Role, roles } from "#lib/domain/staff.ts";
import { env } from "#lib/env.ts";
import { sidHash } from "./session/open-session.ts";
import { isOpen, type SessionStage, stageNow } from "./session/session-stage.ts";

type Row = {
  stage: SessionStage;
  session_id: string;
  device_id: string;
  staff_id: string;
  person_id: string;
  username: string;
  name: string;
  role: Role;
  store_ids: string[];
};

/** Whose session it is and how far they have come with signing in. */
export type ReadSession = { readonly stage: SessionStage; readonly staff: CurrentStaff };

/** An act this soon after the last one, in ms, is not written: a page and what it leads to are one act, and a write syncs the disk. */
const sameActMs = 3_000;

const idleMsOf = sql`case mine.role ${sql.join(
  roles.map((one) => sql`when ${one} then ${sessionLimits[one].idleMs}::int`),
  sql` `,
)} end`;

const selectMine = (hash: string | Placeholder, isDemo: boolean | Placeholder) => sql`
    select ${stageNow} as stage, s.id as session_id, s.device_id, p.id as staff_id, p.person_id, p.username, p.name, p.role,
           s.last_action_at <= ${afterMs(-sameActMs)} as is_new_act,
           coalesce((select array_agg(x.id) from store x
                      where p.role = 'auditor' or exists (select 1 from staff_store y where y.staff_id = p.id and y.store_id = x.id)), '{}') as store_ids
      from app_session s join staff p on p.id = s.staff_id
     where s.sid_hash = ${hash} and p.is_active and (not p.is_demo or ${isDemo}) and ${isOpen}`;

const field = <Name extends keyof Row>(name: Name): SQL<Row[Name]> => sql<Row[Name]>`${sql.identifier(name)}`;

/** Every poll of every open page asks this: its text is put together once. */
const mineOf = oncePerDatabase((db) =>
  db
    .select({
      ...{ stage: field("stage"), session_id: field("session_id"), device_id: field("device_id") },
      ...{ staff_id: field("staff_id"), person_id: field("person_id"), username: field("username") },
      ...{ name: field("name"), role: field("role"), store_ids: field("store_ids") },
    })
    .from(sql`(${selectMine(sql.placeholder("hash"), sql.placeholder("isDemo"))}) mine`)
    .prepare("session-of-poll"),
);

async function readMine({ db }: Database, hash: string): Promise<Row | undefined> {
  const [row] = await mineOf(db).execute({ hash, isDemo: env().STOREDESK_DEMO });
  return row;
}

async function noteAct({ db }: Database, hash: string): Promise<Row | undefined> {
  const { rows } = await db.execute<Row>(sql`
    with mine as materialized (${selectMine(hash, env().STOREDESK_DEMO)}), noted as (
      update app_session s set last_action_at = clock_timestamp(),
             idle_until = clock_timestamp() + make_interval(secs => (${idleMsOf}) / 1000.0)
        from mine where s.id = mine.session_id and mine.stage = 'in' and mine.is_new_act)
    select * from mine`);
  return rows[0];
}

/**
 * Who a session id belongs to, read from the database for this very call: role, stores and whether the session still
 * stands. Null when it was ended, ran out, or the account was closed or is the demo's outside demo mode. `isAction`: a person did something, so the idle
 * time starts again; polls do not extend it, and neither does anything before the person is in.
 */
export async function readSession(
  database: Database,
  sid: string,
  { isAction }: { isAction: boolean },
): Promise<ReadSession | null> {
  const hash = sidHash(sid);
  const row = isAction ? await noteAct(database, hash) : await readMine(database, hash);
  return row ? { stage: row.stage, staff: staffOf(row) } : null;
}

/** The same where only somebody who is in counts. */
export async function readStaff(
  database: Database,
  sid: string,
  how: { isAction: boolean },
): Promise<CurrentStaff | null> {
  const session = await readSession(database, sid, how);
  return session?.stage === "in" ? session.staff : null;
}

function staffOf(row: Row): CurrentStaff {
  return {
    staffId: row.staff_id,
    personId: row.person_id,
    username: row.username,
    name: row.name,
    role: row.role,
    storeIds: row.store_ids,
    sessionId: row.session_id,
    deviceId: row.device_id,
  };
}
