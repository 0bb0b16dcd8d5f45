import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { gatewayLane, queryJob } from "#lib/db/schema.ts";
import { limits } from "#lib/domain/limits.ts";
import { type At, openCounter } from "#test/counter.ts";
import { watchOrderStatus } from "./order-status.ts";

const counter = openCounter();
const { open, control, order } = counter;

const look = (at: At, { sessionId = open().cashier.sessionId, isOpening = false } = {}) =>
  watchOrderStatus(open().ctx, { ...open().cashier, sessionId }, { ...at, isOpening });
const asked = async (at: At): Promise<{ arrivedAt: number; gapMs: number | null }[]> => {
  const arrivals: { storeOrderNo: string; arrivedAt: number; gapMs: number | null }[] = await control(
    "GET",
    "arrivals",
  );
  return arrivals.filter(({ storeOrderNo }) => storeOrderNo === at.orderNo);
};
const lane = () => eq(gatewayLane.accountId, open().shop.account.id);

/** Polls an order from many tabs until the gateway was asked about it `times` more; the spacing of those questions. */
async function watchedBy(tabs: { at: At; sessionId: string }[], times: number) {
  const [first] = tabs;
  if (!first) throw new Error("nobody looks");
  const before = (await asked(first.at)).length;
  await expect
    .poll(
      async () => {
        await Promise.all(tabs.map(({ at, sessionId }) => look(at, { sessionId })));
        return (await asked(first.at)).length - before;
      },
      { timeout: 20_000, interval: 20 },
    )
    .toBeGreaterThanOrEqual(times);
  return (await asked(first.at)).slice(before);
}

describe("the status of a watched order", () => {
  test("scenario 10: five tabs of one order are one question, and forty tabs keep the account's gap", async () => {
    const at = await order("open");
    const five = Array.from({ length: 5 }, () => ({ at, sessionId: open().cashier.sessionId }));
    await watchedBy(five, 5);
    const forty = Array.from({ length: 40 }, () => ({ at, sessionId: randomUUID() }));
    await watchedBy(forty, 5);
    const gaps = (await asked(at)).flatMap(({ gapMs }) => (gapMs === null ? [] : [gapMs]));
    expect(gaps.length).toBeGreaterThan(8);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(50);
    const jobs = await counter.database.db.select().from(queryJob).where(eq(queryJob.orderId, at.id));
    expect(jobs).toHaveLength(1);
    expect((await look(at))?.watchers).toBe(1);
  }, 60_000);

  test("scenario 11: a waiting order that is paid turns to Paid for everybody, and nothing more is asked", async () => {
    const at = await order("open");
    expect(await look(at)).toMatchObject({ state: "waiting", isDone: false });
    await control("POST", `orders/${at.orderNo}/pay`, {});
    for (const sessionId of [open().cashier.sessionId, randomUUID()]) {
      await expect
        .poll(async () => look(at, { sessionId }), { timeout: 10_000 })
        .toMatchObject({ state: "paid", isDone: true, nextCheckAt: null });
    }
    expect(await counter.database.db.select().from(queryJob).where(eq(queryJob.orderId, at.id))).toEqual([]);
  });

  test("a paid order that is opened with an old answer is asked about once more, and the page waits for it", async () => {
    const at = await order("paid");
    await counter.database.db.execute(
      sql`update pay_order set as_of_at = clock_timestamp() - interval '1 hour' where id = ${at.id}`,
    );
    expect(await look(at)).toMatchObject({ isDone: true });
    expect(await look(at, { isOpening: true })).toMatchObject({ isDone: false });
    const before = (await asked(at)).length;
    await expect.poll(async () => look(at), { timeout: 10_000 }).toMatchObject({ isDone: true });
    expect((await asked(at)).length - before).toBeLessThanOrEqual(1);
  });

  test("the next check is told with everything that stands in line before it, and the lane's rest is named", async () => {
    const [at, other] = [await order("open"), await order("open")];
    const { db } = counter.database;
    await look(other);
    await look(at);
    await db
      .update(gatewayLane)
      .set({ breakerUntil: sql`clock_timestamp() + interval '1 minute'` })
      .where(lane());
    await db.execute(sql`
      insert into query_job (order_id, account_id, priority, due_at, last_asked_at)
      select id, account_id, 3, clock_timestamp(), case when id = ${at.id} then clock_timestamp() else clock_timestamp() - interval '9 s' end
        from pay_order where id in (${at.id}, ${other.id})
      on conflict (order_id) do update set priority = 3, last_asked_at = excluded.last_asked_at`);
    const status = await look(at);
    await db.update(gatewayLane).set({ breakerUntil: sql`clock_timestamp()` }).where(lane());
    const inMs = Date.parse(status?.nextCheckAt ?? "") - Date.parse(status?.serverNow ?? "");
    expect(inMs).toBeGreaterThan(59_000 + 575);
    expect(status?.watchers).toBeGreaterThanOrEqual(2);
    expect(inMs).toBeLessThan(60_000 + (status?.watchers ?? 0) * 575);
    expect(status?.quietUntil).toEqual(expect.any(String));
  });

  test("a request that is withdrawn reaches the page with its timeline, though nothing else moved", async () => {
    const at = await order("paid");
    const requestNo = await counter.asked(at);
    const whats = async () => (await look(at))?.order.timeline.map(({ what }) => what);
    expect((await look(at))?.order.step).toMatchObject({ what: "requested", no: requestNo });
    expect(await whats()).toContain("asked");
    await counter.database.db.execute(
      sql`update refund_request set status = 'WITHDRAWN', decided_at = clock_timestamp() where request_no = ${requestNo}`,
    );
    expect(await whats()).toContain("WITHDRAWN");
  });

  test("T19: one order in many sessions counts as one of the thirty a person may watch", async () => {
    const [at, other] = [await order("open"), await order("open")];
    for (let tab = 0; tab < limits.watchedOrdersPerStaffMax; tab += 1)
      await look(at, { sessionId: randomUUID() });
    await look(other);
    const { rows } = await counter.database.db.execute(
      sql`select 1 from order_watch where order_id = ${other.id} and until_at > clock_timestamp()`,
    );
    expect(rows).toHaveLength(1);
  });

  test("scenario 6: another store's order answers like none", async () => {
    const at = await order("open");
    expect(
      await watchOrderStatus(
        open().ctx,
        { ...open().cashier, storeIds: [randomUUID()] },
        { ...at, isOpening: false },
      ),
    ).toBeNull();
  });
});
