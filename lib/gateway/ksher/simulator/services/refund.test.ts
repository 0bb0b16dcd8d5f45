import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Simulator, startKsherSimulator } from "../server.ts";
import { type Caller, callerOf } from "../testing/caller.ts";

type Effect = { kind: string; amount: number; origin: string };
type Shown = { payMchOrderNo: string; ksherOrderNo: string; state: string; effects: Effect[] };

let simulator: Simulator;
let caller: Caller;
let serial = 0;
beforeAll(async () => {
  simulator = await startKsherSimulator({ settings: { queryGapMs: 0 } });
  caller = await callerOf(simulator);
});
beforeEach(() => caller.control("POST", "reset"));
afterAll(() => simulator.close());

async function paidOrder(changes: object = {}): Promise<string> {
  serial += 1;
  const storeOrderNo = `P${serial}`;
  await caller.control("POST", "orders", {
    ...{ storeOrderNo, totalFee: 100_000, state: "paid", channel: "truemoney" },
    ...changes,
  });
  return storeOrderNo;
}
const shown = async (no: string): Promise<Shown> => {
  const [order] = (await caller.control("GET", `orders?storeOrderNo=${no}`)) as Shown[];
  if (!order) throw new Error(`${no} is not there`);
  return order;
};
const returned = async (no: string) =>
  (await shown(no)).effects.filter(({ kind }) => kind !== "pay").map(({ amount }) => amount);
async function refund(no: string, params: object = {}, appid = "mch99001") {
  serial += 1;
  const { payMchOrderNo, ksherOrderNo } = await shown(no);
  const numbers = { mch_order_no: payMchOrderNo, ksher_order_no: ksherOrderNo };
  const amounts = { total_fee: "100000", refund_fee: "100000", fee_type: "THB" };
  return caller.call(
    "order_refund",
    { ...numbers, ...amounts, mch_refund_no: `R${serial}`, ...params },
    { appid },
  );
}
const refunds = async (no: string, params: object = {}) =>
  caller.call("refund_query", { mch_order_no: (await shown(no)).payMchOrderNo, ...params });
const set = (settings: object) => caller.control("POST", "settings", settings);
const errCode = async (answer: Promise<{ result: unknown; data: { err_code?: unknown } }>) => {
  const { result, data } = await answer;
  return result === "FAIL" ? data.err_code : result;
};

describe("refunds move money once, and never more than came", () => {
  test("333.33, 333.33 and 333.34 baht go back, one satang more does not", async () => {
    const order = await paidOrder();
    for (const refund_fee of ["33333", "33333", "33334"])
      expect(await refund(order, { refund_fee })).toMatchObject({ result: "SUCCESS", isVerified: true });
    expect(await errCode(refund(order, { refund_fee: "1" }))).toBe("SIM_REFUND_FEE_TOO_MUCH");
    expect(await returned(order)).toEqual([33_333, 33_333, 33_334]);
    expect((await shown(order)).state).toBe("refunded");
  });

  test("refund_query lists them; the top-level refund_fee repeats the count, not money", async () => {
    const order = await paidOrder();
    await refund(order, { refund_fee: "33333", mch_refund_no: "RA" });
    await refund(order, { refund_fee: "20", mch_refund_no: "RB" });
    const { data, isVerified } = await refunds(order);
    expect(isVerified).toBe(true);
    expect(data).toMatchObject({
      ...{ refund_count: "2", refund_fee: "2", total_fee: 100_000, cash_fee: "100000" },
      refund_orders: [
        { mch_refund_no: "RA", mch_refund_fee: 33_333, refund_state: "REFUNDSUCCESS" },
        { mch_refund_no: "RB", mch_refund_fee: 20 },
      ],
    });
    expect((await refunds(order, { mch_refund_no: "RB" })).data.refund_count).toBe("2");
    await set({ refundQueryFilters: true });
    expect((await refunds(order, { mch_refund_no: "RB" })).data.refund_count).toBe("1");
  });

  test.each(["app", "edc", "website"])("a refund made in the %s counts like ours", async (origin) => {
    const order = await paidOrder();
    await caller.control("POST", `orders/${order}/refund`, { amount: 60_000, origin });
    expect((await shown(order)).effects).toMatchObject([{ kind: "pay" }, { kind: "refund", origin }]);
    expect(await errCode(refund(order, { refund_fee: "40001" }))).toBe("SIM_REFUND_FEE_TOO_MUCH");
    expect(await errCode(refund(order, { refund_fee: "40000" }))).toBe("SUCCESS");
    const { data } = await refunds(order);
    expect(data.refund_orders).toMatchObject([{ mch_refund_fee: 60_000 }, { mch_refund_fee: 40_000 }]);
  });

  test("the same number again: FAIL, or the first answer; never the money twice", async () => {
    const order = await paidOrder();
    const again = { refund_fee: "100", mch_refund_no: "TWICE" };
    const first = await refund(order, again);
    expect(await errCode(refund(order, again))).toBe("SIM_REFUND_NO_USED");
    await set({ duplicateAnswer: "first-result" });
    const second = await refund(order, { ...again, refund_fee: "200" });
    expect(second.data).toMatchObject({ result: "SUCCESS", refund_fee: 100 });
    expect(second.data.ksher_refund_no).toBe(first.data.ksher_refund_no);
    expect(await returned(order)).toEqual([100]);
  });

  test("a gateway that checks nothing pays twice: the profile that shows what our own care is worth", async () => {
    await set({ duplicateCheck: { order: false, number: false } });
    const order = await paidOrder();
    for (let n = 0; n < 2; n += 1) await refund(order, { mch_refund_no: "TWICE" });
    expect(await returned(order)).toEqual([100_000, 100_000]);
  });

  test("a rejected number may be used again, or not, as the setting says", async () => {
    const order = await paidOrder();
    const wrong = { refund_fee: "100001", mch_refund_no: "AGAIN" };
    await refund(order, wrong);
    expect(await errCode(refund(order, { mch_refund_no: "AGAIN", refund_fee: "1" }))).toBe("SUCCESS");
    await set({ rejectedNumberUsed: true });
    await refund(order, { ...wrong, mch_refund_no: "BURNT" });
    expect(await errCode(refund(order, { mch_refund_no: "BURNT", refund_fee: "1" }))).toBe(
      "SIM_REFUND_NO_USED",
    );
  });
});

