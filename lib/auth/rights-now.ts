import "server-only";
import { sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import type { CurrentStaff, Role } from "#lib/domain/staff.ts";
import { isLocked, isOpen, lacksFactor } from "./session/session-stage.ts";

type Row = {
  person_id: string;
  name: string;
  role: Role;
  store_ids: string[];
};

/**
 * The rights of somebody at this moment, read inside the transaction of their decision; what the door read may be old by
 * now (security paper 4.6, faults F33). Account and session are locked against change until the transaction ends, so a
 * role taken away meanwhile either was seen here or comes after. Null: the account is closed or the session is over.
 * `sessionOf`: whose session it is, where somebody acts at another person's screen.
 */
export async function rightsNow(
  tx: Db,
  staff: CurrentStaff,
  { sessionOf = staff.staffId }: { sessionOf?: string } = {},
): Promise<CurrentStaff | null> {
  // The locks come first, in a statement of their own: what is read after them is what stands.
  await tx.execute(
    sql`select 1 from staff where id in (${staff.staffId}, ${sessionOf}) order by id for share`,
  );
  await tx.execute(sql`select 1 from app_session where id = ${staff.sessionId} for share`);
  const { rows } = await tx.execute<Row>(sql`
    select p.person_id, p.name, p.role,
           coalesce((select array_agg(x.id) from store x
                      where p.role = 'auditor' or exists (select 1 from staff_store y where y.staff_id = p.id and y.store_id = x.id)), '{}') as store_ids
      from staff p join app_session s on s.id = ${staff.sessionId} and s.staff_id = ${sessionOf} join staff h on h.id = s.staff_id
     where p.id = ${staff.staffId} and p.is_active and h.is_active and ${isOpen}
       and not s.awaits_code and not ${isLocked(sql`h.role`)} and not ${lacksFactor}`);
  const [row] = rows;
  if (!row) return null;
  return {
    ...staff,
    personId: row.person_id,
    name: row.name,
    role: row.role,
    storeIds: row.store_ids,
  };
}
