import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { auditEvent, installation } from "#lib/db/schema.ts";
import { practiceCases, practiceNo } from "#lib/domain/practice.ts";
import { type CurrentStaff, roles } from "#lib/domain/staff.ts";
import { openCounter } from "#test/counter.ts";
import { makeShop } from "#test/shop.ts";
import { provision } from "../provision.ts";
import { putOwnAccount } from "../shop/put-own-account.ts";
import { beginAnew } from "./begin-anew.ts";
import { payPractice, practise } from "./practise.ts";
import { viewPractice } from "./view-practice.ts";

const counter = openCounter({ hasClerk: false });
const { open, hire, control } = counter;
const db = () => counter.database.db;
const account = () => open().shop.account.slug;
const lines = async (who: CurrentStaff) =>
  (
    await db().select().from(auditEvent).where(eq(auditEvent.staffId, who.staffId)).orderBy(auditEvent.seq)
  ).map(({ action, outcome }) => `${action} ${outcome}`);
const shownAt = async (orderNo: string) => (await control("GET", `orders?storeOrderNo=${orderNo}`))[0];
const launcher = () => {
  const asked: string[] = [];
  return { asked, isThere: () => true, ask: (by: string) => void asked.push(by) };
};

describe("in a desk that is no drill", () => {
  test("T22: nothing to practise is shown, made or paid, and nothing is laid out anew; every try is on record", async () => {
    const manager = await hire(open().shop.shop.id, "manager");
    const notFound = { ok: false, refusal: { why: "notFound" } };
    const orderNo = practiceNo("unpaid", "705299");
    await control("POST", "orders", { storeOrderNo: orderNo, totalFee: 90, mchId: open().simulator.mchId });
    const { asked, ...there } = launcher();
    expect(await viewPractice(open().ctx, manager)).toBeNull();
    expect(await practise(open().ctx, manager, { account: account(), practice: "paid" })).toEqual(notFound);
    expect(await payPractice(open().ctx, manager, { account: account(), orderNo })).toEqual(notFound);
    expect(await beginAnew(open().ctx, manager, there)).toEqual(notFound);
    expect(await lines(manager)).toEqual(["practise refused", "practise refused", "begin-anew refused"]);
    expect(asked).toEqual([]);
    expect(await control("GET", "orders")).toHaveLength(1);
    expect((await shownAt(orderNo)).effects).toEqual([]);
  });
});

