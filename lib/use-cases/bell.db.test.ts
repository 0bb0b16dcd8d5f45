import { eq } from "drizzle-orm";
import { afterEach, expect, test, vi } from "vitest";
import { moneyOp } from "#lib/db/schema.ts";
import { openCounter } from "#test/counter.ts";
import { startClerk } from "./clerk.ts";

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
