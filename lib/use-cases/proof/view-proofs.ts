import "server-only";
import { sql } from "drizzle-orm";
import type { ProofView } from "#lib/domain/recovery/attention-view.ts";
import { type CurrentStaff, roleCan } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";

const daysShown = 31;

/** The newest proof of each account and business day of this person's stores, newest day first. */
export async function listProofs(ctx: Context, staff: CurrentStaff): Promise<ProofView[]> {
  if (!roleCan(staff.role, "read-attention")) return [];
  const { rows } = await ctx.database.db.execute<ProofView>(sql`
    select * from (
      select distinct on (d.account_id, d.business_day) a.slug as account, s.name as "storeName", s.time_zone as "timeZone",
             a.currency, d.business_day as day, d.ran_at as "ranAt", d.method, d.is_clean as "isClean",
             d.our_count as "ourCount", d.their_count as "theirCount", d.lists
        from daily_proof d join merchant_account a on a.id = d.account_id join store s on s.id = d.store_id
       where d.store_id = any(${sql.param([...staff.storeIds])}::uuid[])
         and d.business_day > to_char(clock_timestamp() - make_interval(days => ${daysShown}::int), 'YYYY-MM-DD')
       order by d.account_id, d.business_day, d.ran_at desc) p
     order by p.day desc, p.account`);
  return rows.map((row) => ({ ...row, ranAt: new Date(row.ranAt).toISOString() }));
}
