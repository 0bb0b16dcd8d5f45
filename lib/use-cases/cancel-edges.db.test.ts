import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEvent, merchantAccount } from "#lib/db/schema.ts";
import { verdictOf } from "#lib/domain/verdict.ts";
import { type At, openCounter } from "#test/counter.ts";
import { cancelOrder } from "./cancel-order.ts";
import { factsOf, readBooks } from "./order-books.ts";
import { viewOrder } from "./view-order.ts";

const counter = openCounter();
const { open, control, order, settled, returned } = counter;

const cancel = (at: At) => cancelOrder(open().ctx, open().cashier, { ...at, clientRequestId: randomUUID() });
const books = (at: At) => readBooks(counter.database.db, at.id);
const age = (at: At, interval: string) =>
  counter.database.db.execute(
    sql`update pay_order set first_seen_at = clock_timestamp() - ${interval}::interval where id = ${at.id}`,
  );
const holdSending = (why: string | null) =>
  counter.database.db
    .update(merchantAccount)
    .set({ sendingPausedWhy: why })
    .where(eq(merchantAccount.id, open().shop.account.id));

/** Cancels that reached the gateway for this order. */
async function cancels(at: At): Promise<number> {
  const arrivals: { service: string; storeOrderNo: string | null }[] = await control("GET", "arrivals");
  return arrivals.filter(
    ({ service, storeOrderNo }) => service === "CancelOrder" && storeOrderNo === at.orderNo,
  ).length;
}

async function lines(at: At): Promise<string[]> {
  const rows = await counter.database.db.select().from(auditEvent).where(eq(auditEvent.orderId, at.id));
  return rows.map(({ action, outcome }) => `${action} ${outcome}`).filter((line) => /cancel/.test(line));
}

test("scenario 16: fifty seconds before the window ends the server still cancels: Cancelled, once, on record", async () => {
  const at = await order("open");
  await age(at, "14 minutes 10 seconds");
  expect(await cancel(at)).toMatchObject({ ok: true });
  await settled(at, "SUCCEEDED");
  expect(verdictOf(factsOf(await books(at)))).toBe("cancelled");
  expect(await cancels(at)).toBe(1);
  expect(await lines(at)).toContain("cancel-order done");
});

test("scenario 17: confirmed after the window: nothing is sent, and a paid order is offered a refund instead", async () => {
  const at = await order("open");
  await age(at, "15 minutes 1 second");
  expect(await cancel(at)).toEqual({ ok: false, refusal: { why: "tooLate" } });
  expect(await cancels(at)).toBe(0);
  expect(await lines(at)).toEqual(["cancel-order refused"]);
  await control("POST", `orders/${at.orderNo}/pay`, {});
  await viewOrder(open().ctx, open().cashier, at);
  await expect
    .poll(async () => (await viewOrder(open().ctx, open().cashier, at))?.canRefund, { timeout: 10_000 })
    .toBe(true);
});

test("scenario 17: pressed in time, but the window ends before the lane is free: nothing is sent", async () => {
  const at = await order("open");
  await holdSending("the test holds it");
  try {
    expect(await cancel(at)).toMatchObject({ ok: true });
    await age(at, "15 minutes 1 second");
  } finally {
    await holdSending(null);
  }
  await settled(at, "FAILED");
  expect((await books(at)).ops.at(-1)?.why).toBe("tooLate");
  expect(await cancels(at)).toBe(0);
});

test("scenario 18: paid between our check and the call: the gateway refuses, its word wins, and a refund is offered", async () => {
  await control("POST", "settings", { cancelCoversPaid: false });
  try {
    const at = await order("open");
    await control("POST", "faults", {
      kind: "code",
      code: "7134",
      service: "CancelOrder",
      storeOrderNo: at.orderNo,
    });
    expect(await cancel(at)).toMatchObject({ ok: true });
    await settled(at, "UNKNOWN");
    await control("POST", `orders/${at.orderNo}/pay`, {});
    await settled(at, "FAILED");
    const view = await viewOrder(open().ctx, open().cashier, at);
    expect(view).toMatchObject({ verdict: "paid", canRefund: true, canCancel: false });
    expect(await returned(at)).toEqual([]);
  } finally {
    await control("POST", "settings", { cancelCoversPaid: true });
  }
}, 60_000);

test("scenario 19: the answer to a cancel is lost: unknown, no second cancel, and the clerk asks until it knows", async () => {
  const at = await order("open");
  await control("POST", "faults", {
    kind: "lost-before-effect",
    service: "CancelOrder",
    storeOrderNo: at.orderNo,
  });
  expect(await cancel(at)).toMatchObject({ ok: true });
  await settled(at, "UNKNOWN");
  const view = await viewOrder(open().ctx, open().cashier, at);
  expect(view).toMatchObject({ verdict: "unknown", canCancel: false, canRefund: false });
  expect(await cancel(at)).toEqual({ ok: false, refusal: { why: "moneyIsMoving" } });
  const asked = async () => (await books(at)).ops.at(-1)?.askCount ?? 0;
  await expect.poll(asked, { timeout: 10_000 }).toBeGreaterThan(0);
  expect((await books(at)).ops.at(-1)?.state).toBe("UNKNOWN");
  await control("POST", `orders/${at.orderNo}/pay`, {});
  await counter.database.db.execute(sql`
    update money_op set next_ask_at = clock_timestamp(), last_sent_at = last_sent_at - interval '16 minutes', fence = fence + 1
     where order_id = ${at.id}`);
  await settled(at, "FAILED");
  expect(verdictOf(factsOf(await books(at)))).toBe("paid");
  expect(await cancels(at)).toBe(1);
}, 60_000);

test("scenario 19: done at the gateway though the answer was lost: Cancelled, by asking, not by cancelling again", async () => {
  const at = await order("open");
  await control("POST", "faults", {
    kind: "lost-after-effect",
    service: "CancelOrder",
    storeOrderNo: at.orderNo,
  });
  expect(await cancel(at)).toMatchObject({ ok: true });
  await settled(at, "SUCCEEDED");
  expect(verdictOf(factsOf(await books(at)))).toBe("cancelled");
  expect(await cancels(at)).toBe(1);
});
