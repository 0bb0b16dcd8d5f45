import { sql } from "drizzle-orm";
import type { PoolClient } from "pg";
import { beforeAll, expect, test } from "vitest";
import { readAuditFilter } from "#lib/domain/audit-filter.ts";
import type { OrderFilter } from "#lib/domain/order-filter.ts";
import { openCounter } from "#test/counter.ts";
import { dueAccounts, nextJob } from "./find-out/next-job.ts";
import { sweep } from "./find-out/sweep.ts";
import { listAttention } from "./incidents/view-attention.ts";
import { findExact, listOrders } from "./list-orders.ts";
import { listApprovals, listOwn, slowestTodayMs, watchWaiting } from "./requests/list-requests.ts";
import { listAudit } from "./view-audit.ts";
import { viewCounter } from "./view-counter.ts";
import { readFigures } from "./watch-desk/read-figures.ts";
import { viewStatus } from "./watch-desk/view-status.ts";

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

/** Does something with so many connections of the pool, each another one. */
async function withEach(count: number, work: (one: PoolClient) => Promise<void>): Promise<PoolClient[]> {
  const all = await Promise.all(Array.from({ length: count }, () => counter.database.pool.connect()));
  for (const one of all) {
    await work(one);
    one.release();
  }
  return all;
}

/** How many rows of each growing table were read so far, from end to end or by an index. */
async function readSoFar(): Promise<Record<string, number>> {
  // Each connection tells what it counted when it has a moment; here each is asked for it.
  await withEach(counter.database.pool.totalCount, async (one) => {
    await one.query("select pg_stat_force_next_flush()");
    await one.query("select 1");
  });
  const { rows: counted } = await db().execute<{ relname: string; read: number }>(
    sql`select relname, (seq_tup_read + coalesce(idx_tup_fetch, 0))::int8 as read from pg_stat_user_tables`,
  );
  return Object.fromEntries(
    counted.filter(({ relname }) => growing.includes(relname)).map((one) => [one.relname, one.read]),
  );
}

const times = 8;

/** The tables of which one question reads a tenth or more. */
async function readThroughBy(ask: () => Promise<unknown>): Promise<string[]> {
  const before = await readSoFar();
  for (let n = 0; n < times; n += 1) await ask();
  const after = await readSoFar();
  expect(Object.keys(after)).toHaveLength(growing.length);
  return growing.filter((table) => ((after[table] ?? 0) - (before[table] ?? 0)) / times >= rows / 10);
}

test.each([
  ["which accounts have work", () => dueAccounts(counter.open().ctx)],
  ["what is to be done next", () => nextJob(counter.open().ctx, counter.open().shop.account.id)],
  ["what ran out, died or became a case", () => sweep(counter.open().ctx)],
  ["the figures that are watched", () => readFigures(db())],
])("what the clerk asks over and over reads no years of settled refunds: %s", async (_what, ask) => {
  expect(await readThroughBy(ask)).toEqual([]);
});

const lastWeek = new Date(Date.now() - 7 * 86_400_000).toISOString().slice(0, 10);
const viewer = (who: "cashier" | "manager") => [counter.open().ctx, counter.open()[who]] as const;

test.each([
  ["the counter", () => viewCounter(...viewer("cashier"))],
  ["a cashier's requests", () => listOwn(...viewer("cashier"))],
  ["the bell of approvals", () => watchWaiting(...viewer("manager"))],
  ["approvals that wait", () => listApprovals(...viewer("manager"), "waiting")],
  ["what was decided today", () => listApprovals(...viewer("manager"), "decided")],
  ["what one decided oneself", () => listApprovals(...viewer("manager"), "mine")],
  ["the slowest decision of today", () => slowestTodayMs(...viewer("manager"))],
  ["the audit", () => listAudit(...viewer("manager"), readAuditFilter({}))],
  ["cases", () => listAttention(...viewer("manager"))],
  ["how the gateways are", () => viewStatus(...viewer("cashier"))],
])("a page that is opened all day reads no years of settled refunds: %s", async (_what, open) => {
  expect(await readThroughBy(open)).toEqual([]);
});

test("a question that reads a table through is seen, whether it reads it from end to end or by an index", async () => {
  expect(await readThroughBy(() => db().execute(sql`select count(title) from pay_order`))).toEqual([
    "pay_order",
  ]);
  const byIndex = sql`select count(title) from pay_order where store_id = ${counter.open().shop.shop.id} and first_seen_at > 'epoch'`;
  const work = () =>
    db().transaction(async (tx) => {
      await tx.execute(sql`set local enable_seqscan = off`);
      await tx.execute(byIndex);
    });
  expect(await readThroughBy(work)).toEqual(["pay_order"]);
});

/** Plans of what is asked in `work`, exactly as it was asked and as it ran (PostgreSQL's manual, auto_explain). */
async function plansOf(work: () => Promise<unknown>): Promise<string[]> {
  const { pool } = counter.database;
  const plans: string[] = [];
  const hear = ({ message }: { message?: string }) => void plans.push(message ?? "");
  const all = await withEach(pool.options.max ?? 1, async (one) => {
    await one.query("load 'auto_explain'");
    await one.query("set client_min_messages = log");
    await one.query("set auto_explain.log_min_duration = 0");
    one.on("notice", hear);
  });
  await work();
  for (const one of all) one.off("notice", hear);
  return plans.filter((plan) => plan.includes("pay_order"));
}

const everything: OrderFilter = {
  ...{ no: null, store: null, account: null, state: null, amountMin: null, amountMax: null },
  ...{ day: null, dayTo: null, from: null, to: null },
};
const list = (filter: Partial<OrderFilter>, before: { at: string; id: string } | null = null) =>
  listOrders(...viewer("cashier"), { filter: { ...everything, ...filter }, before, after: null });

test.each([
  ["a whole number", "pay_order_no", () => findExact(...viewer("cashier"), "S12345")],
  ["the beginning of a number", "pay_order_no", () => list({ no: "S1234" })],
  ["the newest page", "pay_order_store_happened", () => list({})],
  ["a page behind it", "pay_order_store_happened", async () => list({}, (await list({})).older)],
  ["a day of a state", "pay_order_store_happened", () => list({ state: "refunded", day: lastWeek })],
])("EXPLAIN: %s is read by %s, and no list reads all orders", async (_what, index, ask) => {
  const plans = await plansOf(ask);
  expect(plans.join("\n")).toMatch(new RegExp(`Index (Only )?Scan .*${index}`));
  expect(plans.filter((plan) => plan.includes("Seq Scan on pay_order"))).toEqual([]);
});

test("EXPLAIN: a plan that reads all orders is seen", async () => {
  const plans = await plansOf(() => db().execute(sql`select count(title) from pay_order`));
  expect(plans.join("\n")).toContain("Seq Scan on pay_order");
});
