import { describe, expect, test } from "vitest";
import type { RefundOrder } from "../../gateway.ts";
import { answeringGateway, options, vectorHandles, vectorRefund } from "../fixtures/answering-gateway.ts";

const gateway = answeringGateway();
const success = {
  ...{ appid: "mch99001", mch_order_no: "2601150930050001", mch_refund_no: "RF-TST-0001-2" },
  ...{ ksher_order_no: "90020260115103005123456", ksher_refund_no: "90020260116090400878914" },
  ...{ refund_fee: 2_000, total_fee: 15_050, fee_type: "THB", refund_time: "2026-01-16 08:04:01" },
  result: "SUCCESS",
};

function refund(order: Partial<RefundOrder> = {}, more: Readonly<Record<string, unknown>> = {}) {
  return gateway.client(more).refund({ ...vectorRefund, ...order }, options);
}

describe("what an answer to a refund says", () => {
  test("a signed success with our numbers and amounts is done", async () => {
    gateway.says(success);
    expect(await refund()).toMatchObject({
      outcome: "done",
      value: { gatewayRefundNo: "90020260116090400878914", refundedAt: new Date("2026-01-16T01:04:01Z") },
      evidence: { code: "SUCCESS", checks: { opened: true, echo: true } },
    });
  });

  test.each([
    ["FAIL", "SIM_REFUND_REJECTED", "refused"],
    ["FAILURE", "SIM_BALANCE", "balance"],
    ["FAIL", "", "refused"],
  ])("a signed %s with %j is a refusal: %s", async (result, err_code, reason) => {
    gateway.says({ ...success, result, err_code, err_msg: "said so" });
    expect(await refund()).toMatchObject({ outcome: "declined", reason, evidence: { message: "said so" } });
  });

  test.each([
    ["PENDING", "gateway-pending"],
    ["NOTSURE", "gateway-pending"],
    ["USERPAYING", "gateway-pending"],
    ["REFUND", "unknown-code"],
    ["CLOSED", "unknown-code"],
    ["OK", "unknown-code"],
  ])("%s is neither done nor refused", async (result, why) => {
    gateway.says({ ...success, result });
    expect(await refund()).toMatchObject({ outcome: "unknown", why });
  });

  test("a success in another currency cannot be read", async () => {
    gateway.says({ ...success, fee_type: "USD" });
    expect(await refund()).toMatchObject({ outcome: "broken", why: "wrong-shape" });
  });
});

describe("what a refund sends", () => {
  const sent = async (order: Partial<RefundOrder> = {}) => {
    await refund(order);
    const { sign: _sign, nonce_str: _nonce, ...params } = gateway.lastRequest()?.params ?? {};
    return params;
  };
  const ours = {
    ...{ appid: "mch99001", time_stamp: "20260115093000", mch_refund_no: "RF-TST-0001-2" },
    ...{ total_fee: "15050", refund_fee: "2000", fee_type: "THB" },
  };

  test("both numbers of the payment underneath, never the till's, and nothing that people typed", async () => {
    gateway.says(success);
    expect(await sent()).toEqual({
      ...ours,
      mch_order_no: "2601150930050001",
      ksher_order_no: "90020260115103005123456",
    });
    expect(gateway.lastRequest()).toMatchObject({
      path: "/KsherPay/order_refund",
      method: "POST",
      isSigned: true,
    });
  });

  test("the pay number alone where no channel order is known", async () => {
    gateway.says(success);
    const { ksher_order_no: _none, ...handles } = vectorHandles;
    expect(await sent({ handles })).toEqual({ ...ours, mch_order_no: "2601150930050001" });
  });

  test("a card by Ksher's own number, and not without it", async () => {
    gateway.says(success);
    const { ksher_order_no, total_fee } = vectorHandles;
    expect(await sent({ handles: { ksher_order_no, total_fee, channel: "card" } })).toEqual({
      ...ours,
      ksher_order_no,
    });
    const { ksher_order_no: _none, ...payOnly } = vectorHandles;
    expect(await refund({ handles: { ...payOnly, channel: "card" } })).toMatchObject({ why: "our-request" });
  });

  test.each<Partial<RefundOrder>>([
    { handles: {} },
    { handles: { ...vectorHandles, total_fee: "15051" } },
    { refundMinor: 15_051 },
    { refundMinor: 0 },
    { refundMinor: -1 },
    { refundMinor: 0.5 },
    { refundMinor: Number.NaN },
    { orderAmountMinor: Number.POSITIVE_INFINITY },
    { refundNo: "" },
    { refundNo: "R 1" },
    { refundNo: "R".repeat(33) },
    { orderNo: "" },
  ])("%j never leaves the house", async (order) => {
    expect(await refund(order)).toMatchObject({
      outcome: "not-sent",
      why: "our-request",
      evidence: { raw: null, httpStatus: null },
    });
    expect(gateway.requests()).toEqual([]);
  });

  test("a part never leaves where the account refunds whole orders only; the whole does", async () => {
    gateway.says({ ...success, refund_fee: 15_050 });
    expect(await refund({ refundMinor: 15_049 }, { partialRefund: false })).toMatchObject({
      why: "our-request",
    });
    expect(await refund({ refundMinor: 15_050 }, { partialRefund: false })).toMatchObject({
      outcome: "done",
    });
  });
});
