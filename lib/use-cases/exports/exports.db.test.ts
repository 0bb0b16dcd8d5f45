import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { appendAudit } from "#lib/db/audit.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { readAuditFilter } from "#lib/domain/audit-filter.ts";
import { limits } from "#lib/domain/limits.ts";
import { readOrderFilter } from "#lib/domain/order-filter.ts";
import type { Role } from "#lib/domain/staff.ts";
import { freshDatabase } from "#test/database.ts";
import { makePaidOrder, makeSession, makeShop, makeStaff, staffWith } from "#test/shop.ts";
import { makeContext } from "../app-context.ts";
import { listChoices } from "../list-choices.ts";
import { exportAudit } from "./export-audit.ts";
import { exportOrders } from "./export-orders.ts";
import { cutParts, type ExportPart } from "./export-part.ts";

const here = freshDatabase();
type Shop = Awaited<ReturnType<typeof makeShop>>;
const shops: Shop[] = [];
const home = () => shops[0] as Shop;
const away = () => shops[1] as Shop;
beforeAll(async () => {
  shops.push(await makeShop(here.database), await makeShop(here.database));
});

async function hire(role: Role, ...at: Shop[]) {
  const row = await makeStaff(here.database, at[0]?.shop.id ?? "", role);
  for (const { shop } of at.slice(1))
    await here.database.db.execute(
      sql`insert into staff_store (staff_id, store_id) values (${row.id}, ${shop.id})`,
    );
  return { ...staffWith(row, ...at), sessionId: await makeSession(here.database, row.id, "counter-1") };
}
type Staff = Awaited<ReturnType<typeof hire>>;

async function rowsOf<Row>(parts: AsyncIterable<ExportPart<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const part of parts) rows.push(...part.rows);
  return rows;
}
async function takeOrders(staff: Staff, params: Record<string, string> = {}) {
  const ctx = makeContext(here.database);
  const { filter, faults } = readOrderFilter(params, await listChoices(ctx, staff));
  expect(faults).toEqual({});
  const taken = await exportOrders(ctx, staff, { filter, query: new URLSearchParams(params).toString() });
  return taken.ok ? (await rowsOf(taken.value)).map(({ orderNo }) => orderNo) : taken.refusal.why;
}
async function takeAudit(staff: Staff) {
  const taken = await exportAudit(makeContext(here.database), staff, {
    asked: readAuditFilter({ before: "1" }),
  });
  return taken.ok ? rowsOf(taken.value.parts) : taken.refusal.why;
}
async function lines() {
  const { rows } = await here.database.db.execute<{ said: string }>(
    sql`select concat_ws(' ', action, outcome, facts->>'filter', facts->>'why') as said from audit_event where action like 'export-%' order by seq desc`,
  );
  return rows.map(({ said }) => said);
}

