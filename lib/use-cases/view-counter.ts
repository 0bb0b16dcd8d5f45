import "server-only";
import { sql } from "drizzle-orm";
import type { CounterRequest, CounterView } from "#lib/domain/counter-view.ts";
import { limits } from "#lib/domain/limits.ts";
import { type CurrentStaff, roleCan } from "#lib/domain/staff.ts";
import type { Context } from "./context.ts";
import { orderColumns, orderTables, type RawOrderRow, toOrderRow } from "./order-rows.ts";
import { laneColumns, laneStanding, laneTables, type RawLane } from "./watch-desk/lane-standing.ts";

type Desk = {
  now: string;
  timeZone: string | null;
  requests: CounterRequest[];
  lanes: RawLane[];
  waiting: number;
  overdue: number;
};

/** What the Counter shows this person, in two questions to the books however much there is. */
export async function viewCounter(ctx: Context, staff: CurrentStaff): Promise<CounterView> {
  const [recent, desk] = await Promise.all([readRecent(ctx, staff), readDesk(ctx, staff)]);
  const now = new Date(desk.now);
  const isDeciding = roleCan(staff.role, "approve-refund");
  return {
    serverNow: now.toISOString(),
    timeZone: desk.timeZone ?? "UTC",
    hasStores: staff.storeIds.length > 1,
    recent,
    requests: desk.requests.map((row) => ({ ...row, at: new Date(row.at).toISOString() })),
    lanes: desk.lanes.map((lane) => laneStanding(lane, now)),
    waiting: isDeciding ? desk.waiting : null,
    overdue: isDeciding ? desk.overdue : null,
  };
}

async function readRecent(ctx: Context, staff: CurrentStaff): Promise<CounterView["recent"]> {
  const { rows } = await ctx.database.db.execute<RawOrderRow & { lookedUpAt: string }>(sql`
    select ${orderColumns}, l.looked_up_at as "lookedUpAt" from ${orderTables(sql`look_up l join pay_order o on o.id = l.order_id`)}
     where l.device_id = ${staff.deviceId} and o.store_id = any(${sql.param([...staff.storeIds])}::uuid[])
     order by l.looked_up_at desc limit ${limits.recentOrdersMax}`);
  return rows.map((row) => ({
    ...toOrderRow(ctx, row),
    lookedUpAt: new Date(row.lookedUpAt).toISOString(),
  }));
}

async function readDesk(ctx: Context, staff: CurrentStaff): Promise<Desk> {
  const own = sql`any(${sql.param([...staff.storeIds])}::uuid[])`;
  const { rows } = await ctx.database.db.execute<Desk>(sql`
    select clock_timestamp() as now, (select time_zone from store where id = ${own} order by code limit 1) as "timeZone",
      (select coalesce(json_agg(r), '[]') from (
         select r.request_no as "requestNo", a.slug as account, o.order_no as "orderNo", r.amount_minor as "amountMinor", r.currency,
                r.status, m.state as "opState", r.decision_reason as answer, coalesce(m.settled_at, r.decided_at, r.requested_at) as at,
                s.time_zone as "timeZone"
           from refund_request r join pay_order o on o.id = r.order_id join merchant_account a on a.id = o.account_id
           join store s on s.id = r.store_id left join money_op m on m.request_id = r.id
          where r.requested_by = ${staff.staffId} and r.store_id = ${own}
          order by r.requested_at desc limit ${limits.counterRequestsMax}) r) as requests,
      (select coalesce(json_agg(l order by l."storeName", l.account), '[]') from (
         select ${laneColumns} from ${laneTables} where a.store_id = ${own}) l) as lanes,
      (select count(*)::int from refund_request r where r.status = 'REQUESTED' and r.expires_at > clock_timestamp()
          and r.store_id = ${own} and r.requested_person <> ${staff.personId}) as waiting,
      (select count(*)::int from money_op m join pay_order o on o.id = m.order_id
        where o.store_id = ${own} and (m.state = 'NEEDS_PERSON' or (m.state in ('PENDING','UNKNOWN')
          and coalesce(m.last_sent_at, m.created_at) <= clock_timestamp() - make_interval(secs => ${limits.managerInformedAfterMs}::int / 1000.0)))) as overdue`);
  const [desk] = rows;
  if (!desk) throw new Error("the books did not answer");
  return desk;
}
