import { afterAll, beforeAll, expect, test } from "vitest";
import { type Simulator, startKsherSimulator } from "../server.ts";
import { type Caller, callerOf } from "../testing/caller.ts";

let simulator: Simulator;
let caller: Caller;
let serial = 0;
beforeAll(async () => {
  simulator = await startKsherSimulator({ settings: { queryGapMs: 0 } });
  caller = await callerOf(simulator);
});
afterAll(() => simulator.close());

type Shown = { storeOrderNo: string; payMchOrderNo: string; ksherOrderNo: string; state: string };
async function order(state: string, channel = "truemoney"): Promise<Shown> {
  serial += 1;
  const made = { storeOrderNo: `K${serial}`, totalFee: 100, state, channel };
  return (await caller.control("POST", "orders", made)) as Shown;
}
const by = ({ payMchOrderNo }: Shown) => ({ mch_order_no: payMchOrderNo });
const effects = async (storeOrderNo: string) =>
  ((await caller.control("GET", `orders?storeOrderNo=${storeOrderNo}`)) as { effects: object[] }[])[0]
    ?.effects;

test("order_query takes any of the three numbers, and goes by ksher_order_no", async () => {
  const [one, other] = [await order("paid"), await order("paid")];
  const found = await caller.call("order_query", by(one));
  expect(found.data).toMatchObject({ result: "SUCCESS", operation: "ORDER-QUERY", ...by(one) });
  const { channel_order_no } = found.data;
  const byChannel = await caller.call("order_query", { channel_order_no: String(channel_order_no) });
  expect(byChannel.data).toMatchObject(by(one));
  const both = { mch_order_no: other.storeOrderNo, ksher_order_no: one.ksherOrderNo };
  expect((await caller.call("order_query", both)).data).toMatchObject(by(one));
});

test("an order that is being paid answers NOTSURE in process; the gateway's number is unknown here", async () => {
  const paying = await order("paying");
  const answer = await caller.call("order_query", by(paying));
  expect(answer).toMatchObject({
    result: "NOTSURE",
    data: { err_code: "PAYMENT_IN_PROCESS" },
    isVerified: true,
  });
  const unknown: Record<string, string>[] = [{ mch_order_no: paying.storeOrderNo }, {}];
  for (const params of unknown)
    expect((await caller.call("order_query", params)).data).toMatchObject({
      result: "FAIL",
      err_code: "KSHER_INVALID_ORDER_NO",
    });
});

test.each([
  ["order_close", "open", "truemoney", "SUCCESS"],
  ["order_close", "paying", "truemoney", "SUCCESS"],
  ["order_close", "paying", "promptpay", "SIM_CHANNEL_WITHOUT_CLOSE"],
  ["order_close", "paying", "card", "SIM_CARD_IN_PROGRESS"],
  ["order_close", "paid", "truemoney", "KSHER_ORDER_PAID"],
  ["order_close", "cancelled", "truemoney", "SIM_ORDER_CLOSED"],
  ["order_reverse", "paying", "truemoney", "SUCCESS"],
  ["order_reverse", "cancelled", "truemoney", "SIM_ORDER_CLOSED"],
])("%s of an order that is %s (%s): %s", async (service, state, channel, said) => {
  const one = await order(state, channel);
  const { result, data } = await caller.call(service, by(one));
  expect(result === "FAIL" ? data.err_code : result).toBe(said);
  expect((await caller.call(service, { mch_order_no: "0" })).data.err_code).toBe("KSHER_INVALID_ORDER_NO");
});

test("order_reverse gives the money of a paid order back, once", async () => {
  const one = await order("paid");
  for (let n = 0; n < 2; n += 1) expect((await caller.call("order_reverse", by(one))).result).toBe("SUCCESS");
  expect(await effects(one.storeOrderNo)).toMatchObject([{ kind: "pay" }, { kind: "reverse", amount: 100 }]);
});

test("merchant_info says whether parts may go back, and signs five members only", async () => {
  const ask = (appid: string) => caller.call("merchant_info", {}, { appid });
  expect(await ask("mch99001")).toMatchObject({
    isVerified: true,
    data: { allow_partial_refund: "Y", mch_id: "99001" },
  });
  expect(await ask("mch99002")).toMatchObject({ isVerified: true, data: { allow_partial_refund: "N" } });
});

test("errors of the KsherPay family before business are code -1 with empty data and no signature", async () => {
  for (const changes of [{ appid: "mch1" }, { sign: "00" }]) {
    const answer = await caller.call("order_query", {}, changes);
    expect(JSON.parse(answer.raw)).toMatchObject({ code: -1, data: {}, version: "3.0.0" });
    expect(answer.isVerified).toBeNull();
  }
});

test("only the documented paths are the gateway's, by GET and POST only", async () => {
  expect((await fetch(`${simulator.origin}/KsherPay/quick_pay`, { method: "POST" })).status).toBe(404);
  expect((await fetch(`${simulator.origin}/api/order_refund`, { method: "POST" })).status).toBe(404);
  expect((await fetch(`${simulator.origin}/api/cancel_order`, { method: "PUT" })).status).toBe(405);
});
