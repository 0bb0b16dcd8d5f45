import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Simulator, startKsherSimulator } from "../server.ts";
import { defaultSettings } from "../state/settings.ts";
import { type Caller, callerOf } from "../testing/caller.ts";

let simulator: Simulator;
let caller: Caller;
let serial = 0;
beforeAll(async () => {
  simulator = await startKsherSimulator({ settings: { queryGapMs: 0 } });
  caller = await callerOf(simulator);
});
afterAll(() => simulator.close());

const made = (changes: object = {}) => ({
  mch_order_no: `G${serial}`,
  total_fee: "15050",
  fee_type: "THB",
  channel_list: "promptpay,truemoney,card",
  product_name: "ชาเย็น 2 แก้ว",
  ...changes,
});
async function newOrder(changes: object = {}): Promise<string> {
  serial += 1;
  expect((await caller.call("gateway_pay", made(changes))).code).toBe(0);
  return `G${serial}`;
}
const act = (no: string, action: string, body: object = {}) =>
  caller.control("POST", `orders/${no}/${action}`, body);
const query = async (no: string) => {
  const answer = await caller.call("gateway_order_query", { mch_order_no: no });
  expect(answer.isVerified).toBe(true);
  return answer.data;
};
const resultOf = async (no: string) => (await query(no)).result;
const cancel = async (no: string) => (await caller.call("cancel_order", { mch_order_no: no })).code;
const set = (settings: object) =>
  caller.control("POST", "settings", { ...defaultSettings, queryGapMs: 0, ...settings });

describe("an order's life, as gateway_order_query tells it", () => {
  test("fresh: NOTSURE, with the payment's number and empty texts where nothing is known", async () => {
    const data = await query(await newOrder());
    expect(data).toMatchObject({ result: "NOTSURE", total_fee: 15_050, cash_fee: "", ksher_order_no: "" });
    expect(data.pay_mch_order_no).toMatch(/^\d{16}$/);
  });

  test.each([
    ["start", { channel: "truemoney" }],
    ["otp", {}],
  ])(
    "being paid (%s): USERPAYING or PENDING; confirmed: SUCCESS; given up: PAYERROR, then paid after all",
    async (action, body) => {
      await set({ payingShownAs: "USERPAYING" });
      const [order, other] = [await newOrder(), await newOrder()];
      for (const one of [order, other]) await act(one, action, body);
      expect(await resultOf(order)).toBe("USERPAYING");
      await set({ payingShownAs: "PENDING" });
      expect(await resultOf(order)).toBe("PENDING");
      await act(order, "finish");
      expect(await query(order)).toMatchObject({ result: "SUCCESS", cash_fee: 15_050, rate: "1.000000" });
      await act(other, "drop");
      expect(await resultOf(other)).toBe("PAYERROR");
      await act(other, "pay");
      expect(await resultOf(other)).toBe("SUCCESS");
    },
  );

  test("paid: numbers in the documented forms", async () => {
    const order = await newOrder();
    await act(order, "pay", { channel: "card" });
    const data = await query(order);
    expect(data.ksher_order_no).toMatch(/^600\d{20}$/);
    expect(data.time_end).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    expect(data.channel).toBe("card");
  });

  test("refused: PAYERROR; out of time: CLOSED, at the minute of expire_time and not before", async () => {
    const [refused, late] = [await newOrder(), await newOrder({ expire_time: "15" })];
    await act(refused, "refuse");
    expect(await resultOf(refused)).toBe("PAYERROR");
    await caller.control("POST", "clock", { frozen: true });
    const [shown] = (await caller.control("GET", `orders?storeOrderNo=${late}`)) as { expiresAt: number }[];
    await caller.control("POST", "clock", { now: Number(shown?.expiresAt) - 1 });
    expect(await resultOf(late)).toBe("NOTSURE");
    await caller.control("POST", "clock", { advanceMs: 1 });
    expect(await resultOf(late)).toBe("CLOSED");
    expect(await cancel(late)).toBe(-5);
    await caller.control("POST", "clock", { frozen: false });
  });

  test("refunded in part or wholly: REFUND; the setting may say SUCCESS after a part", async () => {
    await set({});
    const order = await newOrder();
    await act(order, "pay");
    await act(order, "refund", { amount: 1 });
    expect(await resultOf(order)).toBe("REFUND");
    await set({ partialRefundShownAs: "SUCCESS" });
    expect(await resultOf(order)).toBe("SUCCESS");
    await act(order, "refund");
    expect(await resultOf(order)).toBe("REFUND");
  });

  test("a number nobody has: -3, or FAIL where the setting says so", async () => {
    await set({});
    expect((await caller.call("gateway_order_query", { mch_order_no: "NOBODY" })).code).toBe(-3);
    await set({ unknownOrderQuery: "fail" });
    const answer = await caller.call("gateway_order_query", { mch_order_no: "NOBODY" });
    expect(answer).toMatchObject({ code: 0, result: "FAIL", isVerified: true });
  });

  test("paid after some seconds, although nobody presses a button", async () => {
    const order = await newOrder();
    await act(order, "pay-later", { afterMs: 30 });
    const paid = async () =>
      ((await caller.control("GET", `orders?storeOrderNo=${order}`)) as { state: string }[])[0]?.state;
    await expect.poll(paid).toBe("paid");
  });
});

