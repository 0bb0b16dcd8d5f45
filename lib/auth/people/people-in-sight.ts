import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import type { Currency } from "#lib/domain/currency.ts";
import type { OwnLimits } from "#lib/domain/own-limit.ts";
import type { CurrentStaff, Role } from "#lib/domain/staff.ts";
import { isOpen } from "../session/session-stage.ts";

/** An account as those who manage staff see it; instants as ISO text. */
export type StaffRow = {
  readonly staffId: string;
  readonly personId: string;
  readonly username: string;
  readonly name: string;
  readonly role: Role;
  readonly isActive: boolean;
  readonly limits: OwnLimits;
  /** The one currency of all their stores; null: they have none, or two. */
  readonly currency: Currency | null;
  readonly storeIds: readonly string[];
  readonly storeNames: readonly string[];
  /** When a session of this account last did something; null: never. */
  readonly lastSeenAt: string | null;
  readonly isSignedIn: boolean;
  /** From when on their new role decides; null: it does. */
  readonly decidesFrom: string | null;
  /** A raised role that an owner wants for them and another one has to agree to. */
  readonly wish: { readonly role: Role; readonly by: string; readonly byPersonId: string } | null;
};

type Row = StaffRow & { perRefundMinor: string | number; daySumMinor: string | number };

/**
 * The accounts somebody may manage: people who share a store with them, and those who belong to no store (auditors, or
 * newcomers). Another shop's people are not there at all.
 */
export async function readPeople(db: Db, by: CurrentStaff, which: SQL = sql`true`): Promise<StaffRow[]> {
  const own = sql`${sql.param([...by.storeIds])}::uuid[]`;
  const { rows } = await db.execute<Row>(sql`
    select p.id as "staffId", p.person_id as "personId", p.username, p.name, p.role, p.is_active as "isActive",
           p.refund_limit_minor::int8 as "perRefundMinor", p.refund_day_sum_minor::int8 as "daySumMinor",
           json_build_object('currency', p.refund_limit_currency, 'dayCountMax', p.refund_day_count_max,
                             'saleAgeMaxDays', p.refund_sale_age_max_days) as limits,
           case when count(distinct x.currency) = 1 then min(x.currency) end as currency,
           coalesce(array_agg(x.id::text order by x.code) filter (where x.id is not null), '{}') as "storeIds",
           coalesce(array_agg(x.name order by x.code) filter (where x.id is not null), '{}') as "storeNames",
           (select to_char(max(s.last_action_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
              from app_session s where s.staff_id = p.id) as "lastSeenAt",
           exists (select 1 from app_session s where s.staff_id = p.id and not s.awaits_code and ${isOpen}) as "isSignedIn",
           case when p.decides_from > clock_timestamp()
                then to_char(p.decides_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') end as "decidesFrom",
           (select json_build_object('role', w.role, 'by', o.name, 'byPersonId', w.asked_person)
              from role_wish w join staff o on o.id = w.asked_by where w.staff_id = p.id) as wish
      from staff p left join staff_store y on y.staff_id = p.id left join store x on x.id = y.store_id
     where ${which}
     group by p.id
    having count(x.id) = 0 or bool_or(x.id = any(${own}))
     order by p.is_active desc, p.username`);
  return rows.map(({ perRefundMinor, daySumMinor, limits, ...row }) => ({
    ...row,
    limits: { ...limits, perRefundMinor: Number(perRefundMinor), daySumMinor: Number(daySumMinor) },
  }));
}

/** One of them by username; null where there is none, or none in sight. */
export async function findPerson(db: Db, by: CurrentStaff, username: string): Promise<StaffRow | null> {
  const [person] = await readPeople(db, by, sql`p.username = ${username}`);
  return person ?? null;
}
