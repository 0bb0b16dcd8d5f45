import { globSync, readFileSync } from "node:fs";
import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { readStaff } from "#lib/auth/current-staff.ts";
import { signIn } from "#lib/auth/sign-in.ts";
import { merchantAccount, staff, store } from "#lib/db/schema.ts";
import { vectors } from "#lib/gateway/scan2pay/fixtures/vectors.ts";
import { freshDatabase } from "#test/database.ts";
import { makeContext } from "./app-context.ts";
import { provision } from "./provision.ts";

const here = freshDatabase();
const secrets = { tradePassword: "canary-trade-1", refundPassword: "canary-refund-1" };
const password = "canary-password-1";

const shop = {
  stores: [{ code: "90001", name: "示範店", timeZone: "Asia/Taipei", currency: "TWD", dayCutAt: "02:00" }],
  merchantAccounts: [
    {
      ...{ slug: "shop", store: "90001", gateway: "scan2pay", merchantId: "S2P90001", partialRefund: true },
      ...{ url: "http://127.0.0.1:4010/general", publicKeyPem: vectors.rsa.publicKeySpkiPem },
      ...{ iv: "1234567890123456", ...secrets },
    },
  ],
  staff: [
    {
      ...{ username: "an", name: "安", role: "cashier", stores: ["90001"], password, pin: "135791" },
      refundLimitMinor: 0,
    },
  ],
};
const [person] = shop.staff;
const [account] = shop.merchantAccounts;
const apply = (file: unknown) => provision(here.database, file);
const rows = async () => {
  const { db } = here.database;
  return [
    await db.select().from(store),
    await db.select().from(merchantAccount),
    await db.select().from(staff),
  ];
};

describe("a provisioning file", () => {
  test("says what it added, and applied again nothing; its account opens with the keys it brought", async () => {
    expect(await apply(shop)).toEqual({
      ok: true,
      value: ["store 90001: added", "merchant account shop: added", "staff an: added"],
    });
    const before = await rows();
    expect(await apply(shop)).toEqual({ ok: true, value: [] });
    expect(await rows()).toEqual(before);
    const [row] = await here.database.db
      .select()
      .from(merchantAccount)
      .where(eq(merchantAccount.slug, "shop"));
    const context = makeContext(here.database);
    expect(await context.openAccount(row?.id ?? "")).toMatchObject({ slug: "shop", storeCode: "90001" });
    expect(row && context.capabilitiesOf(row).refund.canPartial).toBe(true);
  });

  test("changes what it names and leaves the rest alone", async () => {
    const answer = await apply({ staff: [{ ...person, name: "安安" }] });
    expect(answer).toEqual({ ok: true, value: ["staff an: changed"] });
    const renamed = { ...shop, merchantAccounts: [{ ...account, refundPassword: "canary-refund-2" }] };
    expect(await apply({ ...renamed, staff: [] })).toEqual({
      ok: true,
      value: ["merchant account shop: changed"],
    });
  });

  test("two accounts of one merchant at one host share a lane, as the gateway counts them; another merchant or host has its own", async () => {
    const like = (slug: string, other: object) => ({ ...account, slug, ...other });
    const more = [
      like("twin", {}),
      like("far", { url: "http://localhost:4011/general" }),
      like("stranger", { merchantId: "S2P90002" }),
    ];
    const keys = async () => {
      const { rows: all } = await here.database.db.execute<{ slug: string; key: string }>(
        sql`select slug, lane_key as key from gateway_lane join merchant_account on id = account_id`,
      );
      return Object.fromEntries(all.map(({ slug, key }) => [slug, key]));
    };
    await apply({ merchantAccounts: more });
    const first = await keys();
    expect(first.shop).toBe("scan2pay S2P90001 127.0.0.1:4010");
    expect(first.twin).toBe(first.shop);
    expect(new Set(Object.values(first)).size).toBe(3);
    // Accounts of an earlier version get the same ones by the migration.
    await here.database.db.execute(sql`update gateway_lane set lane_key = null`);
    const [file = ""] = globSync("lib/db/migrations/*_lane_key.sql");
    await here.database.pool.query(readFileSync(file, "utf8").split("--> statement-breakpoint").at(-1) ?? "");
    expect(await keys()).toEqual(first);
    await apply({ merchantAccounts: [like("twin", { merchantId: "S2P90003" })] });
    expect((await keys()).twin).toBe("scan2pay S2P90003 127.0.0.1:4010");
  });

  test("a change of role, stores or password ends the sessions of that person", async () => {
    const sid = await signIn(here.database, { username: "an", password, deviceId: "counter-1" });
    if (!sid.ok) throw new Error(sid.refusal.why);
    const read = () => readStaff(here.database, sid.value, { isAction: false });
    await apply({ staff: [{ ...person, name: "安安" }] });
    expect(await read()).not.toBeNull();
    await apply({ staff: [{ ...person, role: "manager" }] });
    expect(await read()).toBeNull();
  });

  test("with one fault anywhere changes nothing, and is answered with every fault and its place", async () => {
    const before = await rows();
    const wrong = {
      stores: [
        { code: "90002", name: "曼谷", timeZone: "Asia/Bankok", currency: "THB", dayCutAt: "24:00" },
        { ...shop.stores[0], code: "90003" },
        { ...shop.stores[0], code: "90003" },
      ],
      merchantAccounts: [
        { ...account, slug: "Shop 1", iv: "iv-kurz", refundPassword: "" },
        { ...account, slug: "other", store: "90009" },
        { ...account, slug: "ksher", gateway: "alipay" },
      ],
      staff: [
        { ...person, username: "bo", pin: "13579x", password: "kurz-77", stores: ["90001", "90009"] },
        { ...person, username: "co", stores: ["90001", "90009"] },
        { ...person, username: "do", role: "king", shoe: 42 },
      ],
    };
    const answer = await apply(wrong);
    expect(answer.ok).toBe(false);
    const places = answer.ok ? [] : answer.refusal.map(({ path }) => path).sort();
    expect(places).toEqual([
      "merchantAccounts.0.iv",
      "merchantAccounts.0.refundPassword",
      "merchantAccounts.0.slug",
      "merchantAccounts.1.store",
      "merchantAccounts.2.gateway",
      "staff.0.password",
      "staff.0.pin",
      "staff.0.stores.1",
      "staff.1.stores.1",
      "staff.2",
      "staff.2.role",
      "stores.0.dayCutAt",
      "stores.0.timeZone",
      "stores.2.code",
    ]);
    const said = JSON.stringify(answer);
    for (const secret of [...Object.values(secrets), password, "13579x", "kurz-77", "iv-kurz"])
      expect(said).not.toContain(secret);
    expect(await rows()).toEqual(before);
  });

  test("an account of another currency than its store is refused", async () => {
    const answer = await apply({
      stores: [{ ...shop.stores[0], code: "90004", currency: "THB" }],
      merchantAccounts: [{ ...account, slug: "mixed", store: "90004" }],
    });
    expect(answer).toEqual({
      ok: false,
      refusal: [
        {
          path: "merchantAccounts.0.store",
          message: "the store's currency is THB, the gateway pays in TWD",
        },
      ],
    });
  });

  test.each([[null], ["text"], [[]], [{ stores: {} }], [{ shops: [] }]])(
    "%j is no such file",
    async (file) => {
      expect((await apply(file)).ok).toBe(false);
    },
  );
});

