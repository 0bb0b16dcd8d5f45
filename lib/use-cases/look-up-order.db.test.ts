import { desc, eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "#lib/db/client.ts";
import { auditEvent, gatewayLane, payOrder } from "#lib/db/schema.ts";
import { openCounter } from "#test/counter.ts";
import { makePaidOrder, makeShop } from "#test/shop.ts";
import { makeContext } from "./app-context.ts";
import { findNearMisses } from "./find-near-misses.ts";
import { findExact } from "./list-orders.ts";
import { findKnownOrder, lookUpInBooks, lookUpOrder } from "./look-up-order.ts";

const counter = openCounter();
const { open, control, order } = counter;
const lookUp = (raw: string, staff = open().cashier) => lookUpOrder(open().ctx, staff, raw);
const asked = async (orderNo: string): Promise<number> => {
  const arrivals: { storeOrderNo: string }[] = await control("GET", "arrivals");
  return arrivals.filter(({ storeOrderNo }) => storeOrderNo === orderNo).length;
};
const lastLine = async () => {
  const [line] = await counter.database.db
    .select()
    .from(auditEvent)
    .where(eq(auditEvent.action, "look-up-order"))
    .orderBy(desc(auditEvent.seq))
    .limit(1);
  return line;
};

/** Looks a number up over connections of its own; everything the database was asked, without the values. */
async function lookUpNoting(orderNo: string): Promise<{ answer: unknown; steps: string[] }> {
  const own = openDatabase(counter.database.pool.options.connectionString ?? "");
  const steps: string[] = [];
  own.pool.on("connect", (client) => {
    const { query } = client;
    Reflect.set(client, "query", (...args: unknown[]) => {
      const text = String(typeof args[0] === "string" ? args[0] : Reflect.get(Object(args[0]), "text"));
      // How often a free lane is asked for depends on the clerk beside us, not on the number.
      if (!text.includes("gateway_lane")) steps.push(text);
      return Reflect.apply(query, client, args);
    });
  });
  const answer = await lookUpOrder(makeContext(own), open().cashier, orderNo).finally(() => own.pool.end());
  return { answer: JSON.parse(JSON.stringify(answer).replaceAll(orderNo, "…")), steps };
}

describe("looking an order up", () => {
  test("scenario 1: a scan with a space and a line end finds its order", async () => {
    const at = await order("paid");
    expect(await lookUp(` ${at.orderNo}\r\n`)).toEqual({
      ok: true,
      value: [{ account: at.account, orderNo: at.orderNo }],
    });
  });

  test("scenario 2: full-width letters and a zero-width space find it too, and the audit keeps the raw text", async () => {
    const { orderNo } = await order("paid");
    const wide = [...orderNo].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join("");
    for (const raw of [wide, `${orderNo.slice(0, 3)}\u200b${orderNo.slice(3)}`]) {
      expect(await lookUp(raw)).toMatchObject({ ok: true, value: [{ orderNo }] });
      expect((await lastLine())?.facts).toEqual({ orderNo, raw });
    }
  });

  test("a number our books know asks no gateway; one they do not know is none of their part", async () => {
    const { orderNo } = await order("paid");
    const before = await asked(orderNo);
    expect(await lookUpInBooks(open().ctx, open().cashier, orderNo)).toMatchObject({ ok: true });
    expect(await lookUpInBooks(open().ctx, open().cashier, "PO-NOBODY-KNOWS")).toBeNull();
    expect(await asked(orderNo)).toBe(before);
  });

  test("whoever scans an order of the books goes straight to it, on record; for another store's, an unknown number and no number, the look-up is left to say it", async () => {
    const at = await order("paid");
    const go = (raw: string) => findKnownOrder(open().ctx, open().cashier, raw);
    const before = await asked(at.orderNo);
    expect(await go(` ${at.orderNo}\n`)).toEqual({ account: at.account, orderNo: at.orderNo });
    const line = await lastLine();
    expect(line).toMatchObject({ outcome: "done", orderId: at.id, facts: { raw: ` ${at.orderNo}\n` } });
    const other = await makeShop(counter.database);
    const theirs = await makePaidOrder(counter.database, other.account, 700);
    for (const raw of [theirs.orderNo, "PO-NOBODY-KNOWS", "", "N\u0000", "A".repeat(65)])
      expect(await go(raw)).toBeNull();
    expect((await lastLine())?.seq).toBe(line?.seq);
    expect(await asked(at.orderNo)).toBe(before);
  });

  describe("scenario 6: another store's number", () => {
    let elsewhere = { orderNo: "", storeId: "" };
    beforeAll(async () => {
      const other = await makeShop(counter.database);
      elsewhere = await makePaidOrder(counter.database, other.account, 700);
    });

    test("is answered like one that does not exist: the same words, the same one question to the gateway, the same steps", async () => {
      const theirs = await lookUpNoting(elsewhere.orderNo);
      expect(await asked(elsewhere.orderNo)).toBe(1);
      expect(await lastLine()).toMatchObject({
        ...{ outcome: "refused", orderId: null, facts: { orderNo: elsewhere.orderNo } },
      });
      const nobodys = await lookUpNoting("POXXXXXXXXXXXX");
      expect(await asked("POXXXXXXXXXXXX")).toBe(1);
      expect(theirs).toEqual(nobodys);
      expect(theirs.steps.length).toBeGreaterThan(3);
    });

    test("is found by somebody who works in both", async () => {
      const owner = { ...open().cashier, storeIds: [open().shop.shop.id, elsewhere.storeId] };
      expect(await lookUp(elsewhere.orderNo, owner)).toMatchObject({ ok: true });
    });

    test("is no near miss of a slip of the hand either", async () => {
      const slip = `${elsewhere.orderNo.slice(0, -1)}x`;
      expect(await findNearMisses(open().ctx, open().cashier, slip)).toEqual([]);
    });
  });

  test("one number in two accounts of a person's stores is a choice of both", async () => {
    const { orderNo } = await order("paid");
    const other = await makeShop(counter.database);
    await counter.database.db.insert(payOrder).values({
      ...{
        accountId: other.account.id,
        storeId: other.shop.id,
        orderNo,
        currency: "TWD",
        gatewayState: "waiting",
      },
    });
    const both = { ...open().cashier, storeIds: [open().shop.shop.id, other.shop.id] };
    const found = await lookUp(orderNo, both);
    expect(found.ok && found.value.map(({ account }) => account).sort()).toEqual(
      [open().shop.account.slug, other.account.slug].sort(),
    );
    const rows = await findExact(open().ctx, both, orderNo);
    expect(rows.map(({ storeName, verdict }) => [storeName, verdict]).sort()).toEqual(
      [
        [open().shop.shop.name, "paid"],
        [other.shop.name, "unknown"],
      ].sort(),
    );
  });

  test("a slip of the hand is answered with the order it was meant for", async () => {
    const at = await order("paid");
    const near = await findNearMisses(open().ctx, open().cashier, `${at.orderNo.slice(0, -1)}X`);
    expect(near.map(({ orderNo }) => orderNo)).toContain(at.orderNo);
  });

  test("a gateway that is left alone is not waited for: the answer comes at once, with the time", async () => {
    const lane = eq(gatewayLane.accountId, open().shop.account.id);
    const { db } = counter.database;
    await db
      .update(gatewayLane)
      .set({ breakerUntil: sql`clock_timestamp() + interval '10 minutes'` })
      .where(lane);
    const answer = await lookUp("PO-QUIET");
    await db.update(gatewayLane).set({ breakerUntil: sql`clock_timestamp()` }).where(lane);
    expect(answer).toMatchObject({
      refusal: { why: "gatewayNoAnswer", quietUntil: expect.any(Date) },
    });
    expect(await asked("PO-QUIET")).toBe(0);
  });
});
