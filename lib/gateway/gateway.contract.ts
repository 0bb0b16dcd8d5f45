import "server-only";
import { describe, expect, test } from "vitest";
import {
  amountMinor,
  type ContractFault,
  type ContractHarness,
  contractFaults,
  contractTools,
  soon,
  type Tools,
} from "./gateway.contract-tools.ts";

const withoutEffect: ReadonlySet<ContractFault> = new Set<ContractFault>([
  "lost-before",
  "redirect",
  "http-error",
]);

function answeredCalls({ harness, refundAfterQuery, range }: Tools): void {
  test.each(["waiting", "paid", "not-paid"] as const)(
    "an order that is %s reads so, with its amount",
    async (state) => {
      const { gateway, makeOrder, reads } = harness();
      const orderNo = await makeOrder(state, amountMinor);
      const { currency } = gateway.capabilities;
      expect(await gateway.queryOrder(orderNo, soon)).toMatchObject({
        outcome: "done",
        value: { orderNo, state: reads[state], amountMinor, currency },
      });
    },
  );

  test("an order nobody made is declined as not found", async () => {
    expect(await harness().gateway.queryOrder("NOSUCH1", soon)).toMatchObject({
      outcome: "declined",
      reason: "not-found",
    });
  });

  test("a refund with an emoji in its reason and a long cashier's name moves the money once and reads as refunded", async () => {
    const { gateway, makeOrder, refundsOf } = harness();
    const orderNo = await makeOrder("paid", amountMinor);
    expect(await gateway.refund(await refundAfterQuery(orderNo), soon)).toMatchObject({ outcome: "done" });
    expect(await gateway.queryOrder(orderNo, soon)).toMatchObject({
      outcome: "done",
      value: { state: "refunded", amountMinor },
    });
    expect(await refundsOf(orderNo)).toEqual([amountMinor]);
  });

  test("a second refund, under its own number or the first one's, moves nothing", async () => {
    const { gateway, makeOrder, refundsOf, refuses } = harness();
    const orderNo = await makeOrder("paid", amountMinor);
    const order = await refundAfterQuery(orderNo);
    await gateway.refund(order, soon);
    expect(await gateway.refund(order, soon)).toMatchObject({
      outcome: "declined",
      reason: refuses.sameNumber,
    });
    expect(await gateway.refund(await refundAfterQuery(orderNo), soon)).toMatchObject({
      outcome: "declined",
      reason: refuses.secondRefund,
    });
    expect(await refundsOf(orderNo)).toEqual([amountMinor]);
  });

  test("more than the order, or nothing, is never sent", async () => {
    const { gateway, makeOrder, arrivals } = harness();
    const orderNo = await makeOrder("paid", amountMinor);
    const order = await refundAfterQuery(orderNo);
    const before = await arrivals();
    for (const refundMinor of [amountMinor + 1, 0, -1, 0.5, Number.NaN]) {
      expect(await gateway.refund({ ...order, refundMinor }, soon)).toMatchObject({
        outcome: "not-sent",
        why: "our-request",
      });
    }
    expect(await arrivals()).toBe(before);
  });

  test("a waiting order can be cancelled: done where the answer proves it, else taken, and a query shows it", async () => {
    const { gateway, makeOrder } = harness();
    const orderNo = await makeOrder("waiting", amountMinor);
    const answer = await gateway.cancelOrder(orderNo, soon);
    if (answer.outcome === "done") expect(answer.value).toEqual({ orderNo });
    else expect(answer).toMatchObject({ outcome: "unknown", why: "gateway-pending" });
    const after = await gateway.queryOrder(orderNo, soon);
    expect(["not-paid", "cancelled"]).toContain(after.outcome === "done" ? after.value.state : after.outcome);
  });

  test("a wrong refund secret is a matter of credentials, and moves nothing", async () => {
    const { wrongSecret, makeOrder, refundsOf } = harness();
    const orderNo = await makeOrder("paid", amountMinor);
    expect(await wrongSecret.refund(await refundAfterQuery(orderNo), soon)).toMatchObject({
      outcome: "declined",
      reason: "credentials",
    });
    expect(await refundsOf(orderNo)).toEqual([]);
  });

  test("a refund can be asked about by its number, where the gateway says so", async () => {
    const { gateway, makeOrder } = harness();
    const { queryRefund, listRefunds } = gateway;
    const { canQuery } = gateway.capabilities.refund;
    expect([queryRefund !== null, listRefunds !== null]).toEqual([canQuery, canQuery]);
    if (queryRefund === null || listRefunds === null) return;
    const order = await refundAfterQuery(await makeOrder("paid", amountMinor));
    await gateway.refund(order, soon);
    const seen = { refundNo: order.refundNo, state: "refunded", refundedMinor: amountMinor };
    expect(await queryRefund(order, soon)).toMatchObject({ outcome: "done", value: seen });
    expect(await listRefunds(order, soon)).toMatchObject({ outcome: "done", value: [seen] });
    expect(await queryRefund({ ...order, refundNo: "R99999999" }, soon)).toMatchObject({
      value: { state: "not-listed", refundedMinor: 0 },
    });
  });

  test("the lists hold what happened, where the gateway has lists", async () => {
    const { gateway, makeOrder } = harness();
    const { listOrders, listTransactions } = gateway;
    expect([listOrders !== null, listTransactions !== null]).toEqual([
      gateway.capabilities.canListOrders,
      gateway.capabilities.canListOrders,
    ]);
    if (listOrders === null || listTransactions === null) return;
    const orderNo = await makeOrder("paid", amountMinor);
    await gateway.refund(await refundAfterQuery(orderNo), soon);
    const orders = await listOrders({ ...range, state: "paid" }, soon);
    const rows = await listTransactions(range, soon);
    expect(orders.outcome === "done" && orders.value.find((row) => row.orderNo === orderNo)).toMatchObject({
      amountMinor,
      state: "refunded",
    });
    const ours = rows.outcome === "done" ? rows.value.filter((row) => row.orderNo === orderNo) : [];
    expect(ours.map((row) => [row.amountMinor, row.isRefund, row.isSuccess])).toEqual([
      [amountMinor, false, true],
      [-amountMinor, true, true],
    ]);
  });
}

