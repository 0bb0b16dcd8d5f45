import "server-only";
import { sql } from "drizzle-orm";
import { type CurrentStaff, type Role, roleCan } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";
import { approvers, holdsNow } from "./standing-for.ts";

/** A deputyship that is not over; the days as `YYYY-MM-DD` on the store's calendar. */
export type Deputyship = {
  readonly id: string;
  /** The one who is away, and the one who stands in. */
  readonly principal: string;
  readonly deputy: string;
  /** Whether the reader is the one who stands in. */
  readonly isMine: boolean;
  readonly fromOn: string;
  readonly untilOn: string;
  readonly isNow: boolean;
};
export type Deputies = {
  readonly list: readonly Deputyship[];
  readonly candidates: readonly { readonly staffId: string; readonly name: string; readonly role: Role }[];
  readonly todayOn: string;
};

/** Who stands in for this person or they for whom, now or later, and whom they could name; nothing for those who approve nothing. */
export async function viewDeputies(ctx: Context, me: CurrentStaff): Promise<Deputies> {
  const { db } = ctx.database;
  const stores = sql`${sql.param([...me.storeIds])}::uuid[]`;
  const may = roleCan(me.role, "name-deputy");
  const { rows: list } = await db.execute<Deputyship>(sql`
    select d.id, a.name as principal, b.name as deputy, d.deputy_id = ${me.staffId} as "isMine",
           d.from_on::text as "fromOn", d.until_on::text as "untilOn", bool_or(${holdsNow}) as "isNow"
      from deputy d join staff a on a.id = d.principal_id join staff b on b.id = d.deputy_id
      join store s on s.id = any(${stores})
     where ${may} and d.ended_at is null and ${me.staffId} in (d.principal_id, d.deputy_id)
       and d.until_on >= (clock_timestamp() at time zone s.time_zone)::date
     group by d.id, a.name, b.name order by d.from_on, d.id`);
  const { rows: candidates } = await db.execute<Deputies["candidates"][number]>(sql`
    select distinct p.id as "staffId", p.name, p.role from staff p join staff_store y on y.staff_id = p.id
     where ${may} and p.is_active and p.role = any(${approvers}) and p.person_id <> ${me.personId} and y.store_id = any(${stores})
     order by p.name`);
  const { rows } = await db.execute<{ todayOn: string | null }>(sql`
    select min((clock_timestamp() at time zone s.time_zone)::date)::text as "todayOn" from store s where s.id = any(${stores})`);
  return { list, candidates, todayOn: rows[0]?.todayOn ?? "" };
}
