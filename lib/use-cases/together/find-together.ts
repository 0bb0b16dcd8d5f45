import "server-only";
import { sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import type { RequestSnapshot } from "#lib/domain/refund.ts";
import { type CurrentStaff, roleCan } from "#lib/domain/staff.ts";
import { type RawRow, type RequestRow, selectRequests, toRow } from "../requests/request-rows.ts";

/** A chosen request, its order, and the facts it was asked on. */
export type Chosen = {
  readonly row: RequestRow;
  readonly orderId: string;
  readonly asked: RequestSnapshot;
};

type Found = RawRow & { orderId: string; asked: RequestSnapshot };

/** The chosen requests that are of this person's stores, oldest first; none for people who approve nothing. */
export async function findTogether(
  db: Db,
  staff: CurrentStaff,
  requestNos: readonly string[],
): Promise<Chosen[]> {
  if (!roleCan(staff.role, "approve-refund")) return [];
  const tail = sql`r.request_no = any(${sql.param([...requestNos])}::text[])`;
  const { rows } = await db.execute<Found>(sql`
    select x.*, y.order_id as "orderId", y.snapshot as asked
      from (${selectRequests(staff, tail)}) x join refund_request y on y.request_no = x."requestNo"
     order by y.requested_at, y.id`);
  return rows.map(({ orderId, asked, ...raw }) => ({ row: toRow(raw), orderId, asked }));
}