describe("cancel is not the end", () => {
  test("a cancelled order is CLOSED, takes no new attempt, and is paid all the same by a saved QR", async () => {
    await set({});
    const order = await newOrder();
    expect(await cancel(order)).toBe(0);
    expect(await resultOf(order)).toBe("CLOSED");
    await expect(act(order, "otp")).rejects.toThrow(/409/);
    await expect(act(order, "pay", { channel: "card" })).rejects.toThrow(/409/);
    await act(order, "pay", { channel: "promptpay" });
    expect(await resultOf(order)).toBe("SUCCESS");
    expect(await cancel(order)).toBe(-4);
  });

  test("a card payment in progress cannot be cancelled; a wallet's can, and may still come in", async () => {
    const [card, wallet] = [await newOrder(), await newOrder()];
    await act(card, "otp");
    await act(wallet, "start", { channel: "truemoney" });
    expect([await cancel(card), await resultOf(card)]).toEqual([-6, "USERPAYING"]);
    expect([await cancel(wallet), await resultOf(wallet)]).toEqual([0, "CLOSED"]);
    await act(wallet, "pay", { channel: "truemoney" });
    expect(await resultOf(wallet)).toBe("SUCCESS");
    await set({ cardCancelCode: "-4" });
    expect(await cancel(card)).toBe(-4);
  });

  test("a failed attempt and a refunded order: 0 and -4", async () => {
    const [failed, refunded] = [await newOrder(), await newOrder()];
    await act(failed, "refuse");
    await act(refunded, "pay");
    await act(refunded, "refund");
    expect([await cancel(failed), await cancel(refunded)]).toEqual([0, -4]);
  });

  test("the signed object in place of the text, where the setting says so", async () => {
    await set({ cancelAnswer: "object" });
    const answer = await caller.call("cancel_order", { mch_order_no: await newOrder() });
    expect(answer).toMatchObject({ code: 0, result: "SUCCESS", isVerified: true });
  });

  test("a cancel that takes its time answers 0 and closes later, unless the buyer was faster", async () => {
    await set({});
    const [slow, paid] = [await newOrder(), await newOrder()];
    await caller.control("POST", "faults", { kind: "pending-then-success", delayMs: 60_000, times: 2 });
    expect([await cancel(slow), await cancel(paid)]).toEqual([0, 0]);
    expect(await resultOf(slow)).toBe("NOTSURE");
    await act(paid, "pay");
    await caller.control("POST", "clock", { advanceMs: 60_000 });
    expect([await resultOf(slow), await resultOf(paid)]).toEqual(["CLOSED", "SUCCESS"]);
  });
});

