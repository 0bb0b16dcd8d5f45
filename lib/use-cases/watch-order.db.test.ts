import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { queryJob } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { openCounter } from "#test/counter.ts";
import { findWatched } from "./order-books.ts";
import { watchOrder } from "./watch-order.ts";

const counter = openCounter({ hasClerk: false });
const { open, order } = counter;

test("a page that looks while an answer is being stored waits its turn: neither takes the other down", async () => {
  const at = await order("open");
  const { db } = counter.database;
  const books = await findWatched(db, open().cashier, at);
  if (!books) throw new Error("no order");
  const look = (staff: CurrentStaff) => watchOrder(counter.database, staff, books, { isOpening: true });
  await look(open().cashier);
  const pages: Promise<void>[] = [];
  await withTx(counter.database, async (tx) => {
    await tx.execute(sql`select 1 from pay_order where id = ${at.id} for update`);
    pages.push(look(open().manager));
    // The page's statement is under way and waits before this transaction takes its second lock.
    await expect
      .poll(async () => {
        const { rows } = await db.execute(sql`
          select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
        return rows.length;
      })
      .toBeGreaterThan(0);
    await tx.execute(sql`delete from query_job where order_id = ${at.id}`);
  });
  await Promise.all(pages);
  expect((await db.select().from(queryJob)).filter(({ orderId }) => orderId === at.id)).toHaveLength(1);
});

test("a page that polls writes once in ten seconds, renews its interest in time, and puts back a question that is gone", async () => {
  const at = await order("open");
  const { db } = counter.database;
  const poll = async () => {
    const books = await findWatched(db, open().cashier, at);
    if (!books) throw new Error("no order");
    return watchOrder(counter.database, open().cashier, books, { isOpening: false });
  };
  /** The transaction that wrote the page's interest last, and how much of it is left. */
  const noted = async () => {
    const { rows } = await db.execute<{ by: string; left: number }>(sql`
      select xmin::text as by, extract(epoch from until_at - clock_timestamp())::float as left
        from order_watch where order_id = ${at.id} and session_id = ${open().cashier.sessionId}`);
    return rows[0];
  };
  const leave = (seconds: number) =>
    db.execute(
      sql`update order_watch set until_at = clock_timestamp() + make_interval(secs => ${seconds}) where order_id = ${at.id}`,
    );
  await poll();
  const first = await noted();
  await poll();
  expect((await noted())?.by).toBe(first?.by);
  await leave(16);
  const cut = await noted();
  await poll();
  expect((await noted())?.by).toBe(cut?.by);
  await leave(14.9);
  await poll();
  expect((await noted())?.left).toBeGreaterThan(20);
  await db.execute(sql`delete from query_job where order_id = ${at.id}`);
  await poll();
  expect((await db.select().from(queryJob)).filter(({ orderId }) => orderId === at.id)).toHaveLength(1);
});

test("pages that were opened together do not renew their interest together: each is noted for 25 to 35 seconds, by chance", async () => {
  const at = await order("open");
  const { db } = counter.database;
  const lefts: number[] = [];
  for (let n = 0; n < 12; n += 1) {
    await db.execute(sql`delete from order_watch where order_id = ${at.id}`);
    const books = await findWatched(db, open().cashier, at);
    if (!books) throw new Error("no order");
    await watchOrder(counter.database, open().cashier, books, { isOpening: false });
    const { rows } = await db.execute<{ left: number }>(sql`
      select extract(epoch from until_at - clock_timestamp())::float8 as left from order_watch where order_id = ${at.id}`);
    lefts.push(...rows.map(({ left }) => left));
  }
  expect(lefts).toHaveLength(12);
  expect(Math.min(...lefts)).toBeGreaterThan(20);
  expect(Math.max(...lefts)).toBeLessThanOrEqual(35);
  // Twelve within one second of ten: once in ten thousand million runs.
  expect(Math.max(...lefts) - Math.min(...lefts)).toBeGreaterThan(1);
});
