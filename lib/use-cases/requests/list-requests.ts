import "server-only";
import { eq, type SQL, sql } from "drizzle-orm";
import { refundRequest } from "#lib/db/schema.ts";
import { limits } from "#lib/domain/limits.ts";
import { needsTwo } from "#lib/domain/second-approval.ts";
import { type CurrentStaff, roleCan } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";
import { readBooks, snapshotOf } from "../order-books.ts";
import { standingFirst } from "../second-approval.ts";
import {
  businessDay,
  inStores,
  type RawRow,
  type RequestRow,
  selectRequests,
  toRow,
} from "./request-rows.ts";

/** The parts of the approvals page; each is a value of `tab` in its address. */
export const approvalTabs = ["waiting", "returned", "decided", "mine"] as const;
export type ApprovalTab = (typeof approvalTabs)[number];

/** What waits and has not run out, by the database's clock. */
const waits = sql`r.status = 'REQUESTED' and r.expires_at > clock_timestamp()`;

/** Which requests a part of the approvals shows, as ids in its order; what is over is read store by store, each by its index of times. */
function idsOf(tab: ApprovalTab, staff: CurrentStaff): SQL {
  const from = sql`select r.id from refund_request r where ${inStores(staff)}`;
  switch (tab) {
    case "waiting":
      return sql`${from} and ${waits} order by r.requested_at, r.id`;
    case "returned":
      return sql`${from} and r.status = 'RETURNED' and r.expires_at > clock_timestamp() order by r.decided_at, r.id`;
    case "decided":
      return sql`select r.id from store s cross join lateral (
          select z.* from refund_request z
           where z.store_id = s.id and z.status in ('APPROVED', 'REJECTED', 'WITHDRAWN', 'EXPIRED', 'SUPERSEDED')
           order by coalesce(z.decided_at, z.expires_at) desc, z.id desc limit ${limits.listPageSize}) r
         where ${inStores(staff)} order by coalesce(r.decided_at, r.expires_at) desc, r.id desc`;
    case "mine":
      return sql`${from} and r.decided_person = ${staff.personId} and r.requested_person <> ${staff.personId} order by r.decided_at desc, r.id`;
  }
}

/**
 * A page of requests. Its ids are asked for first: in one question with all that a list shows PostgreSQL joined every request that
 * ever was to find fifty.
 */
async function readPage({ database: { db } }: Context, staff: CurrentStaff, ids: SQL): Promise<RequestRow[]> {
  const { rows: found } = await db.execute<{ id: string }>(sql`${ids} limit ${limits.listPageSize}`);
  if (found.length === 0) return [];
  const page = sql`${sql.param(found.map(({ id }) => id))}::uuid[]`;
  const { rows } = await db.execute<RawRow>(
    selectRequests(staff, sql`r.id = any(${page}) order by array_position(${page}, r.id)`),
  );
  return rows.map(toRow);
}

/** A request of the list. `isFirstDone`: the first of two approved it, and that counts as things are now. */
export type ListedRequest = RequestRow & { readonly isFirstDone: boolean };

async function isFirstDone({ database: { db } }: Context, row: RequestRow): Promise<boolean> {
  if (row.firstAt === null || row.state !== "waiting" || !needsTwo(row.amountMinor, row.secondAboveMinor))
    return false;
  const [found] = await db
    .select({ orderId: refundRequest.orderId })
    .from(refundRequest)
    .where(eq(refundRequest.requestNo, row.requestNo));
  const books = found ? await readBooks(db, found.orderId) : null;
  const request = books?.requests.find(({ requestNo }) => requestNo === row.requestNo);
  if (!books || !request) return false;
  return (await standingFirst({ tx: db, request }, snapshotOf(books, row.amountMinor))) !== null;
}

/**
 * One part of the approvals of this person's stores: waiting and returned oldest first, decided and one's own decisions
 * newest first. Empty for people who approve nothing.
 */
export async function listApprovals(
  ctx: Context,
  staff: CurrentStaff,
  tab: ApprovalTab,
): Promise<ListedRequest[]> {
  if (!roleCan(staff.role, "approve-refund")) return [];
  const listed: ListedRequest[] = [];
  for (const row of await readPage(ctx, staff, idsOf(tab, staff)))
    listed.push({ ...row, isFirstDone: await isFirstDone(ctx, row) });
  return listed;
}

/** The requests that wait now, oldest first, as an open list compares them with what it shows. */
export type WaitingNow = {
  readonly requestNos: readonly string[];
  readonly serverNow: string;
  /** The clock of the first of this person's stores. */
  readonly timeZone: string;
};

/** What waits for a decision of this person, with the database's clock; nothing for those who decide nothing. */
export async function watchWaiting(ctx: Context, staff: CurrentStaff): Promise<WaitingNow> {
  const isDeciding = roleCan(staff.role, "approve-refund");
  const { rows } = await ctx.database.db.execute<{ now: string; timeZone: string | null; nos: string[] }>(sql`
    select clock_timestamp() as now,
           (select time_zone from store where id = any(${sql.param([...staff.storeIds])}::uuid[]) order by code limit 1) as "timeZone",
           array(select r.request_no from refund_request r where ${isDeciding} and ${inStores(staff)} and ${waits}
                  order by r.requested_at, r.id limit ${limits.listPageSize}) as nos`);
  const [row] = rows;
  if (!row) throw new Error("one row is always answered");
  return { requestNos: row.nos, serverNow: new Date(row.now).toISOString(), timeZone: row.timeZone ?? "UTC" };
}

/** How long the slowest decision of the stores' business day took, in ms; null: none was taken today. */
export async function slowestTodayMs(ctx: Context, staff: CurrentStaff): Promise<number | null> {
  const { rows } = await ctx.database.db.execute<{ ms: string | number | null }>(sql`
    select floor(extract(epoch from max(r.decided_at - r.requested_at)) * 1000)::int8 as ms
      from refund_request r join store s on s.id = r.store_id
     where ${inStores(staff)} and r.status in ('APPROVED', 'REJECTED', 'RETURNED', 'RESENT')
       and coalesce(r.decided_at, r.expires_at) > statement_timestamp() - interval '48 hours'
       and ${businessDay(sql`r.decided_at`)} = ${businessDay(sql`clock_timestamp()`)}`);
  const ms = rows[0]?.ms;
  return ms === null || ms === undefined ? null : Number(ms);
}

/** This person's own requests, newest first. */
export async function listOwn(ctx: Context, staff: CurrentStaff): Promise<RequestRow[]> {
  const own = sql`select r.id from refund_request r where ${inStores(staff)} and r.requested_person = ${staff.personId}
     order by r.requested_at desc, r.id`;
  return readPage(ctx, staff, own);
}