describe("lists as files", () => {
  test("a cashier takes the orders of the own store and never another's; that it was taken is on record with its filter", async () => {
    const mine = await makePaidOrder(here.database, home().account, 250);
    const other = await makePaidOrder(here.database, home().account, 251);
    const theirs = await makePaidOrder(here.database, away().account, 250);
    const cashier = await hire("cashier", home());
    const owner = await hire("owner", home(), away());
    expect(await takeOrders(cashier, { amount: "250" })).toEqual([mine.orderNo]);
    expect((await lines())[0]).toBe("export-orders done amount=250");
    expect(new Set(await takeOrders(cashier))).toEqual(new Set([mine.orderNo, other.orderNo]));
    expect(await takeOrders(owner, { amount: "250" })).toEqual([theirs.orderNo, mine.orderNo]);
    expect(await takeOrders(await hire("cashier", away()), { no: mine.orderNo })).toEqual([]);
  });

  test("a list filtered by its state holds that state alone", async () => {
    const shop = await makeShop(here.database);
    const manager = await hire("manager", shop);
    const paid = await makePaidOrder(here.database, shop.account, 100);
    const waiting = await makePaidOrder(here.database, shop.account, 100);
    await here.database.db.execute(
      sql`update pay_order set as_of_at = clock_timestamp() where store_id = ${shop.shop.id}`,
    );
    await here.database.db.execute(
      sql`update pay_order set gateway_state = 'waiting', paid_minor = 0 where id = ${waiting.id}`,
    );
    expect(await takeOrders(manager, { state: "paid" })).toEqual([paid.orderNo]);
    expect(await takeOrders(manager, { state: "waiting" })).toEqual([waiting.orderNo]);
  });

  test("more orders than one part come once each, newest first, also those of one moment", async () => {
    const shop = await makeShop(here.database);
    const count = limits.exportPartRows * 2 + 1;
    await here.database.db.execute(sql`
      insert into pay_order (account_id, store_id, order_no, currency, gateway_state, amount_minor, paid_minor, paid_at)
      select ${shop.account.id}, ${shop.shop.id}, 'B' || n, 'TWD', 'paid', 100, 100, timestamptz '2026-03-02 06:00Z' + (n / 700) * interval '1 hour'
        from generate_series(1, ${count}::int) n`);
    const taken = [await takeOrders(await hire("manager", shop))].flat();
    expect(taken).toHaveLength(count);
    expect(new Set(taken).size).toBe(count);
    expect(taken.slice(0, 602).filter((no) => Number(no.slice(1)) < 1400)).toEqual([]);
  });

  test("the audit as a file is the reader's own, begins with the line about itself, and holds the note as it was typed", async () => {
    const manager = await hire("manager", home());
    const order = await makePaidOrder(here.database, home().account, 300);
    await here.database.db.execute(sql`
      insert into refund_request (client_request_id, order_id, store_id, amount_minor, currency, reason, note, requested_by, requested_person, expires_at, snapshot, request_no)
      values (gen_random_uuid(), ${order.id}, ${home().shop.id}, 300, 'TWD', 'returned', '=HYPERLINK("http://evil.example")', ${manager.staffId}, ${manager.personId}, clock_timestamp() + interval '1 hour', '{}', 'Q777777')`);
    await withTx(here.database, (tx) =>
      appendAudit(tx, {
        ...{ action: "request-refund", outcome: "done", staffId: manager.staffId, storeId: home().shop.id },
        ...{ orderId: order.id, subject: "Q777777", deviceId: null, facts: { orderNo: order.orderNo } },
      }),
    );
    const rows = await takeAudit(manager);
    if (typeof rows === "string") throw new Error(rows);
    expect(rows[0]).toMatchObject({ action: "export-audit", outcome: "done" });
    expect(rows[1]).toMatchObject({ orderNo: order.orderNo, note: '=HYPERLINK("http://evil.example")' });
    const ofAway = await takeAudit(await hire("manager", away()));
    expect(JSON.stringify(ofAway)).not.toContain(order.orderNo);
    expect(JSON.stringify(await takeAudit(await hire("auditor", away())))).toContain(order.orderNo);
  });

  test("a cashier is refused the audit and somebody whose session is over everything; both are on record", async () => {
    const cashier = await hire("cashier", home());
    expect(await takeAudit(cashier)).toBe("notAllowed");
    expect((await lines())[0]).toBe("export-audit refused  notAllowed");
    await here.database.db.execute(
      sql`update app_session set revoked_at = clock_timestamp() where id = ${cashier.sessionId}`,
    );
    expect(await takeOrders(cashier)).toBe("signedOut");
    expect((await lines())[0]).toBe("export-orders refused  signedOut");
  });
});

describe("a file's end", () => {
  async function* three() {
    yield ["a", "b"];
    yield ["c"];
  }
  const cut = async (max: number) => {
    const parts: ExportPart<string>[] = [];
    for await (const part of cutParts(three(), max)) parts.push(part);
    return { text: parts.flatMap(({ rows }) => rows).join(""), isCut: parts.at(-1)?.isCut };
  };
  test("as many rows as a file holds are all of it; one more and it says that the list goes on", async () => {
    expect(await cut(3)).toEqual({ text: "abc", isCut: false });
    expect(await cut(2)).toEqual({ text: "ab", isCut: true });
    expect(await cut(1)).toEqual({ text: "a", isCut: true });
  });
});
