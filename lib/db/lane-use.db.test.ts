import { randomUUID } from "node:crypto";
import { eq, inArray, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { limits } from "#lib/domain/limits.ts";
import { freshDatabase } from "#test/database.ts";
import { makeShop } from "#test/shop.ts";
import { giveLane, takeLane } from "./lane.ts";
import { busyNow } from "./lane-use.ts";
import { gatewayLane } from "./schema.ts";

const here = freshDatabase();
let accountId = "";
beforeEach(async () => {
  accountId = (await makeShop(here.database)).account.id;
});

const age = (statement: ReturnType<typeof sql>) =>
  here.database.db.execute(sql`update gateway_lane set ${statement} where account_id = ${accountId}`);
async function lane(id = accountId) {
  const [row] = await here.database.db
    .select({ answerMs: gatewayLane.answerMs, busyMs: sql<number>`round(${busyNow})::int` })
    .from(gatewayLane)
    .where(eq(gatewayLane.accountId, id));
  if (!row) throw new Error("no lane");
  return row;
}

/** A call that takes this long by the database's clock. */
async function call(heldMs: number, how: Parameters<typeof giveLane>[2] = "answered") {
  await age(sql`next_free_at = clock_timestamp(), breaker_until = clock_timestamp()`);
  const slot = await takeLane(here.database, accountId, {
    ...{ holder: randomUUID(), ttlMs: 15_000, by: "watch" },
  });
  if (!slot) throw new Error("the lane was free");
  await age(sql`taken_at = clock_timestamp() - make_interval(secs => ${heldMs}::int / 1000.0)`);
  await giveLane(here.database, slot, how);
}
/** What the test itself takes between two statements. */
const slackMs = 500;

test("the first answer is the speed, and each later one moves it by a fifth; trouble moves it not", async () => {
  expect((await lane()).answerMs).toBeNull();
  await call(1_000);
  const first = (await lane()).answerMs ?? 0;
  expect(first).toBeGreaterThanOrEqual(1_000);
  expect(first).toBeLessThan(1_000 + slackMs);
  await call(6_000);
  const second = (await lane()).answerMs ?? 0;
  expect(second).toBeGreaterThanOrEqual(2_000);
  expect(second).toBeLessThan(2_000 + slackMs);
  await call(30_000, "trouble");
  await call(30_000, "locked-out");
  expect((await lane()).answerMs).toBe(second);
});

test("a call and the gap after it are use, with or without an answer; a slot that nobody used is none", async () => {
  await call(900, "unused");
  expect(await lane()).toEqual({ answerMs: null, busyMs: 0 });
  await call(900);
  const after = (await lane()).busyMs;
  expect(after).toBeGreaterThan(3_000 - slackMs);
  expect(after).toBeLessThan(3_000 + slackMs);
  await call(900, "trouble");
  expect((await lane()).busyMs).toBeGreaterThan(6_000 - 2 * slackMs);
});

test("use fades: after the time it is told over a third is left, after a night nothing, and it is never more than all", async () => {
  for (let no = 0; no < 3; no += 1) await call(limits.laneUseMs);
  expect((await lane()).busyMs).toBeGreaterThan(limits.laneUseMs - slackMs);
  expect((await lane()).busyMs).toBeLessThanOrEqual(limits.laneUseMs);
  await age(sql`busy_at = clock_timestamp() - make_interval(secs => ${limits.laneUseMs}::int / 1000.0)`);
  const faded = (await lane()).busyMs / limits.laneUseMs;
  expect(faded).toBeGreaterThan(0.36);
  expect(faded).toBeLessThan(0.37);
  await age(sql`busy_at = clock_timestamp() - interval '400 days'`);
  expect((await lane()).busyMs).toBe(0);
  await call(900);
  expect((await lane()).busyMs).toBeLessThan(3_000 + slackMs);
});

test("accounts of one merchant say the same, whichever of them was asked", async () => {
  const otherId = (await makeShop(here.database)).account.id;
  await here.database.db
    .update(gatewayLane)
    .set({ laneKey: `scan2pay ${accountId} gateway.example` })
    .where(inArray(gatewayLane.accountId, [accountId, otherId]));
  await age(sql`gap_ms = 2100`);
  const slot = await takeLane(here.database, accountId, {
    ...{ holder: randomUUID(), ttlMs: 15_000, by: "watch" },
  });
  if (!slot) throw new Error("the lane was free");
  await giveLane(here.database, slot, "answered");
  const [mine, theirs] = [await lane(), await lane(otherId)];
  expect(mine.answerMs).not.toBeNull();
  expect(mine.busyMs).toBeGreaterThan(2_100 - slackMs);
  expect(Math.abs(theirs.busyMs - mine.busyMs)).toBeLessThan(slackMs);
  expect(Math.abs((theirs.answerMs ?? 0) - (mine.answerMs ?? 0))).toBeLessThan(slackMs);
});
