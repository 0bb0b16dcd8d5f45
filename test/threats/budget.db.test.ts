import { and, eq, inArray, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { payOrder, queryJob } from "#lib/db/schema.ts";
import { limits } from "#lib/domain/limits.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { nextJob } from "#lib/use-cases/find-out/next-job.ts";
import { watchOrderStatus } from "#lib/use-cases/order-status.ts";
import { openCounter } from "#test/counter.ts";
import { makePaidOrder } from "#test/shop.ts";

const counter = openCounter({ hasClerk: false });
const { open, hire } = counter;
const db = () => counter.database.db;

/** An order that waits for payment: looking at it asks the gateway. */
async function waiting() {
  const { shop } = open();
  const { id, orderNo } = await makePaidOrder(
    counter.database,
    { id: shop.account.id, storeId: shop.shop.id },
    1000,
  );
  await db().update(payOrder).set({ gatewayState: "waiting", paidMinor: 0 }).where(eq(payOrder.id, id));
  return { id, orderNo, account: shop.account.slug };
}
type Order = Awaited<ReturnType<typeof waiting>>;

async function openAll(who: CurrentStaff, orders: readonly Order[]): Promise<number> {
  for (const [place, order] of orders.entries())
    await watchOrderStatus(open().ctx, who, { ...order, isOpening: place % 2 === 0 });
  const ids = orders.map(({ id }) => id);
  return db().$count(queryJob, and(inArray(queryJob.orderId, ids)));
}

test("T19: one person who opens forty orders, over and over, puts thirty questions in line, and a colleague's is not the last", async () => {
  const most = limits.watchedOrdersPerStaffMax;
  const orders = await Promise.all(Array.from({ length: 40 }, waiting));
  const { cashier } = open();
  expect(await openAll(cashier, orders)).toBe(most);
  expect(await openAll(cashier, orders)).toBe(most);
  // The pages are left; while their questions still wait, leaving and coming again wins nothing.
  await db().execute(
    sql`update order_watch set until_at = clock_timestamp() where staff_id = ${cashier.staffId}`,
  );
  expect(await openAll(cashier, orders)).toBe(most);
  const colleague = await hire(open().shop.shop.id, "cashier");
  const mine = await waiting();
  expect(await openAll(colleague, [mine])).toBe(1);
  expect(await nextJob(open().ctx, open().shop.account.id)).toMatchObject({ isMoney: false });
});
