import { eq, sql } from "drizzle-orm";
import { afterEach, expect, test, vi } from "vitest";
import { gapLeftMs } from "#lib/db/lane.ts";
import { gatewayLane, moneyOp } from "#lib/db/schema.ts";
import { openCounter } from "#test/counter.ts";
import { startClerk, workOn } from "./clerk.ts";

const counter = openCounter({ hasClerk: false });
const { open, order, asked, approve, returned } = counter;

const realTimeout = setTimeout;
/** Vitest's own waiting would turn the still clock on. */
async function until(isSo: () => Promise<boolean> | boolean): Promise<boolean> {
  for (let left = 100; left > 0; left -= 1) {
    if (await isSo()) return true;
    await new Promise((resolve) => realTimeout(resolve, 20));
  }
  return false;
}

afterEach(() => {
  vi.useRealTimers();
});

test("what a manager approved is sent as the bell rings: the clerk does not wait for its next look", async () => {
  const at = await order("paid");
  const requestNo = await asked(at);
  // The clerk's own looks never come: time stands still for its timer.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const stop = startClerk(open().ctx);
  expect(await until(() => vi.getTimerCount() > 0)).toBe(true);
  expect((await approve(at, requestNo)).ok).toBe(true);
  const state = async () =>
    (await counter.database.db.select().from(moneyOp).where(eq(moneyOp.orderId, at.id)))[0]?.state;
  expect(await state()).toBe("READY");
  const settles = (isRung: boolean) =>
    until(async () => {
      // The lane may rest from the look-up: whoever rings too early rings again.
      if (isRung) open().ctx.bell.ring();
      return (await state()) !== "READY";
    });
  expect(await settles(false)).toBe(false);
  expect(await settles(true)).toBe(true);
  expect(await until(async () => (await returned(at)).length === 1)).toBe(true);
  await stop();
});

test("an approved refund is asked about, sent and confirmed in one go, each as the lane's gap ends", async () => {
  const at = await order("paid");
  expect((await approve(at, await asked(at))).ok).toBe(true);
  const arrivals = (): Promise<{ service: string; storeOrderNo: string | null; accountGapMs: number }[]> =>
    counter.control("GET", "arrivals");
  const before = (await arrivals()).length;
  // The look-up's own gap may not be over yet, and a clerk that finds the lane taken goes.
  const isFree = async () => (await gapLeftMs(counter.database, open().shop.account.id)) === 0;
  expect(await until(isFree)).toBe(true);
  await workOn(open().ctx, open().shop.account.id);
  const asks = (await arrivals()).slice(before).filter(({ storeOrderNo }) => storeOrderNo === at.orderNo);
  expect(asks.map(({ service }) => service)).toEqual(["SingleOrderQuery", "Refund", "SingleOrderQuery"]);
  for (const { accountGapMs } of asks) expect(accountGapMs).toBeGreaterThanOrEqual(50);
  const [op] = await counter.database.db.select().from(moneyOp).where(eq(moneyOp.orderId, at.id));
  expect(op).toMatchObject({ state: "SUCCEEDED", confirmedAt: expect.any(Date) });
});

test("a clerk that is stopped does not wait for a lane's gap", async () => {
  const at = await order("paid");
  expect((await approve(at, await asked(at))).ok).toBe(true);
  const { id } = open().shop.account;
  await counter.database.db
    .update(gatewayLane)
    .set({ gapMs: 600_000, nextFreeAt: sql`clock_timestamp()` })
    .where(eq(gatewayLane.accountId, id));
  const stop = new AbortController();
  const work = workOn(open().ctx, id, stop.signal);
  const lane = async () =>
    (await counter.database.db.select().from(gatewayLane).where(eq(gatewayLane.accountId, id)))[0];
  expect(await until(async () => ((await lane())?.nextFreeAt ?? 0) > new Date(Date.now() + 300_000))).toBe(
    true,
  );
  stop.abort();
  await work;
});
