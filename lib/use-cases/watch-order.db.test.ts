import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { queryJob } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { openCounter } from "#test/counter.ts";
import { readBooks } from "./order-books.ts";
import { watchOrder } from "./watch-order.ts";

const counter = openCounter({ hasClerk: false });
const { open, order } = counter;

test("a page that looks while an answer is being stored waits its turn: neither takes the other down", async () => {
  const at = await order("open");
  const { db } = counter.database;
  const books = await readBooks(db, at.id);
  const look = () => watchOrder(db, open().cashier, books, { isOpening: true });
  await look();
  const pages: Promise<void>[] = [];
  await withTx(counter.database, async (tx) => {
    await tx.execute(sql`select 1 from pay_order where id = ${at.id} for update`);
    pages.push(look());
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
