import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { readFigures } from "#lib/use-cases/watch-desk/read-figures.ts";
import { openCounter } from "#test/counter.ts";
import { dueAccounts, nextJob } from "./next-job.ts";
import { sweep } from "./sweep.ts";

const counter = openCounter({ hasClerk: false });
const db = () => counter.database.db;
/** So many that PostgreSQL reads an index where there is one that fits. */
const rows = 20_000;
/** Tables that grow with every order and are never emptied. */
const growing = [
  "pay_order",
  "refund_request",
  "money_op",
  "evidence",
  "audit_event",
  "incident",
  "guard_check",
];

/** Years of a shop that is at rest: paid orders, each with a refund that was approved, sent and confirmed. */
beforeAll(async () => {
  const { shop, cashier, manager } = counter.open();
  await db().transaction(async (tx) => {
    // The rows are all settled, which the guards let nobody write in one step.
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql`
      insert into pay_order (account_id, store_id, order_no, currency, gateway_state, amount_minor, paid_minor, paid_at, first_seen_at, as_of_at)
      select ${shop.account.id}, ${shop.shop.id}, 'S' || n, 'TWD', 'refunded', 100, 100, t.at, t.at, clock_timestamp()
        from generate_series(1, ${rows}::int) n, lateral (select clock_timestamp() - n * interval '1 hour' as at) t`);
    await tx.execute(sql`
      insert into refund_request (request_no, client_request_id, order_id, store_id, amount_minor, currency, reason, requested_by, requested_person,
                                  requested_at, expires_at, status, snapshot, decided_by, decided_person, decided_at)
      select 'Q' || o.order_no, gen_random_uuid(), o.id, o.store_id, 100, 'TWD', 'returned', ${cashier.staffId}::uuid, ${cashier.personId}::uuid,
             o.paid_at, o.paid_at + interval '7 days', 'APPROVED', '{}', ${manager.staffId}::uuid, ${manager.personId}::uuid, o.paid_at
        from pay_order o where o.order_no like 'S%'`);
    await tx.execute(sql`
      insert into money_op (kind, order_id, account_id, request_id, amount_minor, currency, merchant_no, requested_person, approved_person,
                            state, evidence_id, created_at, settled_at, confirmed_at)
      select 'REFUND', o.id, o.account_id, r.id, 100, 'TWD', 'M' || o.order_no, r.requested_person, r.decided_person,
             'SUCCEEDED', gen_random_uuid(), o.paid_at, o.paid_at, o.paid_at
        from refund_request r join pay_order o on o.id = r.order_id where o.order_no like 'S%'`);
    await tx.execute(sql`
      insert into evidence (order_id, source, outcome) select id, 'query', 'done' from pay_order where order_no like 'S%'`);
    await tx.execute(sql`
      insert into incident (kind, key, order_id, store_id, account_id, closed_at, closed_why)
      select 'refundedElsewhere', o.order_no, o.id, o.store_id, o.account_id, clock_timestamp(), 'seen' from pay_order o where o.order_no like 'S%'`);
    await tx.execute(sql`
      insert into guard_check (order_id, check_no, account_id, due_at, done_at)
      select id, 1, account_id, clock_timestamp(), clock_timestamp() from pay_order where order_no like 'S%'`);
  });
  for (const table of growing) await db().execute(sql`vacuum analyze ${sql.identifier(table)}`);
});

/** How many rows of the growing tables were read from end to end so far. */
async function readThrough(): Promise<Record<string, number>> {
  // Each connection tells what it counted when it has a moment; here each is asked for it.
  const { pool } = counter.database;
  const all = await Promise.all(Array.from({ length: pool.totalCount }, () => pool.connect()));
  for (const one of all) {
    await one.query("select pg_stat_force_next_flush()");
    await one.query("select 1");
    one.release();
  }
  const { rows: counted } = await db().execute<{ relname: string; read: number }>(
    sql`select relname, seq_tup_read::int8 as read from pg_stat_user_tables`,
  );
  return Object.fromEntries(
    counted.filter(({ relname }) => growing.includes(relname)).map((one) => [one.relname, one.read]),
  );
}

test.each([
  ["which accounts have work", () => dueAccounts(counter.open().ctx)],
  ["what is to be done next", () => nextJob(counter.open().ctx, counter.open().shop.account.id)],
  ["what ran out, died or became a case", () => sweep(counter.open().ctx)],
  ["the figures that are watched", () => readFigures(db())],
])("what the clerk asks over and over reads no years of settled refunds: %s", async (_what, ask) => {
  const before = await readThrough();
  expect(Object.keys(before)).toHaveLength(growing.length);
  for (let n = 0; n < 8; n += 1) await ask();
  expect(await readThrough()).toEqual(before);
});

test("the count of rows that are read from end to end sees such a question", async () => {
  const before = await readThrough();
  await db().execute(sql`select count(title) from pay_order`);
  expect((await readThrough()).pay_order).toBeGreaterThanOrEqual((before.pay_order ?? 0) + rows);
});
