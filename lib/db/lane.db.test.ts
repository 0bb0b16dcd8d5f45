import { randomUUID } from "node:crypto";
import { eq, inArray, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { freshDatabase } from "#test/database.ts";
import { makeShop } from "#test/shop.ts";
import { giveLane, holdsLane, type LaneWish, restOf, takeLane } from "./lane.ts";
import { gatewayLane } from "./schema.ts";

const here = freshDatabase();
let accountId = "";
const take = (by: LaneWish["by"] = "watch") =>
  takeLane(here.database, accountId, { holder: randomUUID(), ttlMs: 15_000, by });
const age = (statement: ReturnType<typeof sql>) =>
  here.database.db.execute(sql`update gateway_lane set ${statement} where account_id = ${accountId}`);

beforeEach(async () => {
  accountId = (await makeShop(here.database)).account.id;
});

describe("one request in flight for each merchant account", () => {
  test("forty callers at once: one gets the lane", async () => {
    const slots = await Promise.all(Array.from({ length: 40 }, () => take()));
    expect(slots.filter((slot) => slot !== null)).toHaveLength(1);
  });

  test("after an answer the next one waits for the whole gap of 2.1 s", async () => {
    const slot = await take();
    if (!slot) throw new Error("the lane was free");
    await giveLane(here.database, slot, "answered");
    expect(await take()).toBeNull();
    await age(sql`next_free_at = clock_timestamp() + interval '50 ms'`);
    expect(await take()).toBeNull();
    await age(sql`next_free_at = clock_timestamp()`);
    expect(await take()).not.toBeNull();
  });

  test("a holder that died is passed over once its time and one gap are over, not before", async () => {
    const dead = await take();
    await age(sql`holder_until = clock_timestamp() - interval '2000 ms'`);
    expect(await take()).toBeNull();
    await age(sql`holder_until = clock_timestamp() - interval '2101 ms'`);
    const next = await take();
    expect(next).not.toBeNull();
    if (!dead) throw new Error("the lane was free");
    expect(await holdsLane(here.database, dead)).toBe(false);
  });

  test("a holder that comes back late cannot give away the slot of the next", async () => {
    const late = await take();
    await age(sql`holder_until = clock_timestamp() - interval '3 s'`);
    const next = await take();
    if (!late || !next) throw new Error("both had the lane once");
    await giveLane(here.database, late, "answered");
    expect(await holdsLane(here.database, next)).toBe(true);
  });

  test("somebody who waits at the counter goes before watched orders, never before money on its way", async () => {
    const slot = await take();
    if (!slot) throw new Error("the lane was free");
    expect(await take("person")).toBeNull();
    await giveLane(here.database, slot, "unused");
    expect(await take("watch")).toBeNull();
    const sent = await take("send");
    if (!sent) throw new Error("money waits for nobody");
    await giveLane(here.database, sent, "unused");
    expect(await take("person")).not.toBeNull();
  });

  test("a person who is not heard of for a second has gone: watched orders are asked about again", async () => {
    const slot = await take();
    if (!slot) throw new Error("the lane was free");
    await take("person");
    await giveLane(here.database, slot, "unused");
    await age(sql`wanted_until = wanted_until - interval '1 s'`);
    expect(await take("watch")).not.toBeNull();
  });

  test("a slot that was not used costs nobody a gap", async () => {
    const slot = await take();
    if (slot) await giveLane(here.database, slot, "unused");
    expect(await take()).not.toBeNull();
  });
});

describe("the breaker", () => {
  const trouble = async (how: "trouble" | "locked-out" | "answered") => {
    await age(sql`next_free_at = clock_timestamp(), breaker_until = clock_timestamp()`);
    const slot = await take();
    if (!slot) throw new Error("the lane was free");
    await giveLane(here.database, slot, how);
    const [lane] = await here.database.db
      .select()
      .from(gatewayLane)
      .where(eq(gatewayLane.accountId, accountId));
    return Math.round(((lane?.breakerUntil.getTime() ?? 0) - Date.now()) / 1000);
  };

  test("opens at the third trouble in a row for a minute, longer each time, and a good answer closes it", async () => {
    expect(await trouble("trouble")).toBeLessThanOrEqual(0);
    expect(await trouble("trouble")).toBeLessThanOrEqual(0);
    expect(await trouble("trouble")).toBeGreaterThan(55);
    expect(await trouble("trouble")).toBeGreaterThan(115);
    expect(await trouble("answered")).toBeLessThanOrEqual(0);
    expect(await trouble("trouble")).toBeLessThanOrEqual(0);
  });

  test("a lock named by the gateway opens it at once", async () => {
    expect(await trouble("locked-out")).toBeGreaterThan(595);
  });
});

describe("two accounts of one merchant, which the gateway counts as one", () => {
  let otherId = "";
  const takeAt = (id: string, by: LaneWish["by"] = "watch") =>
    takeLane(here.database, id, { holder: randomUUID(), ttlMs: 15_000, by });
  const share = (ids: readonly string[], key: string | null) =>
    here.database.db
      .update(gatewayLane)
      .set({ laneKey: key })
      .where(inArray(gatewayLane.accountId, [...ids]));

  beforeEach(async () => {
    otherId = (await makeShop(here.database)).account.id;
    await share([accountId, otherId], `scan2pay ${accountId} gateway.example`);
  });

  test("while one is asked for, nobody asks for the other, nor before the gap is over; accounts of other merchants go on", async () => {
    const slot = await takeAt(accountId);
    if (!slot) throw new Error("the lane was free");
    expect(await takeAt(otherId)).toBeNull();
    expect(await takeAt(otherId, "send")).toBeNull();
    const elsewhere = (await makeShop(here.database)).account.id;
    expect(await takeAt(elsewhere)).not.toBeNull();
    await giveLane(here.database, slot, "answered");
    expect([await takeAt(accountId), await takeAt(otherId)]).toEqual([null, null]);
    await here.database.db.execute(sql`update gateway_lane set next_free_at = clock_timestamp()`);
    const next = await takeAt(otherId);
    expect(next).not.toBeNull();
    expect(await holdsLane(here.database, slot)).toBe(false);
    expect(next && (await holdsLane(here.database, next))).toBe(true);
    await giveLane(here.database, slot, "unused");
    expect(await takeAt(accountId)).toBeNull();
  });

  test("a lock named to one rests both, and a person who waits for one goes before the watched orders of both", async () => {
    const slot = await takeAt(accountId);
    if (!slot) throw new Error("the lane was free");
    expect(await takeAt(otherId, "person")).toBeNull();
    await giveLane(here.database, slot, "unused");
    expect(await takeAt(accountId, "watch")).toBeNull();
    const person = await takeAt(otherId, "person");
    if (!person) throw new Error("the lane was free");
    await giveLane(here.database, person, "locked-out");
    expect(await takeAt(accountId, "send")).toBeNull();
    expect(await restOf(here.database, accountId, 60_000)).not.toBeNull();
  });

  test("an instance of an earlier version, which knows one row alone, is waited for", async () => {
    await here.database.db.execute(sql`
      update gateway_lane set holder = ${randomUUID()}, holder_until = clock_timestamp() + interval '15 s' where account_id = ${otherId}`);
    expect(await takeAt(accountId)).toBeNull();
    await share([otherId], null);
    expect(await takeAt(accountId)).not.toBeNull();
  });

  test("forty who ask for either without a pause: never two at once, never closer than the gap, and both get their turns", async () => {
    await here.database.db.execute(sql`update gateway_lane set gap_ms = 20`);
    const turns: { at: string; began: number; ended: number }[] = [];
    const clock = async () => {
      const { rows } = await here.database.db.execute<{ ms: number }>(
        sql`select extract(epoch from clock_timestamp())::float8 * 1000 as ms`,
      );
      return Number(rows[0]?.ms);
    };
    const asker = async (at: string) => {
      while (turns.length < 60) {
        const slot = await takeAt(at, "send");
        if (!slot) continue;
        const began = await clock();
        const ended = await clock();
        await giveLane(here.database, slot, "answered");
        turns.push({ at, began, ended });
      }
    };
    await Promise.all(Array.from({ length: 40 }, (_, no) => asker(no % 2 === 0 ? accountId : otherId)));
    turns.sort((one, other) => one.began - other.began);
    const gaps = turns.slice(1).map(({ began }, no) => began - (turns[no]?.ended ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(20);
    expect(new Set(turns.map(({ at }) => at)).size).toBe(2);
  });
});
