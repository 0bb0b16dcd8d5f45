import "server-only";
import { and, asc, eq, inArray, type Placeholder, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { afterMs } from "#lib/db/clock.ts";
import { oncePerDatabase } from "#lib/db/once-per-database.ts";
import {
  foundRefund,
  incident,
  merchantAccount,
  moneyOp,
  payOrder,
  refundRequest,
  store,
} from "#lib/db/schema.ts";
import type { Currency } from "#lib/domain/currency.ts";
import { limits } from "#lib/domain/limits.ts";
import type { RequestSnapshot } from "#lib/domain/refund.ts";
import { isReserving, sumMoney } from "#lib/domain/refund.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { VerdictFacts } from "#lib/domain/verdict.ts";

/** Everything our books hold about one order, read in one moment of the database's clock. */
export type OrderBooks = {
  readonly order: typeof payOrder.$inferSelect;
  readonly account: typeof merchantAccount.$inferSelect;
  readonly store: typeof store.$inferSelect;
  readonly ops: readonly (typeof moneyOp.$inferSelect)[];
  readonly requests: readonly (typeof refundRequest.$inferSelect)[];
  /** Money that went back without an operation of ours. */
  readonly elsewhereMinor: number;
  /** What people call the open case of the order's money; null: there is none. */
  readonly caseNo: string | null;
  /** The database's clock. */
  readonly now: Date;
};

/** The same, and whether somebody's interest in the order stands noted. */
export type WatchedBooks = OrderBooks & { readonly isNoted: boolean };

/** Reads an order's books; `isLocked` puts every other money movement of this order in line behind the transaction. */
export async function readBooks(db: Db, orderId: string, { isLocked = false } = {}): Promise<OrderBooks> {
  if (isLocked) await db.execute(sql`select 1 from pay_order where id = ${orderId} for update`);
  const books = await readWhere(db, eq(payOrder.id, orderId));
  if (!books) throw new Error(`no order ${orderId}`);
  return books;
}

/** The books of an order in the stores of this member of staff; null also where it belongs to another store. */
export async function findBooks(
  db: Db,
  staff: CurrentStaff,
  at: { account: string; orderNo: string },
): Promise<OrderBooks | null> {
  return staff.storeIds.length === 0 ? null : readWhere(db, isTheirs(staff, at));
}

/** The same, and whether this session's interest in the order stands noted. */
export async function findWatched(
  db: Db,
  staff: CurrentStaff,
  at: { account: string; orderNo: string },
): Promise<WatchedBooks | null> {
  const { storeIds, sessionId } = staff;
  if (storeIds.length === 0) return null;
  const [row] = await watchedOf(db).execute({ storeIds: [...storeIds], sessionId, ...at });
  return row ? booksOf(db, row) : null;
}

/** Every poll of every open page asks this: its text is put together once. */
const watchedOf = oncePerDatabase((db) =>
  selectBooks(
    db,
    isAt(sql.placeholder("storeIds"), {
      account: sql.placeholder("account"),
      orderNo: sql.placeholder("orderNo"),
    }),
    isNoted(sql.placeholder("sessionId")),
  ).prepare("watched-books"),
);

/**
 * Whether a session's interest in an order stands in the books for long enough, and its question too. A poll then reads and writes
 * nothing: a write would sync the disk and lock the order's row for each of hundreds of pages.
 */
const isNoted = (sessionId: Placeholder): SQL<boolean> => sql<boolean>`exists (
    select 1 from order_watch w join query_job j on j.order_id = w.order_id
     where w.order_id = ${payOrder.id} and w.session_id = ${sessionId} and w.until_at > ${afterMs(limits.watchRenewMs)}
       and j.priority <= 3)`;

async function readWhere(db: Db, isIt: SQL | undefined): Promise<OrderBooks | null> {
  const [row] = await selectBooks(db, isIt, sql<boolean>`false`);
  return row ? booksOf(db, row) : null;
}

const selectBooks = (db: Db, isIt: SQL | undefined, noted: SQL<boolean>) =>
  db
    .select({
      ...{ order: payOrder, account: merchantAccount, store, now: sql<string>`clock_timestamp()` },
      elsewhereMinor: sql<string>`(select coalesce(sum(f.amount_minor), 0) from ${foundRefund} f where f.order_id = ${payOrder.id})`,
      caseNo: sql<string | null>`(select i.case_no from ${incident} i
        where i.order_id = ${payOrder.id} and i.kind = 'unknownOutcome' and i.closed_at is null limit 1)`,
      isNoted: noted,
      hasOps: sql<boolean>`exists (select 1 from ${moneyOp} m where m.order_id = ${payOrder.id})`,
      hasRequests: sql<boolean>`exists (select 1 from ${refundRequest} r where r.order_id = ${payOrder.id})`,
    })
    .from(payOrder)
    .innerJoin(merchantAccount, eq(merchantAccount.id, payOrder.accountId))
    .innerJoin(store, eq(store.id, payOrder.storeId))
    .where(isIt);

/** Most orders have no money on its way and no request: then the one row is all of their books. */
async function booksOf(db: Db, row: Awaited<ReturnType<typeof selectBooks>>[number]): Promise<WatchedBooks> {
  const { hasOps, hasRequests, elsewhereMinor, now, ...head } = row;
  const { id } = head.order;
  const ops = hasOps
    ? await db.select().from(moneyOp).where(eq(moneyOp.orderId, id)).orderBy(asc(moneyOp.createdAt))
    : [];
  const requests = hasRequests
    ? await db
        .select()
        .from(refundRequest)
        .where(eq(refundRequest.orderId, id))
        .orderBy(asc(refundRequest.requestedAt))
    : [];
  return { ...head, now: new Date(now), ops, requests, elsewhereMinor: Number(elsewhereMinor) };
}

/** The same books as the domain rules want them. */
export function factsOf({ order, ops, requests, elsewhereMinor, now }: OrderBooks): VerdictFacts {
  return {
    gatewayState: order.gatewayState,
    paidMinor: order.paidMinor,
    wallet: order.wallet,
    ops,
    waitingMinor: requests
      .filter((r) => isReserving(r.status) && r.expiresAt > now)
      .map((r) => r.amountMinor),
    elsewhereMinor,
    isKnown: order.asOfAt !== null,
    isCancelled: order.cancelledAt !== null,
    isShareAsked: order.refundsWantedAt !== null,
  };
}

/** The facts an approval is bound to; the request's own amount counts as remaining for it. */
export function snapshotOf(books: OrderBooks, ownMinor: number): RequestSnapshot {
  const sums = sumMoney(factsOf(books));
  return {
    gatewayState: books.order.gatewayState,
    paidMinor: sums.paidMinor,
    remainingMinor: sums.remainingMinor + ownMinor,
  };
}

/** An order in the stores of this member of staff; null also where it belongs to another store. */
export async function findOrder(
  db: Db,
  staff: CurrentStaff,
  at: { account: string; orderNo: string },
): Promise<{ id: string; currency: Currency } | null> {
  if (staff.storeIds.length === 0) return null;
  const [row] = await db
    .select({ id: payOrder.id, currency: payOrder.currency })
    .from(payOrder)
    .innerJoin(merchantAccount, eq(merchantAccount.id, payOrder.accountId))
    .where(isTheirs(staff, at));
  return row ?? null;
}

const isTheirs = ({ storeIds }: CurrentStaff, at: { account: string; orderNo: string }) =>
  isAt(sql.param([...storeIds]), at);

/** The order at an address, where it is one of these stores'. */
const isAt = (
  storeIds: SQLWrapper,
  { account, orderNo }: { account: string | Placeholder; orderNo: string | Placeholder },
) =>
  and(
    eq(merchantAccount.slug, account),
    eq(payOrder.orderNo, orderNo),
    sql`${payOrder.storeId} = any(${storeIds}::uuid[])`,
  );

/** Whether a merchant account is one of this person's stores'. Says nothing about whether it exists. */
export async function isOwnAccount(db: Db, staff: CurrentStaff, slug: string): Promise<boolean> {
  if (staff.storeIds.length === 0) return false;
  const rows = await db
    .select({ id: merchantAccount.id })
    .from(merchantAccount)
    .where(and(eq(merchantAccount.slug, slug), inArray(merchantAccount.storeId, [...staff.storeIds])));
  return rows.length === 1;
}
