import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { gatewayLane, payOrder, queryJob } from "#lib/db/schema.ts";
import { readingIntervalMs } from "#lib/domain/reading-pace.ts";
import { type At, openCounter } from "#test/counter.ts";
import { cancelOrder } from "../cancel-order.ts";
import { workAccount } from "../clerk.ts";
import { callQuery } from "../find-out/call-query.ts";
import { dueAccounts, nextJob } from "../find-out/next-job.ts";
import { watchOrderStatus } from "../order-status.ts";
import { waitForLane } from "../wait-for-lane.ts";
import { recordList } from "./ask-by-list.ts";
import { listInstead } from "./list-instead.ts";

const counter = openCounter({ hasClerk: false });
const { open, control, order } = counter;
const db = () => counter.database.db;
const accountId = () => open().shop.account.id;
const gapMs = 60;

const look = (at: At, { isOpening = false, sessionId = open().cashier.sessionId } = {}) =>
  watchOrderStatus(open().ctx, { ...open().cashier, sessionId }, { ...at, isOpening });

let serial = 0;

/** Orders that wait at the gateway and in the books, with a page open on each. Looked up one by one they would take the lane's time. */
async function watched(count: number): Promise<At[]> {
  const orders: At[] = [];
  for (let n = 0; n < count; n += 1) {
    const orderNo = `W${String(++serial).padStart(5, "0")}`;
    await control("POST", "orders", { storeOrderNo: orderNo, totalFee: 1000, state: "open" });
    const { id: account, storeId } = open().shop.account;
    const [row] = await db()
      .insert(payOrder)
      .values({
        ...{ accountId: account, storeId, orderNo, currency: "TWD", gatewayState: "waiting" },
        ...{ amountMinor: 1000, asOfAt: sql`clock_timestamp()` },
      })
      .returning({ id: payOrder.id });
    if (!row) throw new Error("no order");
    orders.push({ orderNo, id: row.id, account: open().shop.account.slug });
  }
  for (const at of orders) await look(at);
  return orders;
}

type Arrival = { service: string; storeOrderNo: string | null; accountGapMs: number | null };
const arrivals = (): Promise<Arrival[]> => control("GET", "arrivals");

/** Does so many pieces of work, each as soon as the lane is free; what the gateway was asked, in order. */
async function work(times: number): Promise<string[]> {
  const before = (await arrivals()).length;
  for (let n = 0; n < times; n += 1)
    await expect.poll(() => workAccount(open().ctx, accountId()), { interval: 10 }).toBe("worked");
  return (await arrivals())
    .slice(before)
    .map(({ service, storeOrderNo }) => (service === "SingleOrderQuery" ? (storeOrderNo ?? "") : service));
}

/** Everything about questions and answers as if it had happened so long ago. */
async function later(seconds: number): Promise<void> {
  const ago = sql`make_interval(secs => ${seconds})`;
  await db().execute(sql`update account_chore set due_at = due_at - ${ago} where kind = 'watched'`);
  await db().execute(
    sql`update query_job set due_at = due_at - ${ago}, last_asked_at = last_asked_at - ${ago}`,
  );
  await db().execute(sql`update pay_order set as_of_at = as_of_at - ${ago}`);
}

const booksOf = async (at: At) => (await db().select().from(payOrder).where(eq(payOrder.id, at.id)))[0];
const ageMs = async (at: At) => {
  const { rows } = await db().execute<{ age: number }>(
    sql`select extract(epoch from clock_timestamp() - as_of_at)::float8 * 1000 as age from pay_order where id = ${at.id}`,
  );
  return rows[0]?.age ?? Number.NaN;
};
const idle = async () => [await nextJob(open().ctx, accountId()), await dueAccounts(open().ctx)];

/** Later than any answer in the books: nothing but the order's own state keeps a list from them. */
const soon = () => new Date(Date.now() + 60_000);

beforeEach(async () => {
  await db().execute(sql`
    update money_op set next_ask_at = clock_timestamp() + interval '1 hour', fence = fence + 1
     where state not in ('SUCCEEDED','FAILED')`);
  for (const table of ["query_job", "order_watch", "account_chore"])
    await db().execute(sql`delete from ${sql.identifier(table)}`);
  await db()
    .update(gatewayLane)
    .set({ troubleCount: 0, breakerUntil: sql`clock_timestamp()` })
    .where(eq(gatewayLane.accountId, accountId()));
});

