import { asc, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEvent, gatewayLane } from "#lib/db/schema.ts";
import { workAccount } from "#lib/use-cases/clerk.ts";
import { type At, openCounter } from "../counter.ts";
import { recoveryOf } from "../recovery.ts";

const counter = openCounter({ hasClerk: false });
const { open, control, order, returned } = counter;
const { sent, opsOf } = recoveryOf(counter);
const account = () => open().shop.account.id;

const arrivals = async () => (await control("GET", "arrivals")).length;
const work = () => workAccount(open().ctx, account());
const pass = (what: string) =>
  counter.database.db.execute(
    what === "gap"
      ? sql`update gateway_lane set next_free_at = clock_timestamp()`
      : sql`update gateway_lane set next_free_at = clock_timestamp(), breaker_until = clock_timestamp()`,
  );

test("the gateway locks our address: not one request in the pause, then the backlog leaves in the order of approval, each once", async () => {
  const waiting: At[] = [];
  for (let n = 0; n < 5; n += 1) {
    await pass("gap");
    const at = await order("paid");
    await sent(at);
    waiting.push(at);
  }
  await control("POST", "faults", { kind: "code", code: "7145", service: "SingleOrderQuery" });
  await pass("gap");
  expect(await work()).toBe("worked");
  const [lane] = await counter.database.db
    .select()
    .from(gatewayLane)
    .where(eq(gatewayLane.accountId, account()));
  expect(Number(lane?.breakerUntil) - Date.now()).toBeGreaterThan(9 * 60_000);
  const before = await arrivals();
  for (let round = 0; round < 50; round += 1) {
    await pass("gap");
    expect(await work()).toBe("idle");
  }
  expect(await arrivals()).toBe(before);
  for (const at of waiting) expect(await opsOf(at)).toMatchObject([{ state: "READY" }]);

  await control("POST", "settings", { rateLimit: false });
  const isOpen = async () =>
    (await Promise.all(waiting.map(opsOf))).flat().some(({ state }) => state !== "SUCCEEDED");
  for (let jobs = 0; jobs < 60 && (await isOpen()); jobs += 1) {
    await counter.database.db.execute(sql`
      update money_op set fence = fence + 1, next_ask_at = clock_timestamp() where state = 'READY'`);
    await pass("breaker");
    await work();
  }
  for (const at of waiting) expect(await returned(at)).toEqual([1000]);
  const claims = await counter.database.db
    .select()
    .from(auditEvent)
    .where(eq(auditEvent.action, "send-refund"))
    .orderBy(asc(auditEvent.seq));
  const order5 = claims.filter(({ facts }) => facts.to === "SENDING").map(({ facts }) => facts.orderNo);
  expect(order5).toEqual(waiting.map(({ orderNo }) => orderNo));
});