describe("in a drill", () => {
  beforeAll(() => db().update(installation).set({ isDrill: true }));

  async function made(who: CurrentStaff, practice: (typeof practiceCases)[number]): Promise<string> {
    const answer = await practise(open().ctx, who, { account: account(), practice });
    if (!answer.ok) throw new Error(answer.refusal.why);
    return answer.value.orderNo;
  }

  test("everybody makes every case at a store of theirs; each is at the gateway as it was asked for, and on record", async () => {
    const states = {
      ...{ paid: "paid", unpaid: "open", cancelThenPaid: "open", lostAnswer: "paid", refusedRefund: "paid" },
      ...{ gatewayAway: "paid", refundedElsewhere: "refunded" },
    };
    for (const role of roles) {
      const who = await hire(open().shop.shop.id, role);
      for (const practice of practiceCases)
        expect([practice, (await shownAt(await made(who, practice))).state]).toEqual([
          practice,
          states[practice],
        ]);
      expect(await lines(who)).toEqual(practiceCases.map(() => "practise done"));
    }
    const faults: { kind: string }[] = await control("GET", "faults");
    expect(new Set(faults.map(({ kind }) => kind))).toEqual(
      new Set(["lost-after-effect", "refund-fail", "http-status"]),
    );
  });

  test("what was made is shown to whoever works at the store, the newest first, and to nobody else", async () => {
    const { cashier } = open();
    const orderNo = await made(cashier, "unpaid");
    const view = await viewPractice(open().ctx, cashier);
    expect(view?.accounts.map(({ slug }) => slug)).toEqual([account()]);
    expect(view?.made).toHaveLength(12);
    expect(view?.made.find((one) => one.orderNo === orderNo)).toMatchObject({
      ...{ practice: "unpaid", amountMinor: 240, currency: "TWD", canPay: true },
    });
    const elsewhere = await makeShop(counter.database);
    const stranger = await hire(elsewhere.shop.id, "manager");
    expect(await viewPractice(open().ctx, stranger)).toEqual({ accounts: [], made: [] });
    const wish = { account: account(), practice: "paid" as const };
    expect(await practise(open().ctx, stranger, wish)).toEqual({ ok: false, refusal: { why: "notFound" } });
    expect(await lines(stranger)).toEqual(["practise refused"]);
  });

  test("the customer pays once, and no order but one to practise with", async () => {
    const { cashier } = open();
    const orderNo = await made(cashier, "cancelThenPaid");
    const pay = (no: string) => payPractice(open().ctx, cashier, { account: account(), orderNo: no });
    expect(await pay(orderNo)).toEqual({ ok: true, value: null });
    expect(await pay(orderNo)).toEqual({ ok: false, refusal: { why: "noMorePay" } });
    expect((await shownAt(orderNo)).effects).toMatchObject([{ kind: "pay" }]);
    const { orderNo: other } = await counter.order("open");
    expect(await pay(other)).toEqual({ ok: false, refusal: { why: "notFound" } });
    expect((await shownAt(other)).effects).toEqual([]);
  });

  test("managers and owners begin anew, nobody else, and only where somebody keeps the books", async () => {
    for (const role of roles) {
      const who = await hire(open().shop.shop.id, role);
      const { asked, ...there } = launcher();
      const may = role === "manager" || role === "owner";
      const answer = await beginAnew(open().ctx, who, there);
      expect([role, answer.ok ? "begun" : answer.refusal.why]).toEqual([role, may ? "begun" : "notAllowed"]);
      expect(asked).toEqual(may ? [who.username] : []);
      expect(await lines(who)).toEqual([`begin-anew ${may ? "done" : "refused"}`]);
    }
    const gone = { isThere: () => false, ask: () => expect.unreachable() };
    expect(await beginAnew(open().ctx, open().manager, gone)).toEqual({
      ...{ ok: false, refusal: { why: "noLauncher" } },
    });
  });

  test("T22: no owner sets up an account of another payment company there", async () => {
    const { slug, store: _store, gateway: _gateway, ...entry } = open().simulator.entry;
    const settings = entry as Record<string, string | boolean>;
    const owner = await hire(open().shop.shop.id, "owner");
    const { code } = open().shop.shop;
    const wish = {
      isNew: false,
      storeCode: code,
      slug: String(slug),
      gateway: "scan2pay" as const,
      settings,
    };
    expect(await putOwnAccount(open().ctx, owner, wish)).toEqual({
      ...{ ok: false, refusal: { why: "notInDrill" } },
    });
    expect(await lines(owner)).toEqual(["change-account refused"]);
  });

  test("T22: no file brings anything but the demo into the books of a drill", async () => {
    const store = { code: "00077", name: "二店", timeZone: "Asia/Taipei", currency: "TWD" };
    expect(await provision(counter.database, { stores: [store] })).toEqual({
      ok: false,
      refusal: [{ path: "installation", message: expect.stringContaining("books of a drill") }],
    });
    expect((await provision(counter.database, { stores: [store] }, { isDemo: true })).ok).toBe(true);
  });
});

describe("in a drill of a store in Siam", () => {
  const siam = openCounter({ isKsher: true, hasClerk: false });
  beforeAll(() => siam.database.db.update(installation).set({ isDrill: true }));

  test("every case is made at its gateway too, in whole baht", async () => {
    const { ctx, cashier, shop } = siam.open();
    for (const practice of practiceCases) {
      const answer = await practise(ctx, cashier, { account: shop.account.slug, practice });
      if (!answer.ok) throw new Error(`${practice}: ${answer.refusal.why}`);
    }
    const view = await viewPractice(ctx, cashier);
    expect(view?.made.map(({ practice }) => practice).toSorted()).toEqual([...practiceCases].toSorted());
    expect(
      view?.made.every(({ amountMinor, currency }) => currency === "THB" && amountMinor % 100 === 0),
    ).toBe(true);
    const waiting = view?.made.find(({ practice }) => practice === "unpaid");
    const pay = { account: shop.account.slug, orderNo: waiting?.orderNo ?? "" };
    expect(await payPractice(ctx, cashier, pay)).toEqual({ ok: true, value: null });
  });
});