describe("watched orders and one list (money.md 3.4)", () => {
  test("four watched orders are four questions; with a fifth one call answers for all, and the lane is free for ten seconds", async () => {
    const four = await watched(4);
    expect((await work(4)).toSorted()).toEqual(four.map(({ orderNo }) => orderNo));
    const [fifth] = await watched(1);
    if (!fifth) throw new Error("no order");
    await later(60);
    expect(await work(1)).toEqual(["OrderQuery"]);
    for (const at of [...four, fifth]) expect(await ageMs(at)).toBeLessThan(30_000);
    expect(await idle()).toEqual([null, []]);
    await later(9);
    expect(await idle()).toEqual([null, []]);
    await later(2);
    expect(await work(1)).toEqual(["OrderQuery"]);
    const gaps = (await arrivals()).flatMap(({ accountGapMs }) => accountGapMs ?? []);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(50);
  });

  test("a customer who pays is seen on every page one question after the next list, inside the time the page names", async () => {
    const orders = await watched(6);
    await work(1);
    const [paid] = orders;
    if (!paid) throw new Error("no order");
    const named = (await look(paid))?.targetAgeMs ?? 0;
    await control("POST", `orders/${paid.orderNo}/pay`, {});
    await later(11);
    expect(await work(2)).toEqual(["OrderQuery", paid.orderNo]);
    expect(await idle()).toEqual([null, []]);
    for (const sessionId of [open().cashier.sessionId, randomUUID()])
      expect(await look(paid, { sessionId })).toMatchObject({ state: "paid", isDone: true });
    expect((await look(orders[1] ?? paid))?.state).toBe("waiting");
    expect(10_000 + 2 * (gapMs + 400)).toBeLessThanOrEqual(named + gapMs + 400);
  });

  test("an order the list does not show has its own question in turn, and stays what it is", async () => {
    await control("POST", "settings", { qrLifetimeMs: 200 * 3_600_000 });
    await watched(5);
    await later(60);
    const old = await order("open", { ageMs: 25 * 3_600_000 });
    await look(old);
    await control("POST", "settings", { qrLifetimeMs: 900_000 });
    await later(60);
    expect(await work(2)).toEqual(["OrderQuery", old.orderNo]);
    expect(await idle()).toEqual([null, []]);
    expect(await look(old)).toMatchObject({ state: "waiting", isDone: false });
    expect(await ageMs(old)).toBeLessThan(30_000);
    await later(11);
    expect(await work(2)).toEqual(["OrderQuery", old.orderNo]);
  });

  test("an order first seen longer ago than the list reaches is never left to it", async () => {
    const orders = await watched(6);
    const [old] = orders;
    if (!old) throw new Error("no order");
    await db().execute(
      sql`update pay_order set first_seen_at = first_seen_at - interval '24 hours' where id = ${old.id}`,
    );
    await later(60);
    expect((await work(2)).toSorted()).toEqual(["OrderQuery", old.orderNo]);
  });

  test.each([
    { kind: "garbage" },
    { kind: "lost-after-effect" },
    { kind: "truncated" },
    { kind: "code", code: "9999" },
  ])(
    "a list that comes to nothing ($kind) changes nothing; orders are asked singly until the next list",
    async (fault) => {
      const orders = await watched(5);
      await later(60);
      const before = await Promise.all(orders.map(booksOf));
      await control("POST", "faults", { ...fault, service: "OrderQuery" });
      expect(await work(1)).toEqual(["OrderQuery"]);
      expect(await Promise.all(orders.map(booksOf))).toEqual(before);
      expect((await work(5)).toSorted()).toEqual(orders.map(({ orderNo }) => orderNo));
      await later(11);
      expect(await work(1)).toEqual(["OrderQuery"]);
      expect(await idle()).toEqual([null, []]);
    },
  );

  test("a list that is too young to say so takes nothing back: what is paid meanwhile stays paid", async () => {
    const orders = await watched(5);
    const [paid] = orders;
    const account = await open().ctx.openAccount(accountId());
    const list = await listInstead(open().ctx, account, orders[0]?.id ?? "");
    const slot = await waitForLane(open().ctx, accountId());
    if (!paid || !list || !slot) throw new Error("no list");
    const range = {
      from: new Date(Date.now() - 3_600_000),
      to: new Date(Date.now() + 60_000),
      state: "waiting" as const,
    };
    const rows = await callQuery(open().ctx, { account, slot }, (options) => list.ask(range, options));
    expect(rows.outcome).toBe("done");
    await control("POST", `orders/${paid.orderNo}/pay`, {});
    await look(paid, { isOpening: true });
    await db().update(queryJob).set({ priority: 2 }).where(eq(queryJob.orderId, paid.id));
    expect(await work(1)).toEqual([paid.orderNo]);
    const told = await booksOf(paid);
    await recordList(open().ctx, accountId(), { ...list, askedAt: soon() }, rows);
    expect(await booksOf(paid)).toEqual(told);
    expect(told?.gatewayState).toBe("paid");
  });

  test("a cancel on its way is never answered by a list: not its order's age, not its outcome", async () => {
    const orders = await watched(6);
    const [at] = orders;
    const list = await listInstead(open().ctx, await open().ctx.openAccount(accountId()), at?.id ?? "");
    if (!at || !list) throw new Error("no list");
    const asked = await cancelOrder(open().ctx, open().cashier, { ...at, clientRequestId: randomUUID() });
    expect(asked.ok).toBe(true);
    const before = await booksOf(at);
    const rows = orders.map(({ orderNo }) => ({ orderNo, amountMinor: 1000, state: "waiting" as const }));
    const rest = { gatewayOrderNo: null, wallet: null, title: null };
    await recordList(
      open().ctx,
      accountId(),
      { ...list, askedAt: soon() },
      {
        outcome: "done",
        value: rows.map((row) => ({ ...row, ...rest })),
        evidence: {
          ...{ code: "0000", message: null, raw: null, httpStatus: 200 },
          ...{ checks: { tls: true, opened: true, echo: true }, startedAt: new Date(), endedAt: new Date() },
        },
      },
    );
    expect(await booksOf(at)).toEqual(before);
    expect((await booksOf(orders[1] ?? at))?.asOfAt).not.toEqual(before?.asOfAt);
    expect(await nextJob(open().ctx, accountId())).toMatchObject({
      kind: "query",
      orderId: at.id,
      isMoney: true,
    });
    await later(60);
    const next = await listInstead(
      open().ctx,
      await open().ctx.openAccount(accountId()),
      orders[1]?.id ?? "",
    );
    expect(next?.orders.map(({ orderId }) => orderId)).toEqual(expect.not.arrayContaining([at.id]));
    await control("POST", "faults", { kind: "lost-before-effect", service: "CancelOrder" });
    expect(await work(2)).toEqual([at.orderNo, "CancelOrder"]);
  });

  test("every page names the list's moment as its next check, the number of watched orders, and the pace of a list", async () => {
    const orders = await watched(6);
    const pages = () => Promise.all(orders.map((at) => look(at)));
    for (const page of await pages()) expect(page?.targetAgeMs).toBe(readingIntervalMs(6, gapMs));
    await work(1);
    for (const page of await pages()) {
      const inMs = Date.parse(page?.nextCheckAt ?? "") - Date.parse(page?.serverNow ?? "");
      expect(inMs).toBeGreaterThan(8_000);
      expect(inMs).toBeLessThanOrEqual(10_000);
      expect(page).toMatchObject({ watchers: 6, targetAgeMs: readingIntervalMs(6, gapMs, 6) });
    }
    const [own] = orders;
    if (!own) throw new Error("no order");
    await db().update(queryJob).set({ dueAt: sql`clock_timestamp()` }).where(eq(queryJob.orderId, own.id));
    const page = await look(own);
    const inMs = Date.parse(page?.nextCheckAt ?? "") - Date.parse(page?.serverNow ?? "");
    expect(inMs).toBeLessThan(1_000);
  });

  test("a page just opened with an old answer has its own question at once, between two lists", async () => {
    const [at] = await watched(5);
    if (!at) throw new Error("no order");
    await work(1);
    await later(6);
    expect(await idle()).toEqual([null, []]);
    await look(at, { isOpening: true });
    expect(await work(1)).toEqual([at.orderNo]);
    expect(await idle()).toEqual([null, []]);
  });

  test("an order only lists spoke of for two minutes has its own question in a slot nobody needs", async () => {
    const orders = await watched(5);
    await work(1);
    const ask = (seconds: number) =>
      db().execute(
        sql`update query_job set last_asked_at = clock_timestamp() - make_interval(secs => ${seconds}) where order_id = ${orders[2]?.id}`,
      );
    await ask(118);
    expect(await idle()).toEqual([null, []]);
    await ask(121);
    expect(await work(1)).toEqual([orders[2]?.orderNo]);
    expect(await idle()).toEqual([null, []]);
  });

  test("orders nobody looks at any more leave the line with one list", async () => {
    const orders = await watched(6);
    const [left] = orders;
    await db().execute(sql`update order_watch set until_at = clock_timestamp() where order_id = ${left?.id}`);
    await later(60);
    expect(await work(1)).toEqual(["OrderQuery"]);
    expect((await db().select().from(queryJob)).map(({ orderId }) => orderId)).not.toContain(left?.id);
    expect(await db().select().from(queryJob)).toHaveLength(5);
  });
});
