import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { moneyOp, payOrder, refundRequest, type staff, store } from "#lib/db/schema.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { openCounter } from "#test/counter.ts";
import { askedAt, raiseLimit } from "#test/own-limit.ts";
import { makePaidOrder } from "#test/shop.ts";
import { requestRefund } from "../request-refund.ts";

const counter = openCounter({ canPartial: true });
const { open, hire, order, settled, returned } = counter;
const db = () => counter.database.db;

async function hireWithLimit(limit: Partial<typeof staff.$inferInsert> = {}): Promise<CurrentStaff> {
  const person = await hire(open().shop.shop.id, "cashier");
  await raiseLimit(counter.database, person, limit);
  return person;
}

/** A paid order of the books alone: the clerk never sends what the gateway does not know. */
async function inTheBooks() {
  const { account } = open().shop;
  const { id, orderNo } = await makePaidOrder(counter.database, account, 1_000);
  await db().update(payOrder).set({ paidAt: sql`clock_timestamp()` }).where(eq(payOrder.id, id));
  return { id, orderNo, account: account.slug };
}

async function path(by: CurrentStaff, at: { orderNo: string; account: string }, amountMinor: number) {
  const clientRequestId = randomUUID();
  const answer = await requestRefund(open().ctx, by, {
    ...{ ...at, clientRequestId, amountMinor, reason: "returned", note: "" },
  });
  return answer.ok ? answer.value.path : answer.refusal.why;
}

const sumSent = async (...people: CurrentStaff[]) => {
  const rows = await db().select().from(refundRequest);
  const theirs = rows.filter(({ requestedBy }) => people.some(({ staffId }) => staffId === requestedBy));
  const sent = theirs.filter(({ approvedByRule }) => approvedByRule !== null);
  return { sent: sent.length, minor: sent.reduce((sum, { amountMinor }) => sum + amountMinor, 0) };
};

describe("the limits of a day, however the amount is split", () => {
  test("fifty forms at once whose sum passes the day's: exactly ten are sent, forty wait for a manager, none is refused", async () => {
    const cashier = await hireWithLimit({ refundDaySumMinor: 1_000 });
    const orders = await Promise.all(Array.from({ length: 50 }, inTheBooks));
    const paths = await Promise.all(orders.map((at) => path(cashier, at, 100)));
    expect(paths.filter((one) => one === "sent")).toHaveLength(10);
    expect(paths.filter((one) => one === "asked")).toHaveLength(40);
    expect(await sumSent(cashier)).toEqual({ sent: 10, minor: 1_000 });
    const ops = await db().select().from(moneyOp).where(eq(moneyOp.requestedPerson, cashier.personId));
    expect(ops).toHaveLength(10);
  }, 60_000);

  test("eight at once at the real gateway with room for NT$700: seven times NT$100 left the shop, by its own ledger", async () => {
    const cashier = await hireWithLimit({ refundDaySumMinor: 700 });
    const orders = [];
    for (let n = 0; n < 8; n += 1) orders.push(await order("paid", { totalFee: 100 }));
    const paths = await Promise.all(orders.map((at) => path(cashier, at, 100)));
    const sent = orders.filter((_, at) => paths[at] === "sent");
    expect(sent).toHaveLength(7);
    for (const at of sent) await settled(at, "SUCCEEDED");
    const ledger = await Promise.all(orders.map((at) => returned(at)));
    expect(ledger.flat()).toEqual(Array(7).fill(100));
  }, 60_000);

  test("the sum is met to the dollar: what fits goes, one dollar more waits, and what waits uses nothing up", async () => {
    const cashier = await hireWithLimit({ refundDaySumMinor: 900 });
    expect(await path(cashier, await inTheBooks(), 500)).toBe("sent");
    expect(await path(cashier, await inTheBooks(), 401)).toBe("asked");
    expect(await path(cashier, await inTheBooks(), 400)).toBe("sent");
    expect(await path(cashier, await inTheBooks(), 1)).toBe("asked");
  });

  test("three a day: the fourth waits", async () => {
    const cashier = await hireWithLimit({ refundDayCountMax: 3 });
    const paths = [];
    for (let n = 0; n < 4; n += 1) paths.push(await path(cashier, await inTheBooks(), 1));
    expect(paths).toEqual(["sent", "sent", "sent", "asked"]);
  });

  test("two accounts of one person share the day, also at the same moment", async () => {
    const one = await hireWithLimit({ refundDaySumMinor: 500 });
    const twin = await hireWithLimit({ refundDaySumMinor: 500, personId: one.personId });
    const both = [one, { ...twin, personId: one.personId }];
    const orders = await Promise.all(Array.from({ length: 10 }, inTheBooks));
    const paths = await Promise.all(orders.map((at, n) => path(both[n % 2] ?? one, at, 100)));
    expect(paths.filter((way) => way === "sent")).toHaveLength(5);
    expect(await sumSent(...both)).toEqual({ sent: 5, minor: 500 });
  });
});

describe("scenario 51: the day is the store's business day", () => {
  test("what went out a moment before the cut belongs to the day before; at the cut the day's room is used", async () => {
    const cashier = await hireWithLimit({ refundDaySumMinor: 500 });
    await db().update(store).set({ dayCutAt: "02:00" });
    const { rows } = await db().execute<{ cut: string }>(sql`
      select (((clock_timestamp() at time zone 'Asia/Taipei') - interval '2 hours')::date + interval '2 hours')
             at time zone 'Asia/Taipei' as cut`);
    const cut = new Date(rows[0]?.cut ?? "");
    expect(await path(cashier, await inTheBooks(), 500)).toBe("sent");
    expect(await path(cashier, await inTheBooks(), 1)).toBe("asked");
    await askedAt(counter.database, cashier, cut);
    expect(await path(cashier, await inTheBooks(), 1)).toBe("asked");
    await askedAt(counter.database, cashier, new Date(cut.getTime() - 1));
    expect(await path(cashier, await inTheBooks(), 500)).toBe("sent");
  });
});