describe("refunds that are rejected move nothing", () => {
  const plain = { refund_fee: "100" };
  const cases: [name: string, errCode: string, order: object, params: object, settings: object][] = [
    ["an unknown number", "KSHER_INVALID_ORDER_NO", {}, { mch_order_no: "0", ksher_order_no: "" }, {}],
    [
      "the gateway's own number alone",
      "KSHER_INVALID_ORDER_NO",
      {},
      { mch_order_no: "P", ksher_order_no: "" },
      {},
    ],
    ["an unpaid order", "SIM_ORDER_NOT_PAID", { state: "open" }, plain, {}],
    ["a wrong total", "SIM_TOTAL_FEE_WRONG", {}, { total_fee: "99999" }, {}],
    ["another currency", "SIM_FEE_TYPE_WRONG", {}, { fee_type: "USD" }, {}],
    ["nothing", "SIM_REFUND_FEE_INVALID", {}, { refund_fee: "0" }, {}],
    ["a fraction", "SIM_REFUND_FEE_INVALID", {}, { refund_fee: "1.5" }, {}],
    ["no refund number", "SIM_REFUND_NO_INVALID", {}, { mch_refund_no: "" }, {}],
    ["a refund number of 33 characters", "SIM_REFUND_NO_INVALID", {}, { mch_refund_no: "R".repeat(33) }, {}],
    [
      "a card without ksher_order_no",
      "SIM_CARD_WANTS_KSHER_ORDER_NO",
      { channel: "card" },
      { ksher_order_no: "" },
      {},
    ],
    ["a wallet without refunds", "SIM_CHANNEL_WITHOUT_REFUND", {}, plain, { noRefundChannels: "truemoney" }],
    [
      "a wallet without parts",
      "SIM_PARTIAL_REFUND_NOT_ALLOWED",
      {},
      plain,
      { noPartialChannels: "truemoney" },
    ],
    ["a payment too old", "SIM_REFUND_TOO_LATE", { ageMs: 1_001 }, plain, { refundDeadlineMs: 1_000 }],
  ];
  test.each(cases)("%s: %s", async (_name, code, made, params, settings) => {
    const order = await paidOrder(made);
    await set(settings);
    expect(await errCode(refund(order, params))).toBe(code);
    expect(await returned(order)).toEqual([]);
  });

  test("an old account signs with 512 bits and refunds whole orders only", async () => {
    const order = await paidOrder({ mchId: "mch99002" });
    expect(await errCode(refund(order, { refund_fee: "1" }, "mch99002"))).toBe(
      "SIM_PARTIAL_REFUND_NOT_ALLOWED",
    );
    expect(await errCode(refund(order, {}, "mch99002"))).toBe("SUCCESS");
  });

  test("too little balance: after the payment's day, to the satang; takings fill it, refunds empty it", async () => {
    const dayMs = 86_400_000;
    const [today, earlier] = [await paidOrder(), await paidOrder({ ageMs: dayMs })];
    await caller.control("POST", "merchants", { mchId: "mch99001", balance: 99_999 });
    expect(await errCode(refund(earlier))).toBe("SIM_BALANCE_NOT_ENOUGH");
    await caller.control("POST", "merchants", { mchId: "mch99001", balance: 0 });
    await paidOrder();
    expect(await errCode(refund(earlier))).toBe("SUCCESS");
    await caller.control("POST", "merchants", { mchId: "mch99001", balance: 0 });
    expect(await errCode(refund(today))).toBe("SUCCESS");
    await set({ balanceMode: "always" });
    const [one, other] = [await paidOrder({ mchId: "mch99002" }), await paidOrder({ mchId: "mch99002" })];
    await caller.control("POST", "merchants", { mchId: "mch99002", balance: 150_000 });
    const said = [await errCode(refund(one, {}, "mch99002")), await errCode(refund(other, {}, "mch99002"))];
    expect(said).toEqual(["SUCCESS", "SIM_BALANCE_NOT_ENOUGH"]);
    expect([await returned(today), await returned(earlier)]).toEqual([[100_000], [100_000]]);
  });

  test("a script rejects with its own text; a paid order stays paid", async () => {
    const order = await paidOrder();
    await caller.control("POST", "faults", { kind: "refund-fail", code: "NO_LUCK" });
    expect(await errCode(refund(order))).toBe("NO_LUCK");
    expect((await shown(order)).state).toBe("paid");
    expect(await errCode(refund(order))).toBe("SUCCESS");
  });
});

