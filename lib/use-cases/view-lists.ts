import "server-only";
import { sql } from "drizzle-orm";
import { limits } from "#lib/domain/limits.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "./context.ts";

const stores = (staff: CurrentStaff) => sql`${sql.param([...staff.storeIds])}::uuid[]`;

/** Orders this device looked up last. */
export async function listRecent(
  ctx: Context,
  staff: CurrentStaff,
): Promise<{ account: string; orderNo: string }[]> {
  const { rows } = await ctx.database.db.execute<{ account: string; orderNo: string }>(sql`
    select a.slug as account, o.order_no as "orderNo" from look_up l join pay_order o on o.id = l.order_id
      join merchant_account a on a.id = o.account_id
     where l.device_id = ${staff.deviceId} and o.store_id = any(${stores(staff)})
     order by l.looked_up_at desc limit ${limits.recentOrdersMax}`);
  return rows;
}

/** The names of this person's stores; none for the auditor, who sees all. */
export async function listStoreNames(ctx: Context, staff: CurrentStaff): Promise<string[]> {
  if (staff.role === "auditor") return [];
  const { rows } = await ctx.database.db.execute<{ name: string }>(
    sql`select name from store where id = any(${stores(staff)}) order by code`,
  );
  return rows.map(({ name }) => name);
}
