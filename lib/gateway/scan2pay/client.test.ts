import { describe, expect, test } from "vitest";
import { answeringGateway, options, vectorRefund } from "./fixtures/answering-gateway.ts";
import { vectorNow } from "./fixtures/open-client.ts";
import { envelope } from "./fixtures/vectors.ts";

const gateway = answeringGateway();
const range = { from: new Date("2024-03-13T16:00:00Z"), to: new Date("2024-03-15T16:00:00Z") };

describe.each(["plain", "gson"] as const)("the vectors' calls in the %s style", (styleNow) => {
  function vector(name: string) {
    gateway.seals(() => envelope(name).response.plaintext, styleNow);
  }

  test("a paid order", async () => {
    vector("single-order-query-paid");
    const outcome = await gateway.client().queryOrder("SO240315000002", options);
    expect(gateway.lastRequest()?.plaintext).toBe(envelope("single-order-query-paid").request.plaintext);
    expect(outcome).toEqual({
      outcome: "done",
      value: {
        orderNo: "SO240315000002",
        state: "paid",
        amountMinor: 90,
        currency: "TWD",
        gatewayOrderNo: "2024031544571196210",
        wallet: "11500",
        title: "Lunch box",
        paidAt: new Date("2024-03-15T06:29:55Z"),
        handles: {},
      },
      evidence: {
        code: "0000",
        message: "執行成功",
        raw: envelope("single-order-query-paid").response.plaintext,
        httpStatus: 200,
        checks: { tls: false, opened: true, echo: true },
        startedAt: vectorNow,
        endedAt: vectorNow,
      },
    });
  });

  test("an order whose refund failed", async () => {
    vector("single-order-query-refund-failed");
    const outcome = await gateway.client().queryOrder("SO240315000003", options);
    expect(gateway.lastRequest()?.plaintext).toBe(
      envelope("single-order-query-refund-failed").request.plaintext,
    );
    expect(outcome).toMatchObject({
      outcome: "done",
      value: { state: "refund-failed", amountMinor: 250, wallet: "10900" },
    });
  });

  test("an order that does not exist", async () => {
    vector("block-aligned-plaintext");
    const outcome = await gateway.client().queryOrder("P000000000000000", options);
    expect(gateway.lastRequest()?.plaintext).toBe(envelope("block-aligned-plaintext").request.plaintext);
    expect(outcome).toMatchObject({ outcome: "declined", reason: "not-found", evidence: { code: "7002" } });
  });

  test("a full refund", async () => {
    vector("refund-full");
    const outcome = await gateway.client().refund(vectorRefund, options);
    expect(gateway.lastRequest()?.plaintext).toBe(envelope("refund-full").request.plaintext);
    expect(outcome).toMatchObject({
      outcome: "done",
      value: { gatewayRefundNo: "2024031544571328811", refundedAt: new Date("2024-03-15T07:01:02Z") },
    });
  });

  test("a partial refund with its fee as a number", async () => {
    vector("refund-partial-integer-fee");
    const order = {
      ...vectorRefund,
      orderNo: "SO240315000001",
      refundNo: "RF240315000002",
      refundMinor: 50,
      orderAmountMinor: 120,
      reason: "one cup short",
    };
    const outcome = await gateway.client({ partialRefund: true, stringFees: false }).refund(order, options);
    expect(gateway.lastRequest()?.plaintext).toBe(envelope("refund-partial-integer-fee").request.plaintext);
    expect(outcome).toMatchObject({
      outcome: "done",
      value: { gatewayRefundNo: "2024031500000005610", refundedAt: null },
    });
  });

  test("a refund number used before", async () => {
    vector("refund-duplicate-number");
    const outcome = await gateway.client().refund({ ...vectorRefund, reason: "again" }, options);
    expect(gateway.lastRequest()?.plaintext).toBe(envelope("refund-duplicate-number").request.plaintext);
    expect(outcome).toMatchObject({ outcome: "declined", reason: "duplicate-number" });
  });

  test("a cancel", async () => {
    vector("cancel-order");
    const outcome = await gateway.client().cancelOrder("SO240315000004", options);
    expect(gateway.lastRequest()?.plaintext).toBe(envelope("cancel-order").request.plaintext);
    expect(outcome).toMatchObject({ outcome: "done", value: { orderNo: "SO240315000004" } });
  });

  test("a list of paid orders, one of them refunded", async () => {
    vector("order-query");
    const outcome = await gateway.client().listOrders?.({ ...range, state: "paid" }, options);
    expect(gateway.lastRequest()?.data).toEqual({
      StartDate: "20240314000000",
      EndDate: "20240316000000",
      OrderStatus: "1",
    });
    const first = {
      orderNo: "SO240315000002",
      gatewayOrderNo: "204605",
      amountMinor: 90,
      state: "paid",
      wallet: "11500",
      title: "Lunch box",
    };
    const second = {
      orderNo: "SO240315000005",
      gatewayOrderNo: "204644",
      amountMinor: 10,
      state: "refunded",
      wallet: "31800",
      title: "飲料",
    };
    expect(outcome).toMatchObject({ outcome: "done", value: [first, second] });
  });

  test("a list of charges and refunds", async () => {
    vector("order-query-1.1");
    const outcome = await gateway.client().listTransactions?.(range, options);
    expect(gateway.lastRequest()?.data).toEqual({ StartDate: "20240314", EndDate: "20240317" });
    const both = { orderNo: "SO240315000002", isSuccess: true, wallet: "LINE Pay" };
    const charge = {
      ...both,
      gatewayOrderNo: "2024031544571196210",
      amountMinor: 90,
      isRefund: false,
      at: new Date("2024-03-15T06:29:55Z"),
    };
    const back = {
      ...both,
      gatewayOrderNo: "2024031544571328811",
      amountMinor: -90,
      isRefund: true,
      at: new Date("2024-03-15T07:01:02Z"),
    };
    expect(outcome).toMatchObject({ outcome: "done", value: [charge, back] });
  });

  test.each(["olpay-created", "micropay-paid"])(
    "the answer %s is not taken for an answer to a query",
    async (name) => {
      vector(name);
      expect(await gateway.client().queryOrder("SO240315000002", options)).toMatchObject({
        outcome: "broken",
        why: "wrong-echo",
      });
    },
  );
});
