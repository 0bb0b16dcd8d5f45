import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { type CurrentStaff, type Role, roleCan, roles } from "#lib/domain/staff.ts";
import { isPausedAt } from "./raise/role-pause.ts";
import { lacksFactor } from "./session/session-stage.ts";

/** Somebody who may come to a till and approve there. */
export type CounterApprover = { readonly staffId: string; readonly name: string; readonly role: Role };

type Row = {
  staff_id: string;
  person_id: string;
  username: string;
  name: string;
  role: Role;
  store_ids: string[];
};

/** Active people with the right to approve in the stores the screen may show, other than the person at the screen. */
async function read({ db }: Database, host: CurrentStaff, extra: SQL): Promise<Row[]> {
  const able = roles.filter((role) => roleCan(role, "approve-refund"));
  const { rows } = await db.execute<Row>(sql`
    select p.id as staff_id, p.person_id, p.username, p.name, p.role, array_agg(y.store_id) as store_ids
      from staff p join staff_store y on y.staff_id = p.id
     where p.is_active and not ${lacksFactor} and not ${isPausedAt(sql`y.store_id`)} and p.role = any(${sql.param([...able])}::text[]) and p.person_id <> ${host.personId}
       and y.store_id = any(${sql.param([...host.storeIds])}::uuid[]) and ${extra}
     group by p.id order by p.name, p.id`);
  return rows;
}

/**
 * Who can be called to this screen for a request of one store, by name; the requester's own person is left out, and where the
 * first of two approvals counts (`hasFirst`), whoever gave it and whoever it was given for.
 */
export async function listCounterApprovers(
  database: Database,
  host: CurrentStaff,
  request: { requestNo: string; hasFirst: boolean },
): Promise<CounterApprover[]> {
  const rows = await read(
    database,
    host,
    sql`exists (select 1 from refund_request r where r.request_no = ${request.requestNo}
          and r.store_id = y.store_id and r.requested_person <> p.person_id
          and not (${request.hasFirst} and coalesce(p.person_id in (r.first_approved_person, r.first_approved_for_person), false)))`,
  );
  return rows.map(({ staff_id: staffId, name, role }) => ({ staffId, name, role }));
}

/**
 * The manager who came to a colleague's screen, with that screen's session and device; null for anybody who may not approve
 * in a store of the screen. Their rights are read again when the decision is committed.
 */
export async function readCounterApprover(
  database: Database,
  host: CurrentStaff,
  staffId: string,
): Promise<CurrentStaff | null> {
  const [row] = await read(database, host, sql`p.id = ${staffId}`);
  if (!row) return null;
  return {
    staffId: row.staff_id,
    personId: row.person_id,
    username: row.username,
    name: row.name,
    role: row.role,
    storeIds: row.store_ids,
    sessionId: host.sessionId,
    deviceId: host.deviceId,
  };
}
