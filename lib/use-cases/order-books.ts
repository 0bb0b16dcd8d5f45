import "server-only";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
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

/** Reads an order's books; `isLocked` puts every other money movement of this order in line behind the transaction. */
export async function readBooks(db: Db, orderId: string, { isLocked = false } = {}): Promise<OrderBooks> {
  if (isLocked) await db.execute(sql`select 1 from pay_order where id = ${orderId} for update`);
  const [head] = await db
    .select({
      ...{ order: payOrder, account: merchantAccount, store, now: sql<string>`clock_timestamp()` },
      elsewhereMinor: sql<string>`(select coalesce(sum(f.amount_minor), 0) from ${foundRefund} f where f.order_id = ${orderId})`,
      caseNo: sql<string | null>`(select i.case_no from ${incident} i
        where i.order_id = ${orderId} and i.kind = 'unknownOutcome' and i.closed_at is null limit 1)`,
    })
    .from(payOrder)
    .innerJoin(merchantAccount, eq(merchantAccount.id, payOrder.accountId))
    .innerJoin(store, eq(store.id, payOrder.storeId))
    .where(eq(payOrder.id, orderId));
  if (!head) throw new Error(`no order ${orderId}`);
  const ops = await db
    .select()
    .from(moneyOp)
    .where(eq(moneyOp.orderId, orderId))
    .orderBy(asc(moneyOp.createdAt));
  const requests = await db
    .select()
    .from(refundRequest)
    .where(eq(refundRequest.orderId, orderId))
    .orderBy(asc(refundRequest.requestedAt));
  const elsewhereMinor = Number(head.elsewhereMinor);
  return { ...head, now: new Date(head.now), ops, requests, elsewhereMinor };
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
    .where(
      and(
        eq(merchantAccount.slug, at.account),
        eq(payOrder.orderNo, at.orderNo),
        inArray(payOrder.storeId, [...staff.storeIds]),
      ),
    );
  return row ?? null;
}

/** Whether a merchant account is one of this person's stores'. Says nothing about whether it exists. */
export async function isOwnAccount(db: Db, staff: CurrentStaff, slug: string): Promise<boolean> {
  if (staff.storeIds.length === 0) return false;
  const rows = await db
    .select({ id: merchantAccount.id })
    .from(merchantAccount)
    .where(and(eq(merchantAccount.slug, slug), inArray(merchantAccount.storeId, [...staff.storeIds])));
  return rows.length === 1;
}
