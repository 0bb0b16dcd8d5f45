import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Gateway, RefundOrder } from "../gateway.ts";
import { scan2pay } from "./kind.ts";
import { type Simulator, startScan2PaySimulator } from "./simulator/server.ts";

let simulator: Simulator;
let gateway: Gateway;
const quick = { deadlineMs: 3_000 };
let serial = 0;

async function control(method: string, path: string, body?: object) {
  const answer = await fetch(`${simulator.origin}/_control/${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  return answer.json();
}

function openAt(url: string, changes: object = {}): Promise<Gateway> {
  return control("GET", "merchants").then(([{ publicKeyPem, ivs }]) => {
    const entry = {
      slug: "x",
      store: "1",
      gateway: "scan2pay",
      url,
      merchantId: "S2PSIM0001",
      tradePassword: "1234",
      refundPassword: "0000",
    };
    const settings = scan2pay.readSettings({ ...entry, publicKeyPem, iv: ivs[0], ...changes });
    if (!settings.ok) throw new Error(JSON.stringify(settings.faults));
    return scan2pay.open(settings.value);
  });
}

beforeAll(async () => {
  simulator = await startScan2PaySimulator({ settings: { queryGapMs: 0 } });
  gateway = await openAt(simulator.url);
});
afterAll(() => simulator.close());
afterEach(() => control("DELETE", "faults"));

async function paidOrder(totalFee = 1000, mchId = "S2PSIM0001") {
  const storeOrderNo = `PO${String(++serial).padStart(6, "0")}`;
  await control("POST", "orders", { storeOrderNo, totalFee, state: "paid", mchId });
  return storeOrderNo;
}
const refundOf = (orderNo: string, refundMinor = 1000): RefundOrder => ({
  orderNo,
  refundNo: `R${String(++serial).padStart(6, "0")}`,
  refundMinor,
  orderAmountMinor: 1000,
  reason: "壞了 😡 #1",
  cashier: "王小明陳大文林小美張",
  storeCode: "00001",
  handles: {},
});
const refunds = async (orderNo: string) => {
  const [order] = await control("GET", `orders?storeOrderNo=${orderNo}`);
  return order.effects.filter(({ kind }: { kind: string }) => kind === "refund").length;
};

describe("the line to a gateway", () => {
  test("a waiting, a paid, a failed and a missing order each read as what they are", async () => {
    const state = async (orderNo: string) => {
      const outcome = await gateway.queryOrder(orderNo, quick);
      return outcome.outcome === "done"
        ? outcome.value.state
        : outcome.outcome === "declined"
          ? outcome.reason
          : outcome.outcome;
    };
    await control("POST", "orders", { storeOrderNo: "OPEN1", totalFee: 5 });
    await control("POST", "orders", { storeOrderNo: "FAIL1", totalFee: 5, state: "failed" });
    expect(await state("OPEN1")).toBe("waiting");
    expect(await state("FAIL1")).toBe("not-paid");
    expect(await state(await paidOrder())).toBe("paid");
    expect(await state("NOSUCH1")).toBe("not-found");
  });

  test("scenarios 26 and 27: a refund with an emoji and a long name moves the money once and reads as refunded", async () => {
    const orderNo = await paidOrder();
    expect(await gateway.refund(refundOf(orderNo), quick)).toMatchObject({ outcome: "done" });
    expect(await gateway.queryOrder(orderNo, quick)).toMatchObject({
      outcome: "done",
      value: { state: "refunded", amountMinor: 1000 },
    });
    expect(await gateway.refund(refundOf(orderNo), quick)).toMatchObject({
      outcome: "declined",
      reason: "already-done",
    });
    expect(await refunds(orderNo)).toBe(1);
  });

  test("the same number twice is a duplicate, a wrong password a matter of credentials", async () => {
    const orderNo = await paidOrder();
    const order = refundOf(orderNo);
    await gateway.refund(order, quick);
    expect(await gateway.refund(order, quick)).toMatchObject({
      outcome: "declined",
      reason: "duplicate-number",
    });
    const wrong = await openAt(simulator.url, { refundPassword: "1111" });
    expect(await wrong.refund(refundOf(await paidOrder()), quick)).toMatchObject({
      outcome: "declined",
      reason: "credentials",
    });
  });

  test("parts pass on an account with the capability; more than the rest does not", async () => {
    const able = await openAt(simulator.url, { merchantId: "S2PSIM0002", partialRefund: true });
    const orderNo = await paidOrder(1000, "S2PSIM0002");
    expect((await able.refund(refundOf(orderNo, 600), quick)).outcome).toBe("done");
    expect(await able.refund(refundOf(orderNo, 401), quick)).toMatchObject({
      outcome: "declined",
      reason: "amount",
    });
    expect((await able.refund(refundOf(orderNo, 400), quick)).outcome).toBe("done");
    expect(await refunds(orderNo)).toBe(2);
  });

  test("a cancel closes a waiting order; after fifteen minutes it is too late", async () => {
    await control("POST", "orders", { storeOrderNo: "CAN1", totalFee: 5 });
    expect((await gateway.cancelOrder("CAN1", quick)).outcome).toBe("done");
    expect(await gateway.queryOrder("CAN1", quick)).toMatchObject({ value: { state: "not-paid" } });
    await control("POST", "orders", { storeOrderNo: "CAN2", totalFee: 5, ageMs: 905_000, state: "paid" });
    expect(await gateway.cancelOrder("CAN2", quick)).toMatchObject({
      outcome: "declined",
      reason: "too-late",
    });
  });

  test("the list of transactions shows charge and refund as two rows", async () => {
    const orderNo = await paidOrder();
    await gateway.refund(refundOf(orderNo), quick);
    const list = await gateway.listTransactions(
      { from: new Date(Date.now() - 86_400_000), to: new Date(Date.now() + 86_400_000) },
      quick,
    );
    const rows = list.outcome === "done" ? list.value.filter((row) => row.orderNo === orderNo) : [];
    expect(rows.map(({ amountMinor, isRefund }) => [amountMinor, isRefund])).toEqual([
      [1000, false],
      [-1000, true],
    ]);
  });
});

describe("what goes wrong on the line", () => {
  test("accepted but the answer lost: unknown, one refund in the ledger, and the query then finds it", async () => {
    const orderNo = await paidOrder();
    await control("POST", "faults", { kind: "lost-after-effect", service: "Refund" });
    expect(await gateway.refund(refundOf(orderNo), quick)).toMatchObject({
      outcome: "unknown",
      why: "connection-lost",
    });
    expect(await refunds(orderNo)).toBe(1);
    expect(await gateway.queryOrder(orderNo, quick)).toMatchObject({ value: { state: "refunded" } });
  });

  test.each([
    ["garbage", "broken"],
    ["empty", "broken"],
    ["truncated", "broken"],
    ["wrong-key", "broken"],
    ["wrong-echo", "broken"],
    ["missing-code", "broken"],
    ["bare-code", "broken"],
    ["huge", "broken"],
    ["pending-then-success", "unknown"],
  ])("the money moved and the answer is %s: the outcome is %s, never a refusal", async (kind, outcome) => {
    await control("POST", "faults", { kind, service: "Refund" });
    const orderNo = await paidOrder();
    expect((await gateway.refund(refundOf(orderNo), quick)).outcome).toBe(outcome);
    expect(await refunds(orderNo)).toBe(kind === "pending-then-success" ? 0 : 1);
  });

  test.each(["http-status", "redirect"])("%s is not followed and decides nothing", async (kind) => {
    await control("POST", "faults", { kind });
    expect(await gateway.refund(refundOf(await paidOrder()), quick)).toMatchObject({
      outcome: "broken",
      why: "http-status",
    });
  });

  test("one byte a second: the whole call ends at its deadline", async () => {
    await control("POST", "faults", { kind: "slow-bytes", bytesPerSecond: 5 });
    const began = performance.now();
    expect(await gateway.queryOrder("OPEN1", { deadlineMs: 700 })).toMatchObject({
      outcome: "unknown",
      why: "timeout",
    });
    expect(performance.now() - began).toBeLessThan(1_200);
  });

  test("a closed gate: nothing arrives at the gateway", async () => {
    const before = (await control("GET", "arrivals")).length;
    const outcome = await gateway.refund(refundOf("GATE1"), { ...quick, mayWrite: async () => false });
    expect(outcome).toMatchObject({ outcome: "not-sent", why: "gate-closed" });
    expect((await control("GET", "arrivals")).length).toBe(before);
  });
});

test("a query 1,999 ms after the previous answer locks the caller; 2,000 ms after does not", async () => {
  const strict = await startScan2PaySimulator();
  const post = (path: string, body: object) =>
    fetch(`${strict.origin}/_control/${path}`, { method: "POST", body: JSON.stringify(body) });
  try {
    const line = await openAt(strict.url);
    const code = async () => (await line.queryOrder("NOSUCH1", quick)).evidence.code;
    await post("clock", { frozen: true });
    expect(await code()).toBe("7002");
    await post("clock", { advanceMs: 2_000 });
    expect(await code()).toBe("7002");
    await post("clock", { advanceMs: 1_999 });
    expect(await code()).toBe("7145");
    await post("clock", { advanceMs: 599_999 });
    expect(await code()).toBe("7145");
  } finally {
    await strict.close();
  }
});