describe("refund_query, where it is silent or slow", () => {
  test.each(["promptpay", "alipay"])("%s is excluded, and can be let in by the setting", async (channel) => {
    const order = await paidOrder({ channel });
    await refund(order);
    expect(await errCode(refunds(order))).toBe("SIM_CHANNEL_WITHOUT_REFUND_QUERY");
    await set({ noRefundQueryChannels: "" });
    expect(await errCode(refunds(order))).toBe("SUCCESS");
  });

  test("no refund yet: an empty list, or FAIL", async () => {
    const order = await paidOrder();
    expect((await refunds(order)).data).toMatchObject({
      result: "SUCCESS",
      refund_count: "0",
      refund_orders: [],
    });
    await set({ emptyRefundQuery: "fail" });
    expect(await errCode(refunds(order))).toBe("SIM_NO_REFUND");
  });

  test("a slow refund shows an unknown text first, a late one shows nothing at all first", async () => {
    const order = await paidOrder();
    await caller.control("POST", "clock", { frozen: true });
    await set({ slowRefundMs: 5_000, slowRefundState: "SOMETHING", refundVisibleAfterMs: 1_000 });
    await refund(order);
    const query = async () => (await caller.call("gateway_order_query", { mch_order_no: order })).result;
    expect([(await refunds(order)).data.refund_count, await query()]).toEqual(["0", "SUCCESS"]);
    await caller.control("POST", "clock", { advanceMs: 1_000 });
    expect((await refunds(order)).data.refund_orders).toMatchObject([{ refund_state: "SOMETHING" }]);
    expect(await query()).toBe("REFUND");
    await caller.control("POST", "clock", { advanceMs: 4_000 });
    expect((await refunds(order)).data.refund_orders).toMatchObject([{ refund_state: "REFUNDSUCCESS" }]);
    expect(await returned(order)).toEqual([100_000]);
  });

  test("a pending refund answers NOTSURE, promises its money, and moves it when its time has come", async () => {
    const order = await paidOrder();
    await caller.control("POST", "faults", { kind: "pending-then-success", delayMs: 60_000 });
    expect(await refund(order, { refund_fee: "60000" })).toMatchObject({
      result: "NOTSURE",
      isVerified: true,
    });
    expect(await returned(order)).toEqual([]);
    expect(await errCode(refund(order, { refund_fee: "40001" }))).toBe("SIM_REFUND_FEE_TOO_MUCH");
    await caller.control("POST", "clock", { advanceMs: 60_000 });
    expect(await returned(order)).toEqual([60_000]);
  });

  test("a refund in the app while ours is pending makes ours fail, not the money go twice", async () => {
    const order = await paidOrder();
    await caller.control("POST", "faults", { kind: "pending-then-success", delayMs: 60_000 });
    await refund(order);
    await caller.control("POST", `orders/${order}/refund`, {});
    await caller.control("POST", "clock", { advanceMs: 60_000 });
    expect(await returned(order)).toEqual([100_000]);
    expect((await refunds(order)).data.refund_orders).toMatchObject([
      { refund_state: "SIM_REFUND_FAILED" },
      { refund_state: "REFUNDSUCCESS" },
    ]);
  });
});
