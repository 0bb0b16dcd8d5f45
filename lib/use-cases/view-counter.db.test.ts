import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { gatewayLane } from "#lib/db/schema.ts";
import { limits } from "#lib/domain/limits.ts";
import { openCounter } from "#test/counter.ts";
import { makeShop } from "#test/shop.ts";
import { viewCounter } from "./view-counter.ts";

const counter = openCounter();
const { open, order, asked } = counter;
const view = (staff = open().cashier) => viewCounter(open().ctx, staff);

describe("the Counter", () => {
  test("shows the last ten orders this device looked up, newest first, each with its verdict now", async () => {
    const made = [];
    for (let n = 0; n < limits.recentOrdersMax + 1; n += 1) made.push(await order(n % 2 ? "open" : "paid"));
    const { recent } = await view();
    expect(recent.map(({ orderNo }) => orderNo)).toEqual(
      made
        .map(({ orderNo }) => orderNo)
        .reverse()
        .slice(0, limits.recentOrdersMax),
    );
    expect(recent.slice(0, 2).map(({ verdict }) => verdict)).toEqual(["paid", "waiting"]);
    expect((await view({ ...open().cashier, deviceId: "counter-2" })).recent).toEqual([]);
  });

  test("tells the cashier what became of her requests, and managers how many wait for them, not counting their own", async () => {
    const at = await order("paid");
    const requestNo = await asked(at);
    expect((await view()).requests[0]).toMatchObject({ requestNo, status: "REQUESTED", opState: null });
    expect(await view()).toMatchObject({ waiting: null, overdue: null });
    expect(await view(open().manager)).toMatchObject({ waiting: 1, overdue: 0, requests: [] });
    expect(await view({ ...open().manager, personId: open().cashier.personId })).toMatchObject({
      waiting: 0,
    });
    await counter.approve(at, requestNo);
    await counter.settled(at, "SUCCEEDED");
    expect((await view()).requests[0]).toMatchObject({ status: "APPROVED", opState: "SUCCEEDED" });
    expect((await view(open().manager)).waiting).toBe(0);
  });

  test("says how each gateway of her stores stands, and nothing of other stores'", async () => {
    const other = await makeShop(counter.database);
    const lane = eq(gatewayLane.accountId, open().shop.account.id);
    const at = async (until: ReturnType<typeof sql>) => {
      await counter.database.db.update(gatewayLane).set({ breakerUntil: until }).where(lane);
      return (await view()).lanes;
    };
    expect(await at(sql`clock_timestamp()`)).toMatchObject([
      { account: open().shop.account.slug, gateway: "scan2pay", health: "ok", quietUntil: null },
    ]);
    expect(await at(sql`clock_timestamp() + interval '1 minute'`)).toMatchObject([
      { health: "quiet", quietUntil: expect.any(String) },
    ]);
    await at(sql`clock_timestamp()`);
    expect((await view({ ...open().cashier, storeIds: [other.shop.id] })).lanes).toMatchObject([
      { health: "unasked", lastAnswerAt: null },
    ]);
  });
});
