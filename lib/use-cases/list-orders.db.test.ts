import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { payOrder } from "#lib/db/schema.ts";
import { limits } from "#lib/domain/limits.ts";
import { readOrderFilter } from "#lib/domain/order-filter.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { freshDatabase } from "#test/database.ts";
import { makeShop, makeStaff, staffWith } from "#test/shop.ts";
import { makeContext } from "./app-context.ts";
import { listChoices } from "./list-choices.ts";
import { listOrders } from "./list-orders.ts";

const here = freshDatabase();
type Shop = Awaited<ReturnType<typeof makeShop>>;
let serial = 0;

async function staffOf(...shops: Shop[]): Promise<CurrentStaff> {
  const [first] = shops;
  if (!first) throw new Error("no shop");
  return staffWith(await makeStaff(here.database, first.shop.id, "cashier"), ...shops);
}
async function put({ account }: Shop, values: Partial<typeof payOrder.$inferInsert> = {}) {
  const [row] = await here.database.db
    .insert(payOrder)
    .values({
      accountId: account.id,
      storeId: account.storeId,
      orderNo: `PO${String(++serial).padStart(6, "0")}`,
      currency: "TWD",
      gatewayState: "paid",
      amountMinor: 250,
      paidMinor: 250,
      asOfAt: new Date(),
      ...values,
    })
    .returning();
  if (!row) throw new Error("no order");
  return row;
}
async function list(staff: CurrentStaff, params: Record<string, string> = {}) {
  const ctx = makeContext(here.database);
  const read = readOrderFilter(params, await listChoices(ctx, staff));
  expect(read.faults).toEqual({});
  return listOrders(ctx, staff, read);
}
const numbers = (rows: readonly { orderNo: string }[]) => rows.map(({ orderNo }) => orderNo);
const at = (local: string, zone = "+08:00") => new Date(`2026-03-02T${local}${zone}`);

describe("the order list", () => {
  test("scenario 9: 250 between 14:00 and 14:20 lists the matching orders of her store, with nothing of the customer but the wallet", async () => {
    const [shop, other] = [await makeShop(here.database), await makeShop(here.database)];
    const staff = await staffOf(shop);
    await put(shop, { paidAt: at("13:59:59.999") });
    const first = await put(shop, { paidAt: at("14:00:00"), wallet: "11500", title: "珍珠奶茶" });
    const last = await put(shop, { paidAt: at("14:20:59.999") });
    await put(shop, { paidAt: at("14:21:00") });
    await put(shop, { paidAt: at("14:10:00"), amountMinor: 251 });
    await put(other, { paidAt: at("14:10:00") });
    const { rows, count } = await list(staff, {
      amount: "250",
      day: "2026-03-02",
      from: "14:00",
      to: "14:20",
    });
    expect(numbers(rows)).toEqual([last.orderNo, first.orderNo]);
    expect(count).toBe(2);
    expect(Object.keys(rows[0] ?? {}).sort()).toEqual([
      "account",
      "amountMinor",
      "at",
      "currency",
      "id",
      "orderNo",
      "storeName",
      "timeZone",
      "verdict",
      "wallet",
    ]);
  });

  test("a day is the store's own: 00:30 in Taipei is not yet that day in Bangkok", async () => {
    const [taipei, bangkok] = [await makeShop(here.database), await makeShop(here.database)];
    await here.database.db.execute(
      sql`update store set time_zone = 'Asia/Bangkok' where id = ${bangkok.shop.id}`,
    );
    const moment = at("00:30:00");
    const first = await put(taipei, { paidAt: moment });
    await put(bangkok, { paidAt: moment });
    const staff = await staffOf(taipei, bangkok);
    expect(numbers((await list(staff, { day: "2026-03-02" })).rows)).toEqual([first.orderNo]);
    expect((await list(staff, { day: "2026-03-01", dayTo: "2026-03-02" })).count).toBe(2);
  });

  test("times without a day are today's, and 23:59 has its whole minute", async () => {
    const shop = await makeShop(here.database);
    const staff = await staffOf(shop);
    const { timeZone } = await listChoices(makeContext(here.database), staff);
    const today = (time: string) =>
      sql`((clock_timestamp() at time zone ${timeZone})::date + ${time}::time) at time zone ${timeZone}`;
    const late = await put(shop);
    const early = await put(shop);
    await here.database.db.execute(
      sql`update pay_order set paid_at = ${today("23:59:30")} where id = ${late.id}`,
    );
    await here.database.db.execute(
      sql`update pay_order set paid_at = (${today("23:59:30")}) - interval '1 day' where id = ${early.id}`,
    );
    expect(numbers((await list(staff, { from: "23:59", to: "23:59" })).rows)).toEqual([late.orderNo]);
  });

  test("scenario 3: a whole number is found whatever the filter says, and stands apart; a part of one is not", async () => {
    const shop = await makeShop(here.database);
    const staff = await staffOf(shop);
    const old = await put(shop, { paidAt: at("14:00:00") });
    const params = { day: "2026-04-01", no: old.orderNo };
    expect(await list(staff, params)).toMatchObject({ rows: [], setAside: [{ orderNo: old.orderNo }] });
    expect(await list(staff, { ...params, no: old.orderNo.slice(0, -1) })).toMatchObject({
      rows: [],
      setAside: [],
    });
    expect(await list(staff, { no: old.orderNo })).toMatchObject({
      rows: [{ orderNo: old.orderNo }],
      setAside: [],
    });
    expect((await list(await staffOf(await makeShop(here.database)), params)).setAside).toEqual([]);
  });

  test("an underscore in a number stands for itself", async () => {
    const shop = await makeShop(here.database);
    await put(shop, { orderNo: "AX1" });
    const mine = await put(shop, { orderNo: "A_1" });
    expect(numbers((await list(await staffOf(shop), { no: "A_" })).rows)).toEqual([mine.orderNo]);
  });

  test("pages follow each other newest first without a gap or a repeat, also among orders of one moment, and lead back", async () => {
    const [one, two] = [await makeShop(here.database), await makeShop(here.database)];
    const size = limits.listPageSize;
    for (let n = 0; n < size + 5; n += 1)
      await put(n % 2 ? one : two, { paidAt: at(n < 30 ? "14:00:00" : "15:00:00") });
    const staff = await staffOf(one, two);
    const first = await list(staff);
    expect(first).toMatchObject({ newer: null, count: size + 5 });
    const cursor = ({ at: when, id }: { at: string; id: string }) => `${when}~${id}`;
    if (!first.older) throw new Error("there is a second page");
    const second = await list(staff, { before: cursor(first.older) });
    expect(second.rows).toHaveLength(5);
    expect(second.older).toBeNull();
    const all = numbers([...first.rows, ...second.rows]);
    expect(new Set(all).size).toBe(size + 5);
    if (!second.newer) throw new Error("there is a way back");
    const back = await list(staff, { after: cursor(second.newer) });
    expect(numbers(back.rows)).toEqual(numbers(first.rows));
    expect(back.newer).toBeNull();
  });
});
