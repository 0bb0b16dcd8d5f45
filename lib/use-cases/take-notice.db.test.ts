import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { evidence, noticeTally, payOrder, queryJob } from "#lib/db/schema.ts";
import { limits } from "#lib/domain/limits.ts";
import { openCounter } from "#test/counter.ts";
import { type NoticeTaken, takeNotice } from "./take-notice.ts";

const counter = openCounter();
const { open, control } = counter;
const heard: { server?: Server; taken: NoticeTaken[] } = { taken: [] };

/** A door of our own for the simulator's notices, so that genuine signatures come over HTTP. */
beforeAll(async () => {
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    heard.taken.push(await takeNotice(open().ctx, open().shop.account.slug, Buffer.concat(pieces)));
    response.end("OK");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  heard.server = server;
  const { port } = server.address() as AddressInfo;
  await control("POST", "merchants", { mchId: "S2PSIM0001", notifyUrl: `http://127.0.0.1:${port}/` });
});
afterAll(() => heard.server?.close());

async function notified(storeOrderNo: string, options: object = {}): Promise<NoticeTaken | undefined> {
  const before = heard.taken.length;
  await control("POST", "notify", { storeOrderNo, ...options });
  await expect.poll(() => heard.taken.length).toBeGreaterThan(before);
  return heard.taken.at(-1);
}

const orderOf = async (orderNo: string) => {
  const rows = await counter.database.db.select().from(payOrder).where(eq(payOrder.orderNo, orderNo));
  return rows[0];
};
const tally = async () => {
  const [row] = await counter.database.db.select().from(noticeTally);
  return { genuine: row?.genuineCount ?? 0, forged: row?.forgedCount ?? 0 };
};

describe("a payment notice is a hint", () => {
  test("of an order nobody looked up: it comes into the books, the gateway is asked, and only its answer says paid", async () => {
    await control("POST", "orders", { storeOrderNo: "N1", totalFee: 500, state: "paid" });
    expect(await notified("N1")).toMatchObject({ what: "taken", reply: { body: "OK" } });
    await expect.poll(async () => (await orderOf("N1"))?.gatewayState, { timeout: 10_000 }).toBe("paid");
    expect(await orderOf("N1")).toMatchObject({ paidMinor: 500 });
  });

  test("that says paid where the gateway says waiting leaves the order waiting", async () => {
    await control("POST", "orders", { storeOrderNo: "N2", totalFee: 500, state: "open" });
    expect(await notified("N2", { tamper: "result" })).toEqual({ what: "forged" });
    expect(await orderOf("N2")).toBeUndefined();
  });

  test.each(["amount", "foreign-key", "no-sign"])(
    "forged (%s): counted, and nothing else changes",
    async (tamper) => {
      const before = await tally();
      await control("POST", "orders", {
        storeOrderNo: `F${tamper}`.replace(/\W/g, ""),
        totalFee: 500,
        state: "paid",
      });
      const orderNo = `F${tamper}`.replace(/\W/g, "");
      expect(await notified(orderNo, { tamper })).toEqual({ what: "forged" });
      expect(await orderOf(orderNo)).toBeUndefined();
      expect(await tally()).toEqual({ genuine: before.genuine, forged: before.forged + 1 });
    },
  );

  test("twenty times the same: taken twenty times, kept once, and the gateway is not asked twenty times", async () => {
    await control("POST", "orders", { storeOrderNo: "N3", totalFee: 500, state: "paid" });
    await notified("N3", { times: 20 });
    const order = await orderOf("N3");
    const kept = await counter.database.db
      .select()
      .from(evidence)
      .where(sql`order_id = ${order?.id} and source = 'notice'`);
    expect(kept).toHaveLength(1);
    await expect
      .poll(
        async () =>
          (
            await counter.database.db
              .select()
              .from(queryJob)
              .where(eq(queryJob.orderId, order?.id ?? ""))
          ).length,
        { timeout: 10_000 },
      )
      .toBe(0);
    const arrivals: { service: string; storeOrderNo: string }[] = await control("GET", "arrivals");
    const asked = arrivals.filter((one) => one.service === "SingleOrderQuery" && one.storeOrderNo === "N3");
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.length).toBeLessThanOrEqual(2);
  });

  test("to an account nobody has: refused without a trace", async () => {
    expect(await takeNotice(open().ctx, "nobody", Buffer.from("{}"))).toEqual({ what: "noSuchAccount" });
  });

  test("above the minute's limit: refused before a signature is looked at; a new minute opens the door again", async () => {
    const garbage = () => takeNotice(open().ctx, open().shop.account.slug, Buffer.from("{}"));
    await counter.database.db.update(noticeTally).set({ minuteCount: limits.noticesPerMinuteMax - 1 });
    expect(await garbage()).toEqual({ what: "forged" });
    expect(await garbage()).toEqual({ what: "tooMany" });
    await counter.database.db.execute(
      sql`update notice_tally set minute_started_at = clock_timestamp() - interval '61 s'`,
    );
    expect(await garbage()).toEqual({ what: "forged" });
  });
});
