import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { auditEvent, merchantAccount, store } from "#lib/db/schema.ts";
import { openSecrets } from "#lib/db/seal.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { openCounter } from "#test/counter.ts";
import { makeShop } from "#test/shop.ts";
import { lookUpOrder } from "../look-up-order.ts";
import { putOwnAccount } from "./put-own-account.ts";
import { putOwnStore } from "./put-own-store.ts";
import { testAccount } from "./test-account.ts";
import { findShop, listShops, settingFields } from "./view-shop.ts";

const counter = openCounter();
const { open, hire, control } = counter;
const db = () => counter.database.db;
const owner = () => hire(open().shop.shop.id, "owner");

let serial = 0;
const newCode = () => {
  serial += 1;
  return `N${serial}`;
};
const wish = (code: string, changes: object = {}) => ({
  ...{ isNew: true, code, name: "新店", timeZone: "Asia/Taipei", currency: "TWD", dayCutAt: "02:00" },
  ...changes,
});
const lines = async (subject: string) =>
  (await db().select().from(auditEvent).where(eq(auditEvent.subject, subject))).map(
    ({ action, outcome }) => `${action} ${outcome}`,
  );
/** The owner as the next call reads her: the stores may be more by now. */
async function again(who: CurrentStaff): Promise<CurrentStaff> {
  const { rows } = await db().execute<{ store_id: string }>(
    `select store_id from staff_store where staff_id = '${who.staffId}'`,
  );
  return { ...who, storeIds: rows.map((row) => row.store_id) };
}
/** A merchant of its own for every account: two accounts of one merchant would have two lanes, and the gateway counts one. */
async function newMerchant(): Promise<Record<string, string | boolean>> {
  serial += 1;
  const mchId = `SHOP${serial}`;
  const passwords = { tradePassword: "1234", refundPassword: "0000" };
  await control("POST", "merchants", { mchId, ...passwords });
  const merchants: { mchId: string; ivs: string[] }[] = await control("GET", "merchants");
  const iv = merchants.find((one) => one.mchId === mchId)?.ivs[0] ?? "";
  const { slug: _slug, store: _store, gateway: _gateway, ...rest } = open().simulator.entry;
  return { ...(rest as Record<string, string | boolean>), merchantId: mchId, iv, ...passwords };
}

describe("a store", () => {
  test("is opened by an owner, who works there from then on; a second one with its code is refused", async () => {
    const who = await owner();
    const code = newCode();
    expect(await putOwnStore(open().ctx, who, wish(code))).toEqual({ ok: true, value: null });
    expect(await findShop(open().ctx, await again(who), code)).toMatchObject({
      ...{ name: "新店", accounts: [], gateways: ["scan2pay"] },
    });
    expect(await putOwnStore(open().ctx, who, wish(code, { name: "other" }))).toEqual({
      ...{ ok: false, refusal: { why: "storeTaken" } },
    });
    expect(await lines(code)).toEqual(["change-store done", "change-store refused"]);
  });

  test("takes another name and hour of its day, never another zone or currency", async () => {
    const who = await owner();
    const code = newCode();
    await putOwnStore(open().ctx, who, wish(code));
    const change = wish(code, {
      isNew: false,
      name: "Siam",
      dayCutAt: "05:00",
      currency: "THB",
      timeZone: "Asia/Bangkok",
    });
    expect(await putOwnStore(open().ctx, who, change)).toEqual({ ok: true, value: null });
    const [row] = await db().select().from(store).where(eq(store.code, code));
    expect(row).toMatchObject({ name: "Siam", dayCutAt: "05:00", currency: "TWD", timeZone: "Asia/Taipei" });
  });

  test.each([
    [{ code: "" }, "code"],
    [{ name: "" }, "name"],
    [{ dayCutAt: "25:00" }, "dayCutAt"],
    [{ currency: "USD" }, "currency"],
  ])("with %j is refused beside its field, and nothing is written", async (change, field) => {
    const code = newCode();
    const answer = await putOwnStore(open().ctx, await owner(), wish(code, change));
    expect(answer).toMatchObject({ refusal: { why: "badInput", fields: { [field]: expect.any(String) } } });
    expect(await lines(code)).toEqual([]);
  });

  test("of another owner is not there; managers, cashiers and auditors open none", async () => {
    const { shop } = await makeShop(counter.database);
    const change = wish(shop.code, { isNew: false, name: "mine" });
    expect(await putOwnStore(open().ctx, await owner(), change)).toEqual({
      ...{ ok: false, refusal: { why: "notFound" } },
    });
    for (const role of ["cashier", "manager", "auditor"] as const) {
      const code = newCode();
      const answer = await putOwnStore(open().ctx, await hire(open().shop.shop.id, role), wish(code));
      expect(answer).toEqual({ ok: false, refusal: { why: "notAllowed" } });
      expect(await lines(code)).toEqual(["change-store refused"]);
    }
  });
});

