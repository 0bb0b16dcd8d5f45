import "server-only";
import { sql } from "drizzle-orm";
import type { Currency } from "#lib/domain/currency.ts";
import { limits } from "#lib/domain/limits.ts";
import type { RequestSnapshot, RequestStatus } from "#lib/domain/refund.ts";
import { type CurrentStaff, roleCan } from "#lib/domain/staff.ts";
import type { Context } from "./context.ts";
import { readBooks, snapshotOf } from "./order-books.ts";

/** A request as lists show it. */
export type RequestRow = {
  readonly requestNo: string;
  readonly account: string;
  readonly orderNo: string;
  readonly amountMinor: number;
  readonly currency: Currency;
  readonly reason: string;
  readonly note: string;
  readonly status: RequestStatus;
  readonly askedBy: string;
  readonly askedAt: string;
  readonly timeZone: string;
  readonly decisionReason: string | null;
};

const stores = (staff: CurrentStaff) => sql`${sql.param([...staff.storeIds])}::uuid[]`;

const requestColumns = sql`
         r.request_no as "requestNo", a.slug as account, o.order_no as "orderNo", r.amount_minor::int8 as "amountMinor", r.currency,
         r.reason, r.note, r.status, p.name as "askedBy", r.requested_at as "askedAt", s.time_zone as "timeZone",
         r.decision_reason as "decisionReason"
    from refund_request r join pay_order o on o.id = r.order_id join merchant_account a on a.id = o.account_id
    join store s on s.id = r.store_id join staff p on p.id = r.requested_by`;

function toRow(row: RequestRow): RequestRow {
  return { ...row, amountMinor: Number(row.amountMinor), askedAt: new Date(row.askedAt).toISOString() };
}

/** Requests that wait for a manager in this person's stores, oldest first. */
export async function listWaiting(ctx: Context, staff: CurrentStaff): Promise<RequestRow[]> {
  if (!roleCan(staff.role, "approve-refund")) return [];
  const { rows } = await ctx.database.db.execute<RequestRow>(sql`
    select ${requestColumns} where r.status = 'REQUESTED' and r.expires_at > clock_timestamp() and r.store_id = any(${stores(staff)})
     order by r.requested_at limit ${limits.listPageSize}`);
  return rows.map(toRow);
}

/** This person's own requests, newest first. */
export async function listOwn(ctx: Context, staff: CurrentStaff): Promise<RequestRow[]> {
  const { rows } = await ctx.database.db.execute<RequestRow>(sql`
    select ${requestColumns} where r.requested_by = ${staff.staffId} and r.store_id = any(${stores(staff)})
     order by r.requested_at desc limit ${limits.listPageSize}`);
  return rows.map(toRow);
}

/** One request with the facts when asked and the facts now; null where it is none of this person's stores'. */
export async function viewRequest(
  ctx: Context,
  staff: CurrentStaff,
  requestNo: string,
): Promise<{ row: RequestRow; isOwn: boolean; asked: RequestSnapshot; now: RequestSnapshot } | null> {
  const { rows } = await ctx.database.db.execute<
    RequestRow & { orderId: string; asker: string; asked: RequestSnapshot }
  >(sql`
    select r.order_id as "orderId", r.requested_person as asker, r.snapshot as asked, ${requestColumns} where r.request_no = ${requestNo} and r.store_id = any(${stores(staff)})`);
  const [found] = rows;
  if (!found) return null;
  const { orderId, asker, asked, ...plain } = found;
  const row = toRow(plain);
  const books = await readBooks(ctx.database.db, orderId);
  const ownMinor = row.status === "REQUESTED" ? row.amountMinor : 0;
  return { row, isOwn: asker === staff.personId, asked, now: snapshotOf(books, ownMinor) };
}

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
