import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { staff } from "#lib/db/schema.ts";
import type { CurrentStaff, Role } from "#lib/domain/staff.ts";
import { makeContext } from "#lib/use-cases/app-context.ts";
import { freshDatabase } from "#test/database.ts";
import { type Asked, ninetyDays, planted } from "#test/fraud/ninety-days.ts";
import { makeShop, makeStaff, staffWith } from "#test/shop.ts";
import { viewPairs } from "./view-pairs.ts";

const here = freshDatabase();
const db = () => here.database.db;
type Shop = Awaited<ReturnType<typeof makeShop>>;

/** Two stores with their people; each by name. */
async function twoStores() {
  const shops = [await makeShop(here.database), await makeShop(here.database)];
  const people = new Map<string, { id: string; personId: string }>();
  for (const [n, { shop }] of shops.entries())
    for (const name of [
      ...[0, 1, 2].map((k) => `manager ${n}.${k}`),
      ...[0, 1, 2, 3, 4, 5].map((k) => `cashier ${n}.${k}`),
    ]) {
      const row = await makeStaff(here.database, shop.id, name.startsWith("manager") ? "manager" : "cashier");
      await db().update(staff).set({ name }).where(sql`id = ${row.id}`);
      people.set(name, row);
    }
  return { shops, people };
}

type Written = Asked & { readonly hour?: number; readonly isCancelled?: boolean };

/** When it was asked: that many days ago, at this moment of the day or half past `hour` on the store's clock. */
function atOf({ day, hour }: Written): Date {
  const at = new Date(Date.now() - (89 - day) * 86_400_000 - 3_600_000);
  if (hour === undefined) return at;
  const on = new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  return new Date(`${on}T${String(hour).padStart(2, "0")}:30:00+08:00`);
}

/** Writes what was asked and approved into the books as if it had happened on its day. */
async function write({ shops, people }: Awaited<ReturnType<typeof twoStores>>, asked: readonly Written[]) {
  const rows = asked.map((one) => {
    const [by, to, shop] = [people.get(one.requester), people.get(one.approver), shops[one.store]];
    return {
      ...{ order: randomUUID(), at: atOf(one), cancelled: one.isCancelled ? atOf(one) : null },
      ...{ store: shop?.shop.id, account: shop?.account.id },
      ...{ by: by?.id, by_person: by?.personId, to: to?.id, to_person: to?.personId },
    };
  });
  const given = sql`json_to_recordset(${JSON.stringify(rows)}::json) as x("order" uuid, at timestamptz, cancelled timestamptz,
    store uuid, account uuid, "by" uuid, by_person uuid, "to" uuid, to_person uuid)`;
  await db().execute(sql`
    insert into pay_order (id, account_id, store_id, order_no, currency, gateway_state, amount_minor, paid_minor, cancelled_at)
    select "order", account, store, left("order"::text, 32), 'TWD', 'paid', 100, 100, cancelled from ${given}`);
  await db().execute(sql`
    insert into refund_request (client_request_id, order_id, store_id, amount_minor, currency, reason, requested_by, requested_person, requested_at, expires_at, snapshot)
    select "order", "order", store, 100, 'TWD', 'returned', "by", by_person, at, clock_timestamp() + interval '1 day',
           '{"gatewayState":"paid","paidMinor":100,"remainingMinor":100}' from ${given}`);
  await db().execute(sql`
    update refund_request r set status = 'APPROVED', decided_by = x."to", decided_person = x.to_person, decided_at = x.at
      from ${given} where r.order_id = x."order"`);
}

async function reader(role: Role, shops: readonly Shop[]): Promise<CurrentStaff> {
  const [first] = shops;
  if (!first) throw new Error("no store");
  return staffWith(await makeStaff(here.database, first.shop.id, role), ...shops);
}
const report = (who: CurrentStaff) => viewPairs(makeContext(here.database), who);

describe("who approves whom", () => {
  test("T13: ninety days in the books with friends among them: the owner reads every planted pair and no innocent one", async () => {
    const place = await twoStores();
    const asked = ninetyDays(7);
    await write(place, asked);
    const owner = await reader("owner", place.shops);
    const { approvals, pairs } = await report(owner);
    expect(approvals).toBe(asked.length);
    const named = pairs.map(({ names }) => names.toSorted().join(" with ")).toSorted();
    expect(named).toEqual(planted.map((pair) => pair.toSorted().join(" with ")).toSorted());
    for (const { count, expected, share, usualShare } of pairs) {
      expect(count).toBeGreaterThan(expected * 1.25);
      expect(share).toBeGreaterThan(usualShare);
    }
    const [here0] = place.shops;
    const ofOne = await report(await reader("owner", here0 ? [here0] : []));
    expect(ofOne.pairs.map(({ names }) => names.toSorted())).toEqual([["cashier 0.1", "manager 0.0"]]);
    for (const role of ["cashier", "manager"] as const)
      expect(await report(await reader(role, place.shops))).toEqual({ approvals: 0, pairs: [], odd: [] });
  }, 60_000);

  test("T13: refunds of cancelled orders and late at night are named with who asked and who approved, the newest first", async () => {
    const place = await twoStores();
    const one = { store: 0, requester: "cashier 0.0", approver: "manager 0.0" };
    await write(place, [
      { ...one, day: 80, hour: 12 },
      { ...one, day: 81, hour: 23 },
      { ...one, day: 82, hour: 22 },
      { ...one, day: 83, hour: 12, isCancelled: true },
    ]);
    const { odd } = await report(await reader("auditor", place.shops));
    expect(odd.map(({ why, askedBy, decidedBy }) => [why, askedBy, decidedBy])).toEqual([
      [["cancelled"], "cashier 0.0", "manager 0.0"],
      [["lateNight"], "cashier 0.0", "manager 0.0"],
    ]);
  });
});