describe("gateway_pay", () => {
  test("an unpaid order gets a new link over a new payment number; a paid one answers 1", async () => {
    await set({});
    const order = await newOrder();
    const first = await query(order);
    const again = await caller.call("gateway_pay", made());
    expect(again.code).toBe(0);
    expect((await fetch(String(again.data.pay_content))).status).toBe(200);
    expect((await query(order)).pay_mch_order_no).not.toBe(first.pay_mch_order_no);
    const stale = { mch_order_no: String(first.pay_mch_order_no) };
    expect((await caller.call("order_query", stale)).data.err_code).toBe("KSHER_INVALID_ORDER_NO");
    await act(order, "pay");
    expect((await caller.call("gateway_pay", made())).code).toBe(1);
  });

  test("a cancelled number opens again, or not, as the setting says", async () => {
    const order = await newOrder();
    await cancel(order);
    await set({ closedNumberReusable: false });
    expect((await caller.call("gateway_pay", made())).code).toBe(-5);
    await set({});
    expect((await caller.call("gateway_pay", made())).code).toBe(0);
    expect(await resultOf(order)).toBe("NOTSURE");
  });

  test.each([
    { total_fee: "0" },
    { total_fee: "1.5" },
    { total_fee: "-1" },
    { total_fee: "01" },
    { fee_type: "USD" },
    { channel_list: "promptpay, card" },
    { channel_list: "" },
    { mch_order_no: "X".repeat(33) },
    { expire_time: "soon" },
  ])("refuses %j with a made-up code", async (changes) => {
    serial += 1;
    expect((await caller.call("gateway_pay", made(changes))).code).toBe(-100);
  });

  test("every documented parameter is demanded only where the settings are strict", async () => {
    await set({ strictPayFields: true });
    serial += 1;
    expect((await caller.call("gateway_pay", made())).code).toBe(-100);
    const shop = "https://shop.example";
    const rest = { mch_code: "1", mch_redirect_url: shop, mch_redirect_url_fail: shop, refer_url: shop };
    expect((await caller.call("gateway_pay", made(rest))).code).toBe(0);
  });
});

describe("who may call", () => {
  test("a closed or unknown merchant is -1; another merchant's order is not there", async () => {
    await set({});
    const order = await newOrder();
    await caller.control("POST", "merchants", { mchId: "mch99009", enabled: false });
    const ask = async (appid: string) =>
      (await caller.call("gateway_order_query", { mch_order_no: order }, { appid })).code;
    expect([await ask("mch99009"), await ask("mch0"), await ask("mch99002")]).toEqual([-1, -1, -3]);
  });

  test("repeated nonces and every kind of time stamp pass; strict settings refuse them", async () => {
    const order = await newOrder();
    const ask = async (params: object) =>
      (await caller.call("gateway_order_query", { mch_order_no: order, ...params })).code;
    const stamps = ["20260115093000", "1768444200123", "1768444200", "2026011509300000S"];
    for (const time_stamp of stamps) expect(await ask({ nonce_str: "same", time_stamp })).toBe(0);
    expect([await ask({ nonce_str: "" }), await ask({ time_stamp: "" })]).toEqual([-2, -2]);
    await set({ strictNonce: true });
    expect([await ask({ nonce_str: "same" }), await ask({ nonce_str: "same" })]).toEqual([0, -2]);
    expect([await ask({ nonce_str: "x".repeat(33) }), await ask({ time_stamp: "1768444200" })]).toEqual([
      -2, -2,
    ]);
  });

  test("SHA-1 signatures pass only where the setting says so; answers may escape and speak otherwise", async () => {
    await set({});
    const order = await newOrder();
    const ask = (changes: object) => caller.call("gateway_order_query", { mch_order_no: order }, changes);
    expect((await ask({ hash: "sha1" })).code).toBe(-2);
    await set({ acceptSha1: true, jsonEscapes: "ascii", textLanguage: "th" });
    const answer = await ask({ hash: "sha1" });
    expect(answer).toMatchObject({ code: 0, isVerified: true });
    expect(answer.raw).not.toMatch(/[^\x20-\x7e]/);
    expect(JSON.parse(answer.raw)).toMatchObject({ msg: "ดำเนินการสำเร็จ" });
  });

  test("with the header ksher-sign-version the 2048-bit key signs", async () => {
    await set({});
    const order = await newOrder();
    const answer = await caller.call("gateway_order_query", { mch_order_no: order }, { version: "V2" });
    expect(answer.isVerified).toBe(true);
    expect(JSON.parse(answer.raw).sign).toHaveLength(512);
  });
});
