import "server-only";
import { sql } from "drizzle-orm";
import { limits } from "#lib/domain/limits.ts";
import { nearMissPatterns } from "#lib/domain/near-misses.ts";
import type { OrderRow } from "#lib/domain/order-row.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "./context.ts";
import { happenedAt, orderColumns, orderTables, type RawOrderRow, toOrderRow } from "./order-rows.ts";

/** Orders of this person's stores whose number is one slip away from a number nobody knows, newest first; only of late orders. */
export async function findNearMisses(
  ctx: Context,
  staff: CurrentStaff,
  orderNo: string,
): Promise<OrderRow[]> {
  const { rows } = await ctx.database.db.execute<RawOrderRow>(sql`
    select ${orderColumns} from ${orderTables(sql`store near cross join lateral (
        select o.* from pay_order o where o.store_id = near.id order by ${happenedAt} desc, o.id desc limit ${limits.listScanMax}) o`)}
     where near.id = any(${sql.param([...staff.storeIds])}::uuid[]) and o.order_no <> ${orderNo}
       and o.order_no like any(${sql.param(nearMissPatterns(orderNo))}::text[])
     order by ${happenedAt} desc limit ${limits.nearMissesMax}`);
  return rows.map((row) => toOrderRow(ctx, row));
}
