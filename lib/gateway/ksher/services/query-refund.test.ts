import { describe, expect, test } from "vitest";
import type { RefundAsk } from "../../gateway.ts";
import { answeringGateway, options, vectorHandles, vectorRefund } from "../fixtures/answering-gateway.ts";
import { signedBody } from "../fixtures/fake-gateway.ts";

const gateway = answeringGateway();

const head = {
  ...{ appid: "mch99001", mch_order_no: "2601150930050001", ksher_order_no: "90020260115103005123456" },
  ...{ total_fee: 15_050, fee_type: "THB", refund_count: "1", refund_fee: "1", result: "SUCCESS" },
};
const row = {
  ...{ channel_refund_no: "1", ksher_refund_no: "9002", mch_refund_fee: 2_000 },
  ...{ mch_refund_no: "RF-TST-0001-2", refund_state: "REFUNDSUCCESS", refund_time: "2026-01-16 08:04:01" },
};

/** Signs rows whose members stand in byte order already, as the canonical text wants them. */
function lists(
  rows: readonly Readonly<Record<string, unknown>>[],
  changes: Readonly<Record<string, unknown>> = {},
) {
  const data = { ...head, ...changes, refund_orders: rows };
  const text = Object.entries(data)
    .map(([name, value]) => `${name}=${Array.isArray(value) ? JSON.stringify(value) : value}`)
    .sort()
    .join("");
  gateway.sends(signedBody(data, { text }));
}
const ask = (order: Partial<RefundAsk> = {}) =>
  gateway.client().queryRefund?.({ ...vectorRefund, ...order }, options);
const askAll = () => gateway.client().listRefunds?.(vectorRefund, options);

describe("one refund by its number", () => {
  test("is back when the gateway's row says so, with the row's money", async () => {
    lists([row]);
    expect(await ask()).toMatchObject({
      outcome: "done",
      value: {
        refundNo: "RF-TST-0001-2",
        state: "refunded",
        refundedMinor: 2_000,
        gatewayRefundNo: "9002",
        refundedAt: new Date("2026-01-16T01:04:01Z"),
      },
    });
  });

  test.each(["REFUNDING", "REFUNDFAIL", "refundsuccess", "PROCESSING"])(
    "is neither back nor refused while its state reads %s",
    async (refund_state) => {
      lists([{ ...row, refund_state }]);
      expect(await ask()).toMatchObject({ value: { state: "moving", refundedMinor: 0 } });
    },
  );

  test("is not listed where only others are; the counter beside the rows is not believed", async () => {
    lists([{ ...row, mch_refund_no: "RF-TST-0001-1" }], { refund_count: "2", refund_fee: "2" });
    expect(await ask()).toMatchObject({ outcome: "done", value: { state: "not-listed", refundedMinor: 0 } });
  });

  test("in two rows is their sum, and moving while one of them moves", async () => {
    lists([row, { ...row, mch_refund_fee: 500 }]);
    expect(await ask()).toMatchObject({ value: { state: "refunded", refundedMinor: 2_500 } });
    lists([row, { ...row, mch_refund_fee: 500, refund_state: "REFUNDING" }]);
    expect(await ask()).toMatchObject({ value: { state: "moving", refundedMinor: 2_000 } });
  });

  test("a failed question says nothing, be it for the wallet or for the number", async () => {
    gateway.says({ ...head, result: "FAIL", err_code: "SIM_CHANNEL", err_msg: "not for promptpay" });
    expect(await ask()).toMatchObject({
      outcome: "unknown",
      why: "query-failed",
      evidence: { code: "FAIL SIM_CHANNEL", message: "not for promptpay" },
    });
    gateway.says({ ...head, result: "PENDING" });
    expect(await ask()).toMatchObject({ outcome: "unknown", why: "query-failed" });
    gateway.says({ ...head, result: "DONE" });
    expect(await ask()).toMatchObject({ outcome: "unknown", why: "unknown-code" });
  });

  test("rows that cannot be read, or none at all, are no list", async () => {
    for (const change of [{ mch_refund_fee: "20.00" }, { mch_refund_fee: "" }, { refund_state: "" }]) {
      lists([{ ...row, ...change }]);
      expect(await ask()).toMatchObject({ outcome: "broken", why: "wrong-shape" });
    }
    gateway.says(head);
    expect(await ask()).toMatchObject({ outcome: "broken", why: "wrong-shape" });
    gateway.says({ ...head, refund_count: "0" });
    expect(await ask()).toMatchObject({ value: { state: "not-listed" } });
  });

  test("of an order with another amount is not ours", async () => {
    lists([row], { total_fee: 15_051 });
    expect(await ask()).toMatchObject({ outcome: "broken", why: "wrong-echo" });
  });
});

test("every refund of an order is listed, those made elsewhere too", async () => {
  lists([
    row,
    { ...row, mch_refund_no: "", mch_refund_fee: 300 },
    { ...row, mch_refund_no: "APP-1", refund_state: "X" },
  ]);
  const outcome = await askAll();
  const rows = outcome?.outcome === "done" ? outcome.value : [];
  expect(rows.map((one) => [one.refundNo, one.state, one.refundedMinor])).toEqual([
    ["RF-TST-0001-2", "refunded", 2_000],
    ["", "refunded", 300],
    ["APP-1", "moving", 0],
  ]);
});

describe("what the question sends", () => {
  const sent = () => {
    const {
      sign: _sign,
      nonce_str: _nonce,
      time_stamp: _time,
      ...params
    } = gateway.lastRequest()?.params ?? {};
    return params;
  };
  const order = {
    ...{ appid: "mch99001", mch_order_no: "2601150930050001", ksher_order_no: "90020260115103005123456" },
    ...{ total_fee: "15050", fee_type: "THB" },
  };

  test("the payment, the refund and the documented amounts; all refunds: the payment alone", async () => {
    lists([row]);
    await ask();
    expect(sent()).toEqual({ ...order, mch_refund_no: "RF-TST-0001-2", refund_fee: "2000" });
    expect(gateway.lastRequest()).toMatchObject({
      path: "/KsherPay/refund_query",
      method: "POST",
      isSigned: true,
    });
    await askAll();
    expect(sent()).toEqual(order);
  });

  test.each<Partial<RefundAsk>>([
    { handles: {} },
    { handles: { channel: "card", pay_mch_order_no: vectorHandles.pay_mch_order_no } },
    { refundNo: "" },
    { refundMinor: 0.5 },
    { orderAmountMinor: Number.NaN },
  ])("%j is not asked", async (change) => {
    expect(await ask(change)).toMatchObject({ outcome: "not-sent", why: "our-request" });
    expect(gateway.requests()).toEqual([]);
  });
});
