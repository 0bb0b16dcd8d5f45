import { eq, inArray, type SQL, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { gatewayLane, installation, merchantAccount } from "#lib/db/schema.ts";
import { limits } from "#lib/domain/limits.ts";
import { makeContext } from "#lib/use-cases/app-context.ts";
import { freshDatabase } from "#test/database.ts";
import { makePaidOrder, makeShop, makeStaff, staffWith } from "#test/shop.ts";
import { viewStatus } from "./view-status.ts";

const here = freshDatabase();
const view = (staff: Parameters<typeof viewStatus>[1]) => viewStatus(makeContext(here.database), staff);

async function openStore() {
  const shop = await makeShop(here.database);
  const cashier = staffWith(await makeStaff(here.database, shop.shop.id, "cashier"), shop);
  const set = (statement: SQL) =>
    here.database.db.execute(sql`update gateway_lane set ${statement} where account_id = ${shop.account.id}`);
  return { shop, cashier, set };
}
/** A question about an order of this account that is due so long from now. */
async function question({ account }: { account: { id: string; storeId: string } }, due: SQL) {
  const { id: orderId } = await makePaidOrder(here.database, account, 100);
  await here.database.db.execute(sql`
    insert into query_job (order_id, account_id, priority, due_at) values (${orderId}, ${account.id}, 3, ${due})`);
}

test("a gateway that was never asked has no speed, no last answer, nothing used and nobody in line", async () => {
  const { shop, cashier } = await openStore();
  expect(await view(cashier)).toMatchObject({
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    build: "dev",
    isSendingOff: false,
    gateways: [
      {
        ...{ account: shop.account.slug, health: "unasked", lastAnswerAt: null, quietUntil: null },
        ...{ answerMs: null, usedPercent: 0, waiting: 0, quietHours: null, isSendingPaused: false },
      },
    ],
  });
});

test("a resting gateway says until when; once that is over it is silent no more than its trouble says", async () => {
  const { cashier, set } = await openStore();
  await set(sql`trouble_count = 3, breaker_until = clock_timestamp() + interval '1 minute'`);
  const resting = (await view(cashier)).gateways[0];
  expect(resting).toMatchObject({ health: "quiet", quietUntil: expect.any(String) });
  await set(sql`breaker_until = clock_timestamp()`);
  expect((await view(cashier)).gateways).toMatchObject([{ health: "down", quietUntil: null }]);
  await set(sql`trouble_count = 0, last_answer_at = clock_timestamp()`);
  expect((await view(cashier)).gateways).toMatchObject([
    { health: "ok", lastAnswerAt: expect.stringMatching(/Z$/) },
  ]);
});

test("of what may be asked, the share is that of the last minutes: half, all, and none the day after", async () => {
  const { cashier, set } = await openStore();
  const used = async () => (await view(cashier)).gateways[0]?.usedPercent;
  await set(sql`busy_ms = ${limits.laneUseMs / 2}, busy_at = clock_timestamp(), answer_ms = 430`);
  expect(await used()).toBe(50);
  expect((await view(cashier)).gateways).toMatchObject([{ answerMs: 430 }]);
  await set(sql`busy_ms = ${limits.laneUseMs * 2}, busy_at = clock_timestamp()`);
  expect(await used()).toBe(100);
  await set(sql`busy_at = clock_timestamp() - interval '1 day'`);
  expect(await used()).toBe(0);
});

test("what is due stands in line, what is due later does not; accounts of one merchant stand in one line", async () => {
  const [one, other] = [await openStore(), await openStore()];
  await question(one.shop, sql`clock_timestamp()`);
  await question(one.shop, sql`clock_timestamp() + interval '1 minute'`);
  await question(other.shop, sql`clock_timestamp()`);
  const inLine = async () => (await view(one.cashier)).gateways.map(({ waiting }) => waiting);
  expect(await inLine()).toEqual([1]);
  await here.database.db
    .update(gatewayLane)
    .set({ laneKey: `scan2pay ${one.shop.account.id} gateway.example` })
    .where(inArray(gatewayLane.accountId, [one.shop.account.id, other.shop.account.id]));
  expect(await inLine()).toEqual([2]);
});

test("hours in which nothing is sent, a paused account and a switch that is off are told", async () => {
  const { shop, cashier } = await openStore();
  await here.database.db
    .update(merchantAccount)
    .set({ quietFrom: "22:00", quietTo: "06:00", sendingPausedWhy: "wrong-key" })
    .where(eq(merchantAccount.id, shop.account.id));
  expect((await view(cashier)).gateways).toMatchObject([
    { quietHours: { from: "22:00", to: "06:00" }, isSendingPaused: true },
  ]);
  await here.database.db
    .update(installation)
    .set({ sendingOffWhy: "restored", sendingOffAt: sql`clock_timestamp()` });
  expect((await view(cashier)).isSendingOff).toBe(true);
});

test("T7: nobody sees the gateway of a store they do not work at; who works nowhere sees none", async () => {
  const [one, other] = [await openStore(), await openStore()];
  expect((await view(one.cashier)).gateways.map(({ account }) => account)).toEqual([one.shop.account.slug]);
  const both = { ...one.cashier, storeIds: [one.shop.shop.id, other.shop.shop.id] };
  expect((await view(both)).gateways).toHaveLength(2);
  expect(await view({ ...one.cashier, storeIds: [] })).toMatchObject({ timeZone: "UTC", gateways: [] });
});