test("the demo's people enter in demo mode only; named by a file of the shop's own they are people like others", async () => {
  const demo = { staff: [{ ...person, username: "demo-cashier" }] };
  expect(await provision(here.database, demo, { isDemo: true })).toMatchObject({ ok: true });
  const enter = () => signIn(here.database, { username: "demo-cashier", password, deviceId: "counter-1" });
  expect(await enter()).toEqual({ ok: false, refusal: { why: "wrong" } });
  expect(await apply(demo)).toEqual({ ok: true, value: ["staff demo-cashier: changed"] });
  const sid = await enter();
  if (!sid.ok) throw new Error(sid.refusal.why);
  expect(await readStaff(here.database, sid.value, { isAction: false })).not.toBeNull();
  await here.database.db.execute(sql`update staff set is_demo = true where username = 'demo-cashier'`);
  expect(await readStaff(here.database, sid.value, { isAction: false })).toBeNull();
});

describe("an own limit in a provisioning file", () => {
  const limited = (more: object) => ({ ...shop, staff: [{ ...person, username: "bo", ...more }] });
  const bo = async () =>
    (await here.database.db.select().from(staff).where(eq(staff.username, "bo")))[0] ?? null;

  test("counts in the currency of its stores, with the house's limits of a day beside it", async () => {
    expect((await apply(limited({ refundLimitMinor: 500 }))).ok).toBe(true);
    expect(await bo()).toMatchObject({
      ...{ refundLimitMinor: 500, refundLimitCurrency: "TWD", refundDayCountMax: 10 },
      ...{ refundDaySumMinor: 2_500, refundSaleAgeMaxDays: 30 },
    });
  });

  test("leaves what an owner set beside it alone, until the file changes the amount", async () => {
    await here.database.db.update(staff).set({ refundDaySumMinor: 700 }).where(eq(staff.username, "bo"));
    expect(await apply(limited({ refundLimitMinor: 500 }))).toEqual({ ok: true, value: [] });
    expect((await apply(limited({ refundLimitMinor: 500, name: "寶" }))).ok).toBe(true);
    expect(await bo()).toMatchObject({ name: "寶", refundDaySumMinor: 700 });
    expect((await apply(limited({ refundLimitMinor: 300, name: "寶" }))).ok).toBe(true);
    expect(await bo()).toMatchObject({ refundLimitMinor: 300, refundDaySumMinor: 1_500 });
  });

  test("of somebody in stores of two currencies is a fault with its place: nobody knows which of the two is meant", async () => {
    const siam = {
      code: "90002",
      name: "Siam",
      timeZone: "Asia/Bangkok",
      currency: "THB",
      dayCutAt: "00:00",
    };
    const both = { stores: ["90001", "90002"], refundLimitMinor: 1 };
    const file = { ...limited(both), stores: [...shop.stores, siam] };
    expect(await apply(file)).toEqual({
      ...{
        ok: false,
        refusal: [{ path: "staff.0.refundLimitMinor", message: "needs stores of one currency" }],
      },
    });
    expect((await apply({ ...file, staff: [{ ...file.staff[0], refundLimitMinor: 0 }] })).ok).toBe(true);
  });
});
