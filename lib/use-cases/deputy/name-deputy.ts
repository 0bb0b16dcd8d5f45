import "server-only";
import { sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { deputy } from "#lib/db/schema.ts";
import { deputyDatesFault } from "#lib/domain/deputy.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";
import { type DeedAbout, type DeedRefusal, staffDeed } from "../settle/staff-deed.ts";
import { approvers } from "./standing-for.ts";

type Wish = { readonly deputyId: string; readonly fromOn: string; readonly untilOn: string };
type Refusal =
  | { readonly why: "badInput"; readonly fields: Readonly<Record<string, string>> }
  | { readonly why: "deputyTaken" };
type About = DeedAbout & { readonly todayOn: string };

/**
 * Names the person who decides in one's place while one is away (scenario 41). Only somebody who already may approve in a
 * store they share, so nobody gets more than they hold; never oneself under another account. While it lasts neither of the
 * two has a second one in any role, so that it is always plain for whom somebody decides, and nobody passes it on.
 */
export async function nameDeputy(
  ctx: Context,
  by: CurrentStaff,
  wish: Wish,
): Promise<Result<null, DeedRefusal | Refusal>> {
  return staffDeed<null, Refusal, About>(ctx, by, {
    permission: "name-deputy",
    async find(tx, me) {
      // Whoever names a deputy stands in line: two who name each other at once would lock each other's accounts crosswise.
      await tx.execute(sql`select pg_advisory_xact_lock(7304003)`);
      const { rows } = await tx.execute<{ username: string; name: string; todayOn: string }>(sql`
        select p.username, p.name, min((clock_timestamp() at time zone s.time_zone)::date)::text as "todayOn"
          from staff p join staff_store y on y.staff_id = p.id join store s on s.id = y.store_id
         where p.id = ${wish.deputyId} and p.person_id <> ${me.personId} and p.is_active
           and p.role = any(${approvers}) and s.id = any(${sql.param([...me.storeIds])}::uuid[])
         group by p.id`);
      const [found] = rows;
      if (!found) return null;
      const facts = { name: found.name, fromOn: wish.fromOn, untilOn: wish.untilOn };
      return {
        ...{ storeId: me.storeIds[0] ?? null, orderId: null, subject: found.username, facts },
        todayOn: found.todayOn,
      };
    },
    async act(tx, me, { todayOn }) {
      const fault = deputyDatesFault({ ...wish, todayOn });
      if (fault) return refuse({ why: "badInput", fields: { [fault.field]: fault.why } });
      if (await isTaken(tx, me, wish)) return refuse({ why: "deputyTaken" });
      await tx.insert(deputy).values({ ...wish, principalId: me.staffId });
      return ok(null);
    },
  });
}

async function isTaken(tx: Db, me: CurrentStaff, { deputyId, fromOn, untilOn }: Wish): Promise<boolean> {
  const two = sql`(${me.staffId}::uuid, ${deputyId}::uuid)`;
  const { rows } = await tx.execute(sql`
    select 1 from deputy d where d.ended_at is null and (d.principal_id in ${two} or d.deputy_id in ${two})
       and d.from_on <= ${untilOn}::date and d.until_on >= ${fromOn}::date limit 1`);
  return rows.length > 0;
}