describe("a merchant account", () => {
  async function shopOf(who: CurrentStaff): Promise<string> {
    const code = newCode();
    await putOwnStore(open().ctx, who, wish(code));
    return code;
  }
  async function put(who: CurrentStaff, storeCode: string, changes: object = {}) {
    return putOwnAccount(open().ctx, who, {
      ...{ isNew: true, storeCode, slug: `acc-${storeCode.toLowerCase()}`, gateway: "scan2pay" as const },
      settings: await newMerchant(),
      ...changes,
    });
  }

  test("opened at the page works at once: its keys are tested, and an order of its gateway is found", async () => {
    const first = await owner();
    const code = await shopOf(first);
    const who = await again(first);
    const settings = await newMerchant();
    expect(await put(who, code, { settings })).toEqual({ ok: true, value: null });
    const slug = `acc-${code.toLowerCase()}`;
    expect(await testAccount(open().ctx, who, { account: slug })).toEqual({ ok: true, value: null });
    await control("POST", "orders", {
      ...{ storeOrderNo: "SHOP1", totalFee: 50, state: "paid", mchId: settings.merchantId },
    });
    expect(await lookUpOrder(open().ctx, who, "SHOP1")).toMatchObject({ ok: true });
    expect(await lines(slug)).toEqual(["change-account done", "test-credentials done"]);
  });

  test("shows no secret to anybody, and none stands in the audit", async () => {
    const first = await owner();
    const code = await shopOf(first);
    const who = await again(first);
    const settings = await newMerchant();
    await put(who, code, { settings });
    const [account = null] = (await findShop(open().ctx, who, code))?.accounts ?? [];
    const secrets = ["1234", "0000", String(settings.iv)];
    const [row] = await db()
      .select()
      .from(merchantAccount)
      .where(eq(merchantAccount.slug, account?.slug ?? ""));
    const stored = Object.values(openSecrets(account?.slug ?? "", row?.sealedSecrets ?? Buffer.alloc(0)));
    const shown = JSON.stringify([await listShops(open().ctx, who), settingFields("scan2pay", account)]);
    const audit = JSON.stringify(
      await db()
        .select()
        .from(auditEvent)
        .where(eq(auditEvent.subject, account?.slug ?? "")),
    );
    for (const secret of [...secrets.slice(2), ...stored]) {
      expect(shown).not.toContain(secret);
      expect(audit).not.toContain(secret);
    }
    expect(settingFields("scan2pay", account).find(({ name }) => name === "merchantId")?.start).toBe(
      settings.merchantId,
    );
  });

  test("with a wrong key says so when it is tested; typed again, it works", async () => {
    const first = await owner();
    const code = await shopOf(first);
    const who = await again(first);
    const account = `acc-${code.toLowerCase()}`;
    const settings = await newMerchant();
    await put(who, code, { settings: { ...settings, tradePassword: "not this" } });
    expect(await testAccount(open().ctx, who, { account })).toEqual({
      ok: false,
      refusal: { why: "keyRefused" },
    });
    expect(await put(who, code, { isNew: false, settings })).toEqual({ ok: true, value: null });
    expect(await testAccount(open().ctx, who, { account })).toEqual({ ok: true, value: null });
  });

  test("with a missing setting, a private address, a taken name or another currency is refused", async () => {
    const first = await owner();
    const code = await shopOf(first);
    const who = await again(first);
    const settings = await newMerchant();
    expect(await put(who, code, { settings: { ...settings, iv: "" } })).toMatchObject({
      refusal: { why: "badInput", fields: { iv: "settingWrong" } },
    });
    expect(await put(who, code, { settings: { ...settings, url: "https://192.168.1.1/" } })).toMatchObject({
      refusal: { why: "badInput", fields: { url: "settingWrong" } },
    });
    expect(await put(who, code, { slug: "Not A Slug" })).toMatchObject({
      refusal: { why: "badInput", fields: { slug: "slugShape" } },
    });
    expect(await put(who, code, { slug: open().shop.account.slug })).toEqual({
      ...{ ok: false, refusal: { why: "slugTaken" } },
    });
    const baht = newCode();
    await putOwnStore(open().ctx, who, wish(baht, { currency: "THB", timeZone: "Asia/Bangkok" }));
    expect(await put(await again(who), baht)).toEqual({ ok: false, refusal: { why: "currencyOfGateway" } });
  });

  test("of a store of somebody else: neither opened, nor changed, nor tested, and on record", async () => {
    const { shop, account } = await makeShop(counter.database);
    const who = await owner();
    const refused = { ok: false, refusal: { why: "notFound" } };
    expect(await put(who, shop.code)).toEqual(refused);
    expect(await testAccount(open().ctx, who, { account: account.slug })).toEqual(refused);
    for (const role of ["cashier", "manager", "auditor"] as const) {
      const other = await hire(open().shop.shop.id, role);
      const { code } = open().shop.shop;
      expect(await put(other, code)).toEqual({ ok: false, refusal: { why: "notAllowed" } });
      expect(await testAccount(open().ctx, other, { account: open().shop.account.slug })).toEqual({
        ...{ ok: false, refusal: { why: "notAllowed" } },
      });
    }
  });
});
