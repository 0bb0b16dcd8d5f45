import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { roleCan, roles } from "#lib/domain/staff.ts";

/** Somebody who is away and named a deputy. */
export type Principal = { readonly staffId: string; readonly personId: string; readonly name: string };

/** Roles of those who approve, as a parameter. */
export const approvers = sql`${sql.param(roles.filter((role) => roleCan(role, "approve-refund")))}::text[]`;

/** Whether deputyship `d` holds in store `s` at this moment of the database's clock, by the rights of its two people now. */
export const holdsNow: SQL = sql`d.ended_at is null
  and (clock_timestamp() at time zone s.time_zone)::date between d.from_on and d.until_on
  and exists (select 1 from staff a join staff_store x on x.staff_id = a.id
               where a.id = d.principal_id and a.is_active and a.role = any(${approvers}) and x.store_id = s.id)
  and exists (select 1 from staff b join staff_store x on x.staff_id = b.id
               where b.id = d.deputy_id and b.is_active and b.role = any(${approvers}) and x.store_id = s.id)`;

/**
 * For whom somebody decides in a store at this moment; null: for nobody but themselves. It ends with its last day on the
 * store's calendar, when it is ended, and when either of the two loses the right or the store. `isLocked`: it is not ended
 * until the transaction is over.
 */
export async function standingFor(
  tx: Db,
  { staffId, storeId }: { readonly staffId: string; readonly storeId: string },
  { isLocked = false } = {},
): Promise<Principal | null> {
  const { rows } = await tx.execute<Principal>(sql`
    select p.id as "staffId", p.person_id as "personId", p.name
      from deputy d join staff p on p.id = d.principal_id join store s on s.id = ${storeId}
     where d.deputy_id = ${staffId} and ${holdsNow}
       and p.person_id <> (select person_id from staff where id = ${staffId})
     order by d.named_at limit 1 ${isLocked ? sql`for share of d` : sql``}`);
  return rows[0] ?? null;
}
