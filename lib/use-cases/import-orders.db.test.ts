import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { accountChore, auditEvent, payOrder } from "#lib/db/schema.ts";
import { openCounter } from "#test/counter.ts";
import { recoveryOf } from "#test/recovery.ts";

const counter = openCounter();
const { open, control, order } = counter;
const { cases } = recoveryOf(counter);
const db = () => counter.database.db;

const inBooks = async (orderNo: string) => {
  const [row] = await db().select().from(payOrder).where(eq(payOrder.orderNo, orderNo));
  return row;
};

/** The account's list of orders is asked for now. */
const importNow = () =>
  db().update(accountChore).set({ dueAt: sql`clock_timestamp()` }).where(eq(accountChore.kind, "import"));

async function imported(orderNo: string) {
  await expect.poll(async () => (await inBooks(orderNo))?.gatewayState, { timeout: 10_000 }).toBeDefined();
  return inBooks(orderNo);
}

describe("orders nobody looked up", () => {
  test("scenario 9: a paid order of today is in the books with amount, time and wallet, without a scan", async () => {
    await control("POST", "orders", { storeOrderNo: "I1", totalFee: 250, state: "paid" });
    await expect.poll(async () => (await db().select().from(accountChore)).length).toBeGreaterThan(0);
    await importNow();
    const row = await imported("I1");
    expect(row).toMatchObject({ gatewayState: "paid", paidMinor: 250, amountMinor: 250, currency: "TWD" });
    expect(row?.paidAt).toBeInstanceOf(Date);
    expect(row?.firstSeenAt).toEqual(row?.paidAt);
    expect(row?.storeId).toBe(open().shop.shop.id);
  });

  test("an order that waits for payment is left to whoever scans it", async () => {
    await control("POST", "orders", { storeOrderNo: "I2", totalFee: 90, state: "open" });
    await control("POST", "orders", { storeOrderNo: "I3", totalFee: 91, state: "paid" });
    await importNow();
    await imported("I3");
    expect(await inBooks("I2")).toBeUndefined();
  });

  test("what went back before we knew the order counts, and is told as made elsewhere once", async () => {
    await control("POST", "orders", { storeOrderNo: "I4", totalFee: 300, state: "paid" });
    await control("POST", "orders/I4/refund", {});
    await importNow();
    const row = await imported("I4");
    if (!row) throw new Error("the order is not in the books");
    expect(row.gatewayState).toBe("refunded");
    const at = { id: row.id, orderNo: "I4", account: open().shop.account.slug };
    expect(await cases(at, "refundedElsewhere")).toHaveLength(1);
    const lines = await db().select().from(auditEvent).where(eq(auditEvent.orderId, row.id));
    expect(lines.length).toBeGreaterThan(0);
  });

  test("an order in the books already is not touched by the list", async () => {
    const at = await order("paid");
    await db().update(payOrder).set({ title: "kept" }).where(eq(payOrder.id, at.id));
    await control("POST", "orders", { storeOrderNo: "I5", totalFee: 92, state: "paid" });
    await importNow();
    await imported("I5");
    expect((await inBooks(at.orderNo))?.title).toBe("kept");
  });
});
