import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { verifyAudit } from "#lib/db/audit.ts";
import { openDatabase } from "#lib/db/client.ts";
import { auditEvent, refundRequest } from "#lib/db/schema.ts";
import { makeContext } from "#lib/use-cases/app-context.ts";
import type { Context } from "#lib/use-cases/context.ts";
import { requestRefund } from "#lib/use-cases/request-refund.ts";
import { type At, openCounter } from "../counter.ts";

const counter = openCounter({ hasClerk: false });
const { open, order } = counter;
const narrow = openDatabase(counter.url, 2);
afterAll(() => narrow.pool.end());

const form = (at: At, clientRequestId: string) => ({
  ...at,
  ...{ clientRequestId, amountMinor: 1000, reason: "returned" as const, note: "" },
});
const requestsOf = ({ id }: At) =>
  counter.database.db.select().from(refundRequest).where(eq(refundRequest.orderId, id));
const linesOf = ({ id }: At) =>
  counter.database.db.select().from(auditEvent).where(eq(auditEvent.orderId, id));
const press = (ctx: Context, at: At, no: string) => requestRefund(ctx, open().cashier, form(at, no));

test("forty people and two connections: everybody waits their turn, each order has its one request, and the pool is whole", async () => {
  const ctx = makeContext(narrow);
  const orders: At[] = [];
  for (let n = 0; n < 10; n += 1) orders.push(await order("paid"));
  const presses = orders.flatMap((at) => {
    const no = randomUUID();
    return [1, 2, 3, 4].map(() => press(ctx, at, no));
  });
  expect((await Promise.all(presses)).every(({ ok }) => ok)).toBe(true);
  for (const at of orders) expect(await requestsOf(at)).toHaveLength(1);
  expect([narrow.pool.waitingCount, narrow.pool.totalCount <= 2]).toEqual([0, true]);
});

test("somebody holds an order's lock for too long: a clean error, no half request, and the same form works afterwards", async () => {
  const at = await order("paid");
  const ctx = makeContext(narrow);
  const holder = new pg.Client({ connectionString: counter.url });
  await holder.connect();
  await holder.query("begin");
  await holder.query("select 1 from pay_order where id = $1 for update", [at.id]);
  const no = randomUUID();
  const before = (await linesOf(at)).length;
  const ends = await Promise.allSettled([press(ctx, at, no), press(ctx, at, no)]);
  expect(ends.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect([await requestsOf(at), (await linesOf(at)).length]).toEqual([[], before]);
  await holder.query("rollback");
  await holder.end();
  expect(await press(ctx, at, no)).toMatchObject({ ok: true });
  expect(await requestsOf(at)).toHaveLength(1);
  expect(await verifyAudit(counter.database)).toMatchObject({ isWhole: true });
}, 60_000);

test("a connection that its server cuts in the middle of a deed takes the deed with it, and the pool goes on", async () => {
  const at = await order("paid");
  const ctx = makeContext(narrow);
  const { rows } = await narrow.pool.query("select pg_backend_pid() as pid");
  await counter.database.pool.query("select pg_terminate_backend($1, 5000)", [rows[0].pid]);
  const ends = await Promise.allSettled([press(ctx, at, randomUUID()), press(ctx, at, randomUUID())]);
  const asked = (await requestsOf(at)).length;
  expect(asked).toBe(ends.some((end) => end.status === "fulfilled" && end.value.ok) ? 1 : 0);
  await press(ctx, at, randomUUID());
  expect(await requestsOf(at)).toHaveLength(1);
});
