import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { listen } from "../fixtures/raw-server.ts";
import { answeringGateway, options, vectorHandles, vectorRefund } from "./fixtures/answering-gateway.ts";
import { openVectorClient, vectorNow } from "./fixtures/open-client.ts";
import { answerVector, vectors } from "./fixtures/vectors.ts";

const gateway = answeringGateway();
const client = () => gateway.client();

function vector(id: string) {
  const { body_v1 } = answerVector(id);
  gateway.sends(body_v1);
  return body_v1;
}

describe("the vectors' answers through the whole call", () => {
  test("a paid order", async () => {
    const raw = vector("gateway_query_paid");
    expect(await client().queryOrder("TST-0001", options)).toEqual({
      outcome: "done",
      value: {
        orderNo: "TST-0001",
        state: "paid",
        amountMinor: 15_050,
        currency: "THB",
        gatewayOrderNo: "90020260115103005123456",
        wallet: "promptpay",
        title: null,
        paidAt: new Date("2026-01-15T02:31:12Z"),
        handles: vectorHandles,
      },
      evidence: {
        code: "SUCCESS",
        message: "操作成功",
        raw,
        httpStatus: 200,
        checks: { tls: false, opened: true, echo: true },
        startedAt: vectorNow,
        endedAt: vectorNow,
      },
    });
  });

  test.each([
    ["gateway_query_unpaid", "TST-0001", "waiting"],
    ["gateway_query_closed", "TST-0001", "cancelled"],
    ["gateway_query_paid_after_cancel", "TST-0007", "paid"],
    ["gateway_query_refund", "TST-0001", "refunded"],
  ])("%s", async (id, orderNo, state) => {
    vector(id);
    expect(await client().queryOrder(orderNo, options)).toMatchObject({ outcome: "done", value: { state } });
  });

  test("a partial refund", async () => {
    vector("order_refund_ok");
    expect(await client().refund(vectorRefund, options)).toMatchObject({
      outcome: "done",
      value: { gatewayRefundNo: "90020260116090400878914", refundedAt: new Date("2026-01-16T01:04:01Z") },
    });
  });

  test("a refund that was rejected, though code is 0", async () => {
    vector("order_refund_fail");
    expect(await client().refund(vectorRefund, options)).toMatchObject({
      outcome: "declined",
      reason: "refused",
      evidence: { code: "FAIL SIM_REFUND_REJECTED", message: "refund rejected" },
    });
  });

  test("two partial refunds, of which the second was ours", async () => {
    vector("refund_query_two_partials");
    expect(await client().queryRefund?.(vectorRefund, options)).toMatchObject({
      outcome: "done",
      value: { state: "refunded", refundedMinor: 3_000 },
    });
    const all = await client().listRefunds?.(vectorRefund, options);
    expect(all?.outcome === "done" ? all.value.map((one) => one.refundedMinor) : []).toEqual([2_000, 3_000]);
  });

  test.each(["gateway_pay_ok", "order_close_ok", "order_query_unicode_remark", "merchant_info_five_fields"])(
    "the answer %s is not taken for an answer to a query",
    async (id) => {
      vector(id);
      expect((await client().queryOrder("TST-0001", options)).outcome).toBe("broken");
    },
  );

  test("an answer about another payment is no answer to our refund", async () => {
    vector("order_query_in_process");
    expect(await client().refund(vectorRefund, options)).toMatchObject({
      outcome: "broken",
      why: "wrong-echo",
    });
  });

  test("a payment Ksher does not know is a question that failed", async () => {
    vector("order_query_not_found");
    expect(await client().queryRefund?.(vectorRefund, options)).toMatchObject({
      outcome: "unknown",
      why: "query-failed",
      evidence: { code: "FAIL KSHER_INVALID_ORDER_NO" },
    });
  });
});

test("a signature that holds over text which moved to a neighbour is not believed", async () => {
  const collision = vectors.verification_cases.find(({ id }) => id === "boundary_shift_collision");
  gateway.sends(JSON.stringify({ code: 0, data: collision?.data, sign: collision?.sign }));
  expect(await client().queryOrder("TST-0001", options)).toMatchObject({ outcome: "broken" });
});

describe("a gateway that cannot be reached, or does not answer", () => {
  const calls = (line: ReturnType<typeof openVectorClient>, how = options) => [
    line.queryOrder("TST-0001", how),
    line.cancelOrder("TST-0001", how),
    line.refund(vectorRefund, how),
    line.queryRefund?.(vectorRefund, how),
    line.listRefunds?.(vectorRefund, how),
  ];

  test("nobody listening: proven not sent", async () => {
    for (const call of calls(openVectorClient("http://127.0.0.1:1")))
      expect(await call).toMatchObject({ outcome: "not-sent", why: "refused" });
  });

  test("a closed gate: nothing arrives", async () => {
    for (const call of calls(client(), { ...options, mayWrite: async () => false }))
      expect(await call).toMatchObject({ outcome: "not-sent", why: "gate-closed" });
    expect(gateway.requests()).toEqual([]);
  });

  test("silence until the deadline may have been an effect", async () => {
    const port = await listen(createServer());
    for (const call of calls(openVectorClient(`http://127.0.0.1:${port}`), { deadlineMs: 200 }))
      expect(await call).toMatchObject({ outcome: "unknown", why: "timeout" });
  });
});

test("what Ksher has no call for is null, as its capabilities say", () => {
  const { listOrders, listTransactions, queryRefund, listRefunds, capabilities } = client();
  expect([listOrders, listTransactions, capabilities.canListOrders]).toEqual([null, null, false]);
  expect([queryRefund === null, listRefunds === null, capabilities.refund.canQuery]).toEqual([
    false,
    false,
    true,
  ]);
});