function unsentCalls({ harness, everyCall }: Tools): void {
  test("nobody listening: every call is proven not sent", async () => {
    for (const call of everyCall(harness().nowhere, soon)) {
      expect(await call).toMatchObject({
        outcome: "not-sent",
        why: "refused",
        evidence: { httpStatus: null, raw: null, checks: { opened: false } },
      });
    }
  });

  test("a closed gate, asked once a call: nothing arrives at the gateway", async () => {
    const { gateway, arrivals } = harness();
    const before = await arrivals();
    let asked = 0;
    const mayWrite = async () => {
      asked += 1;
      return false;
    };
    const calls = everyCall(gateway, { ...soon, mayWrite });
    for (const call of calls) {
      expect(await call).toMatchObject({ outcome: "not-sent", why: "gate-closed" });
    }
    expect({ asked, arrivals: await arrivals() }).toEqual({ asked: calls.length, arrivals: before });
  });
}

function brokenCalls({ harness, refundAfterQuery, everyCall }: Tools): void {
  test.each(contractFaults)(
    "a refund whose answer is %s is never done, never refused, never called unsent",
    async (fault) => {
      const { gateway, makeOrder, breakNext, mend, refundsOf } = harness();
      const orderNo = await makeOrder("paid", amountMinor);
      const order = await refundAfterQuery(orderNo);
      await breakNext(fault);
      const { outcome } = await gateway.refund(order, soon);
      expect(outcome).toBe(fault.startsWith("lost") ? "unknown" : "broken");
      await mend();
      const hasEffect = !withoutEffect.has(fault);
      expect(await refundsOf(orderNo)).toEqual(hasEffect ? [amountMinor] : []);
      expect(await gateway.queryOrder(orderNo, soon)).toMatchObject({
        value: { state: hasEffect ? "refunded" : "paid" },
      });
    },
  );

  test.each(contractFaults)("a query whose answer is %s says nothing about the order", async (fault) => {
    const { gateway, makeOrder, breakNext } = harness();
    const orderNo = await makeOrder("paid", amountMinor);
    await breakNext(fault);
    expect(["unknown", "broken"]).toContain((await gateway.queryOrder(orderNo, soon)).outcome);
  });

  test("one byte at a time: the whole call ends at its deadline, give or take half a second", async () => {
    const { gateway, makeOrder, breakNext, refundsOf } = harness();
    const orderNo = await makeOrder("paid", amountMinor);
    const order = await refundAfterQuery(orderNo);
    await breakNext("slow-bytes");
    const began = performance.now();
    expect(await gateway.refund(order, { deadlineMs: 600 })).toMatchObject({
      outcome: "unknown",
      why: "timeout",
    });
    const tookMs = performance.now() - began;
    expect(tookMs).toBeGreaterThan(590);
    expect(tookMs).toBeLessThan(1_100);
    expect(await refundsOf(orderNo)).toEqual([amountMinor]);
  });

  test("no outcome of any call shows a secret, whole answer or broken", async () => {
    const { gateway, secrets, breakNext } = harness();
    const seen: unknown[] = await Promise.all(everyCall(gateway, soon));
    const callCount = seen.length;
    for (const fault of ["garbage", "wrong-echo", "http-error"] as const) {
      for (let times = 0; times < callCount; times += 1) await breakNext(fault);
      seen.push(...(await Promise.all(everyCall(gateway, soon))));
    }
    for (const secret of secrets)
      expect(JSON.stringify(seen).toLowerCase()).not.toContain(secret.toLowerCase());
  });
}

/**
 * What every gateway must pass, over HTTP against its simulator (README.md says how to add one). The simulator must take
 * queries as fast as they come.
 */
export function gatewayContract(name: string, start: () => Promise<ContractHarness>): void {
  describe(`the contract of gateways, kept by ${name}`, () => {
    const tools = contractTools(start);
    describe("calls that are answered", () => answeredCalls(tools));
    describe("calls that never leave", () => unsentCalls(tools));
    describe("answers that are lost or broken", () => brokenCalls(tools));
  });
}
