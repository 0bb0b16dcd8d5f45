import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { refundRequest } from "#lib/db/schema.ts";
import { isReserving, type RequestSnapshot } from "#lib/domain/refund.ts";
import { type CurrentStaff, roleCan } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";
import { standingFor } from "../deputy/standing-for.ts";
import { readBooks, snapshotOf } from "../order-books.ts";
import {
  businessDay,
  inStores,
  type RawRow,
  type RequestRow,
  selectRequests,
  toRow,
} from "./request-rows.ts";

/** One thing that happened to a request; `what` is a message key under `requestThread`. */
export type ThreadEvent = {
  readonly at: string;
  readonly what: string;
  /** Who did it; null: Storedesk itself. */
  readonly by: string | null;
  /** Whom they stood in for; null: nobody. */
  readonly byFor: string | null;
  readonly words: string | null;
  readonly requestNo: string;
};

/** What the requester asked for today in this store. */
export type PersonToday = {
  readonly count: number;
  readonly sumMinor: number;
  readonly returnedMinor: number;
};

/** A request with the facts it was asked on and those of now; both count its own amount as remaining. */
export type RequestFacts = {
  readonly row: RequestRow;
  readonly asked: RequestSnapshot;
  readonly now: RequestSnapshot;
  /** When the gateway last answered about the order, and the database's clock at this reading, as ISO text. */
  readonly asOf: string | null;
  readonly readAt: string;
  /** What came of the last question to the gateway when it was not an answer; null: it was one. */
  readonly trouble: string | null;
  readonly thread: readonly ThreadEvent[];
};
/** Whom the reader stands in for in its store, and whether that person asked for it; null: nobody. */
export type HatShown = { readonly name: string; readonly isAsker: boolean };
export type RequestView = RequestFacts & {
  readonly today: PersonToday;
  readonly hat: HatShown | null;
};

type Found = RawRow & { orderId: string; asked: RequestSnapshot };

/** The row of one request as this person may see it: their own, or any of their stores for those who decide. */
export async function findRequestRow(
  db: Db,
  staff: CurrentStaff,
  requestNo: string,
): Promise<{ row: RequestRow; orderId: string; asked: RequestSnapshot } | null> {
  const { rows } = await db.execute<Found>(sql`
    select x.*, y.order_id as "orderId", y.snapshot as asked
      from (${selectRequests(staff, sql`r.request_no = ${requestNo}`)}) x join refund_request y on y.request_no = x."requestNo"`);
  const [found] = rows;
  if (!found || !(found.isOwn || roleCan(staff.role, "approve-refund"))) return null;
  const { orderId, asked, ...raw } = found;
  return { row: toRow(raw), orderId, asked };
}

/** The facts of one request and its story as they stand now; null where it is not to be seen. */
export async function readRequestFacts(
  db: Db,
  staff: CurrentStaff,
  requestNo: string,
): Promise<RequestFacts | null> {
  const found = await findRequestRow(db, staff, requestNo);
  if (!found) return null;
  const { row, asked } = found;
  const books = await readBooks(db, found.orderId);
  const ownMinor = isReserving(row.status) && new Date(row.expiresAt) > books.now ? row.amountMinor : 0;
  return {
    row,
    asked,
    now: snapshotOf(books, ownMinor),
    asOf: books.order.asOfAt?.toISOString() ?? null,
    readAt: books.now.toISOString(),
    trouble: books.order.lastTrouble,
    thread: await readThread(db, requestNo),
  };
}

/** One request with its facts then and now, and what its person asked for that day; null where it is not to be seen. */
export async function viewRequest(
  ctx: Context,
  staff: CurrentStaff,
  requestNo: string,
): Promise<RequestView | null> {
  const { db } = ctx.database;
  const facts = await readRequestFacts(db, staff, requestNo);
  return (
    facts && {
      ...facts,
      today: await readToday(db, staff, requestNo),
      hat: await readHat(db, staff, requestNo),
    }
  );
}

async function readHat(db: Db, { staffId }: CurrentStaff, requestNo: string): Promise<HatShown | null> {
  const [request] = await db
    .select({ storeId: refundRequest.storeId, asker: refundRequest.requestedPerson })
    .from(refundRequest)
    .where(eq(refundRequest.requestNo, requestNo));
  const principal = request ? await standingFor(db, { staffId, storeId: request.storeId }) : null;
  return principal && { name: principal.name, isAsker: principal.personId === request?.asker };
}

