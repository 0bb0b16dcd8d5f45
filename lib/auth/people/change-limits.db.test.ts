import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { auditEvent, staff, staffStore, store } from "#lib/db/schema.ts";
import type { CurrentStaff, Role } from "#lib/domain/staff.ts";
import { freshDatabase } from "#test/database.ts";
import { makeSession, makeShop, makeStaff, staffWith } from "#test/shop.ts";
import { changeLimits } from "./change-limits.ts";
import { findPerson } from "./people-in-sight.ts";

const here = freshDatabase();
const db = () => here.database.db;
type Shop = Awaited<ReturnType<typeof makeShop>>;
let shop: Shop;
let owner: CurrentStaff;

async function hire(role: Role, at: Shop = shop): Promise<CurrentStaff> {
  const row = await makeStaff(here.database, at.shop.id, role);
  const sessionId = await makeSession(here.database, row.id, "counter-1");
  return { ...staffWith(row, at), sessionId };
}
beforeAll(async () => {
  shop = await makeShop(here.database);
  owner = await hire("owner");
});

const typed = { perRefund: "１，０００", dayCount: "5", daySum: "3,000", saleDays: "14" };
const set = (by: CurrentStaff, { username }: CurrentStaff, more: Partial<typeof typed> = {}) =>
  changeLimits(here.database, by, { username, ...typed, ...more });
const limitOf = async ({ staffId }: CurrentStaff) =>
  (await db().select().from(staff).where(eq(staff.id, staffId)))[0]?.refundLimitMinor;
const lines = (subject: string) => db().select().from(auditEvent).where(eq(auditEvent.subject, subject));
const refused = (why: string) => ({ ok: false, refusal: { why } });

describe("own limits", () => {
  test("are set by an owner, and the audit holds what was before and what is now", async () => {
    const cashier = await hire("cashier");
    expect(await set(owner, cashier)).toEqual({ ok: true, value: null });
    expect((await findPerson(db(), owner, cashier.username))?.limits).toEqual({
      ...{ currency: "TWD", perRefundMinor: 1000, dayCountMax: 5, daySumMinor: 3000, saleAgeMaxDays: 14 },
    });
    expect(await set(owner, cashier, { perRefund: "500" })).toMatchObject({ ok: true });
    expect(
      (await lines(cashier.username)).map(({ action, outcome, facts }) => [action, outcome, facts]),
    ).toEqual([
      ["change-limits", "done", expect.objectContaining({ limitMinor: 1000, limitBeforeMinor: 0 })],
      ["change-limits", "done", expect.objectContaining({ limitMinor: 500, limitBeforeMinor: 1000 })],
    ]);
  });

  test("of Siam are read in baht and kept in satang", async () => {
    const siam = await makeShop(here.database);
    await db().update(store).set({ currency: "THB" }).where(eq(store.id, siam.shop.id));
    const [cashier, boss] = [await hire("cashier", siam), await hire("owner", siam)];
    expect((await set(boss, cashier, { perRefund: "500.25" })).ok).toBe(true);
    expect(await limitOf(cashier)).toBe(50_025);
  });

  test("are set by nobody but an owner, and every try is on record", async () => {
    for (const role of ["cashier", "manager", "auditor"] as const) {
      const cashier = await hire("cashier");
      expect(await set(await hire(role), cashier)).toEqual(refused("notAllowed"));
      expect(await limitOf(cashier)).toBe(0);
      expect((await lines(cashier.username)).map(({ outcome }) => outcome)).toEqual(["refused"]);
    }
  });

  test("scenario 48: nobody sets their own, under whichever of their accounts", async () => {
    const twin = await hire("cashier");
    await db().update(staff).set({ personId: owner.personId }).where(eq(staff.id, twin.staffId));
    expect(await set(owner, owner)).toEqual(refused("notYourself"));
    expect(await set(owner, twin)).toEqual(refused("notYourself"));
    expect(await limitOf(twin)).toBe(0);
  });

  test("are nothing for a role that asks for no refunds", async () => {
    for (const role of ["owner", "auditor"] as const)
      expect(await set(owner, await hire(role))).toEqual(refused("asksNothing"));
    expect((await set(owner, await hire("manager"))).ok).toBe(true);
  });

  test("are not set for people of another shop, nor for somebody who works there too", async () => {
    const other = await makeShop(here.database);
    expect(await set(owner, await hire("cashier", other))).toEqual(refused("notFound"));
    const both = await hire("cashier");
    await db().insert(staffStore).values({ staffId: both.staffId, storeId: other.shop.id });
    expect(await set(owner, both)).toEqual(refused("notYourStore"));
    expect(await limitOf(both)).toBe(0);
  });

  test("are not set where two currencies are meant", async () => {
    const siam = await makeShop(here.database);
    await db().update(store).set({ currency: "THB" }).where(eq(store.id, siam.shop.id));
    const boss = await hire("owner");
    const cashier = await hire("cashier");
    for (const { staffId } of [boss, cashier])
      await db().insert(staffStore).values({ staffId, storeId: siam.shop.id });
    expect(await set(boss, cashier)).toEqual(refused("twoCurrencies"));
  });

  test("that are no amounts are refused beside their fields and change nothing", async () => {
    const cashier = await hire("cashier");
    expect(await set(owner, cashier, { perRefund: "1e3", dayCount: "x" })).toEqual({
      ok: false,
      refusal: { why: "badInput", fields: { perRefund: "notANumber", dayCount: "notACount" } },
    });
    expect(await limitOf(cashier)).toBe(0);
    expect((await lines(cashier.username)).map(({ outcome }) => outcome)).toEqual(["refused"]);
  });

  test("two owners who set limits of each other's people at once do not wait for each other", async () => {
    const second = await hire("owner");
    const [one, two] = [await hire("cashier"), await hire("cashier")];
    const both = await Promise.all([set(owner, one), set(second, two), set(owner, two), set(second, one)]);
    expect(both.map(({ ok }) => ok)).toEqual([true, true, true, true]);
  });
});
