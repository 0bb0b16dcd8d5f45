import { expect, test } from "vitest";
import { control, makeOrder, openAt, quick, refundOf, refundsOf } from "./fixtures/at-simulator.ts";
import { startKsherSimulator } from "./simulator/server.ts";

test.each([
  { openShownAs: "NOTPAY", textLanguage: "th" },
  { payingShownAs: "PENDING", cancelAnswer: "object" },
  { jsonEscapes: "ascii", textLanguage: "en" },
  { partialRefundShownAs: "SUCCESS" },
  { refundQueryFilters: true },
  { emptyRefundQuery: "fail" },
  { strictNonce: true },
] as const)("the client reads a gateway that is built otherwise: %j", async (settings) => {
  const simulator = await startKsherSimulator({ settings: { rateLimit: false, ...settings } });
  try {
    const gateway = await openAt(simulator);
    const open = await makeOrder(simulator, { state: "open" });
    const paying = await makeOrder(simulator, { state: "paying" });
    expect(await gateway.queryOrder(open, quick)).toMatchObject({ value: { state: "waiting" } });
    expect(await gateway.queryOrder(paying, quick)).toMatchObject({ value: { state: "waiting" } });
    expect(await gateway.cancelOrder(open, quick)).toMatchObject({ why: "gateway-pending" });
    expect(await gateway.queryOrder(open, quick)).toMatchObject({ value: { state: "cancelled" } });
    const refund = await refundOf(gateway, await makeOrder(simulator), 40_000);
    const before = await gateway.queryRefund?.(refund, quick);
    expect(before?.outcome === "done" ? before.value.state : before?.outcome).toMatch(
      /^(not-listed|unknown)$/,
    );
    expect(await gateway.refund(refund, quick)).toMatchObject({ outcome: "done" });
    expect(await gateway.queryRefund?.(refund, quick)).toMatchObject({ value: { refundedMinor: 40_000 } });
    const rest = await refundOf(gateway, refund.orderNo, 60_000);
    expect(await gateway.refund(rest, quick)).toMatchObject({ outcome: "done" });
    expect(await gateway.queryOrder(refund.orderNo, quick)).toMatchObject({ value: { state: "refunded" } });
    expect(await refundsOf(simulator, refund.orderNo)).toEqual([40_000, 60_000]);
  } finally {
    await simulator.close();
  }
});

test("a gateway that answers FAIL for a number it does not know leaves us not knowing", async () => {
  const simulator = await startKsherSimulator({ settings: { rateLimit: false, unknownOrderQuery: "fail" } });
  try {
    const gateway = await openAt(simulator);
    expect(await gateway.queryOrder("NOSUCH1", quick)).toMatchObject({
      outcome: "unknown",
      why: "query-failed",
    });
  } finally {
    await simulator.close();
  }
});

test("a refund that shows late is not listed at first, and is then", async () => {
  const simulator = await startKsherSimulator({
    settings: { rateLimit: false, refundVisibleAfterMs: 60_000, slowRefundMs: 120_000 },
  });
  try {
    const gateway = await openAt(simulator);
    const refund = await refundOf(gateway, await makeOrder(simulator));
    expect(await gateway.refund(refund, quick)).toMatchObject({ outcome: "done" });
    const seen = async () => {
      const asked = await gateway.queryRefund?.(refund, quick);
      return asked?.outcome === "done" ? asked.value.state : asked?.outcome;
    };
    const states = [await seen()];
    for (const advanceMs of [60_000, 60_000]) {
      await control(simulator, "POST", "clock", { advanceMs });
      states.push(await seen());
    }
    expect(states).toEqual(["not-listed", "moving", "refunded"]);
  } finally {
    await simulator.close();
  }
});