type AuditLineRead = {
  at: string;
  action: string;
  by: string | null;
  requestNo: string;
  note: string;
  facts: { reason?: string; to?: string; for?: string };
};

/** What somebody wrote with a step: the words of a decision, or the note with what was asked and with the answer to a return. */
function wordsOf({ action, facts, note }: AuditLineRead): string | null {
  const isAsked = action === "request-refund" || action === "resend-refund";
  const isTurned = action === "reject-refund" || action === "return-refund";
  return (isAsked ? note : isTurned ? facts.reason : null) || null;
}

/**
 * The story of a request, of those it followed, and of the answer to its return, from the audit: nothing else remembers every
 * step. What was asked never changes, so a note is the one that was sent.
 */
async function readThread(db: Db, requestNo: string): Promise<ThreadEvent[]> {
  const { rows } = await db.execute<AuditLineRead>(sql`
    with recursive chain as (
      select id, request_no, previous_id, order_id, status, note from refund_request where request_no = ${requestNo}
      union select p.id, p.request_no, p.previous_id, p.order_id, p.status, p.note from refund_request p
              join chain c on p.id = c.previous_id or (p.previous_id = c.id and c.status = 'RESENT'))
    select e.at, e.action, s.name as by, c.request_no as "requestNo", c.note, e.facts
      from chain c left join money_op m on m.request_id = c.id
      join audit_event e on e.order_id = c.order_id and e.subject in (c.request_no, m.merchant_no) left join staff s on s.id = e.staff_id
     where e.outcome = 'done' and e.action <> 'step-up' order by e.seq`);
  return rows.map(({ at, action, by, requestNo: no, facts, note }) => ({
    at: new Date(at).toISOString(),
    what: facts.to ? `moved.${facts.to}` : action,
    by,
    byFor: facts.for ?? null,
    words: wordsOf({ at, action, by, requestNo: no, facts, note }),
    requestNo: no,
  }));
}

async function readToday(db: Db, staff: CurrentStaff, requestNo: string): Promise<PersonToday> {
  const { rows } = await db.execute<Record<keyof PersonToday, string | number>>(sql`
    select count(*)::int8 as count, coalesce(sum(r.amount_minor), 0)::int8 as "sumMinor",
           coalesce(sum(r.amount_minor) filter (where m.state = 'SUCCEEDED'), 0)::int8 as "returnedMinor"
      from refund_request t join store s on s.id = t.store_id
      join refund_request r on r.requested_person = t.requested_person and r.store_id = t.store_id and r.status <> 'RESENT'
       and r.requested_at between t.requested_at - interval '24 hours' and t.requested_at + interval '24 hours'
       and ${businessDay(sql`r.requested_at`)} = ${businessDay(sql`t.requested_at`)}
      left join money_op m on m.request_id = r.id
     where t.request_no = ${requestNo} and ${inStores(staff)}`);
  const [row] = rows;
  return {
    count: Number(row?.count ?? 0),
    sumMinor: Number(row?.sumMinor ?? 0),
    returnedMinor: Number(row?.returnedMinor ?? 0),
  };
}

/** The requests that wait before and after this one, oldest first. */
export async function findNeighbours(
  ctx: Context,
  staff: CurrentStaff,
  requestNo: string,
): Promise<{ before: string | null; after: string | null; waiting: number }> {
  const waits = sql`r.status = 'REQUESTED' and r.expires_at > clock_timestamp() and ${inStores(staff)}`;
  const { rows } = await ctx.database.db.execute<{
    before: string | null;
    after: string | null;
    waiting: string | number;
  }>(sql`
    select (select r.request_no from refund_request r where ${waits} and (r.requested_at, r.id) < (t.requested_at, t.id)
             order by r.requested_at desc, r.id desc limit 1) as before,
           (select r.request_no from refund_request r where ${waits} and (r.requested_at, r.id) > (t.requested_at, t.id)
             order by r.requested_at, r.id limit 1) as after,
           (select count(*) from refund_request r where ${waits} and r.id <> t.id)::int8 as waiting
      from refund_request t where t.request_no = ${requestNo}`);
  const row = rows[0];
  return { before: row?.before ?? null, after: row?.after ?? null, waiting: Number(row?.waiting ?? 0) };
}
