import { describe, expect, test } from "vitest";
import {
  answeringGateway,
  options,
  orderData,
  paidMembers,
  vectorHandles,
} from "../fixtures/answering-gateway.ts";

const gateway = answeringGateway();

function query(changes: Readonly<Record<string, unknown>>) {
  gateway.says(orderData(changes));
  return gateway.client().queryOrder("TST-0001", options);
}

describe("what a query makes of an order", () => {
  test.each([
    [{ result: "NOTPAY" }, "waiting"],
    [{ result: "NOTSURE" }, "waiting"],
    [{ result: "USERPAYING", channel: "card" }, "waiting"],
    [{ result: "PENDING" }, "waiting"],
    [{ result: "CLOSED" }, "cancelled"],
    [{ result: "PAYERROR" }, "attempt-failed"],
    [{ ...paidMembers, result: "SUCCESS" }, "paid"],
    [{ ...paidMembers, result: "REFUND" }, "refunded"],
    [{ result: "NOTSURE", cash_fee: 15_050 }, "unsure"],
    [{ result: "NOTSURE", time_end: "2026-01-15 09:31:12" }, "unsure"],
  ])("%j is %s", async (changes, state) => {
    expect(await query(changes)).toMatchObject({ outcome: "done", value: { state, amountMinor: 15_050 } });
  });

  test("scenario 13: a query that answers FAIL says nothing about the payment", async () => {
    const failed = { result: "FAIL", err_code: "SYSTEM_BUSY", err_msg: "try later", nonce_str: "n" };
    gateway.says(failed);
    expect(await gateway.client().queryOrder("TST-0001", options)).toMatchObject({
      outcome: "unknown",
      why: "query-failed",
      evidence: { code: "FAIL SYSTEM_BUSY", message: "try later", checks: { opened: true } },
    });
    expect(await query({ result: "FAIL" })).toMatchObject({ outcome: "unknown", why: "query-failed" });
  });

  test.each(["PAYSUCCESS", "NOTSUER", "REVERSED"])(
    "%s is no state we know, so ours stays",
    async (result) => {
      expect(await query({ result })).toMatchObject({ outcome: "unknown", why: "unknown-code" });
    },
  );

  test.each(["", "success", 5, "SUCCESSrate=1"])("the result %j cannot be read", async (result) => {
    expect(await query({ ...paidMembers, result })).toMatchObject({ outcome: "broken", why: "wrong-shape" });
  });

  test("the numbers a refund needs come with money only", async () => {
    expect(await query(paidMembers)).toMatchObject({ value: { handles: vectorHandles } });
    expect(await query({ ...paidMembers, ksher_order_no: "" })).toMatchObject({
      value: {
        gatewayOrderNo: null,
        handles: { pay_mch_order_no: "2601150930050001", channel: "promptpay", total_fee: "15050" },
      },
    });
    for (const result of ["NOTSURE", "CLOSED", "PAYERROR", "USERPAYING"])
      expect(await query({ ...paidMembers, result })).toHaveProperty("value.handles", {});
  });

  test("what the gateway leaves empty is not told", async () => {
    expect(await query({ result: "CLOSED" })).toMatchObject({
      value: { gatewayOrderNo: null, wallet: null, title: null, paidAt: null, currency: "THB", handles: {} },
    });
    expect(await query({ ...paidMembers, time_end: "yesterday" })).toMatchObject({ value: { paidAt: null } });
  });

  test.each([{ total_fee: "15050" }, { total_fee: 15_050 }])("the amount %j is satang", async (change) => {
    expect(await query(change)).toMatchObject({ value: { amountMinor: 15_050 } });
  });

  test.each([
    { total_fee: "150.50" },
    { total_fee: -1 },
    { total_fee: "015050" },
    { total_fee: "1e3" },
    { total_fee: "１５０" },
    { total_fee: "9999999999999999" },
    { total_fee: "" },
    { fee_type: "USD" },
    { fee_type: "" },
    { channel: "prompt pay" },
    { ksher_order_no: "9002x" },
    { pay_mch_order_no: "a=b" },
  ])("%j is refused and not repaired", async (change) => {
    expect(await query({ ...paidMembers, ...change })).toMatchObject({
      outcome: "broken",
      why: "wrong-shape",
    });
  });
});

describe("what a query sends", () => {
  test("the common parameters and the till's number, signed, by POST", async () => {
    await query({});
    await query({});
    const [first, second] = gateway.requests();
    expect(first).toMatchObject({ path: "/api/gateway_order_query", method: "POST", isSigned: true });
    expect(first?.params).toEqual({
      appid: "mch99001",
      mch_order_no: "TST-0001",
      nonce_str: expect.stringMatching(/^[0-9a-f]{32}$/),
      time_stamp: "20260115093000",
      sign: expect.any(String),
    });
    expect(first?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect(first?.params.nonce_str).not.toBe(second?.params.nonce_str);
  });

  test("the language only where the account sets one, and a base address may end in a slash", async () => {
    gateway.says(orderData());
    const slashed = { gatewayUrl: `${new URL("/", gateway.origin()).href}api/`, lang: "th" };
    expect(await gateway.client(slashed).queryOrder("TST-0001", options)).toMatchObject({ outcome: "done" });
    expect(gateway.lastRequest()).toMatchObject({ path: "/api/gateway_order_query", params: { lang: "th" } });
  });

  test("no number Ksher could not take", async () => {
    for (const orderNo of ["", "a b", "中", "x".repeat(33)]) {
      const refusal = { outcome: "not-sent", why: "our-request", evidence: { raw: null, httpStatus: null } };
      expect(await gateway.client().queryOrder(orderNo, options)).toMatchObject(refusal);
      expect(await gateway.client().cancelOrder(orderNo, options)).toMatchObject(refusal);
    }
    expect(gateway.requests()).toEqual([]);
    expect(await gateway.client().queryOrder("x".repeat(32), options)).not.toMatchObject({
      outcome: "not-sent",
    });
  });
});
