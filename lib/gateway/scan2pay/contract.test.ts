import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { gatewayContract } from "../gateway.contract.ts";
import type { ContractFault, ContractHarness } from "../gateway.contract-tools.ts";
import type { Gateway, RefundOrder } from "../gateway.ts";
import { scan2pay } from "./kind.ts";
import { type Simulator, startScan2PaySimulator } from "./simulator/server.ts";

const quick = { deadlineMs: 3_000 };
const tradePassword = "1234";
const refundPassword = "0000";

async function control(simulator: Simulator, method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${simulator.origin}/_control/${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  return answer.json();
}

const merchantsSchema = z.array(z.object({ publicKeyPem: z.string(), ivs: z.array(z.string()) }));
const ordersSchema = z.array(
  z.object({ effects: z.array(z.object({ kind: z.string(), amount: z.number() })) }),
);

async function openAt(simulator: Simulator, changes: object = {}): Promise<Gateway> {
  const [merchant] = merchantsSchema.parse(await control(simulator, "GET", "merchants"));
  const settings = scan2pay.readSettings({
    url: simulator.url,
    merchantId: "S2PSIM0001",
    tradePassword,
    refundPassword,
    publicKeyPem: merchant?.publicKeyPem,
    iv: merchant?.ivs[0],
    ...changes,
  });
  if (!settings.ok) throw new Error(JSON.stringify(settings.faults));
  return scan2pay.open(settings.value);
}

async function refundsOf(simulator: Simulator, orderNo: string): Promise<number[]> {
  const orders = ordersSchema.parse(await control(simulator, "GET", `orders?storeOrderNo=${orderNo}`));
  return orders.flatMap(({ effects }) =>
    effects.flatMap(({ kind, amount }) => (kind === "refund" ? [amount] : [])),
  );
}

/** The simulator's own names of the contract's faults. */
const faults: Partial<Record<ContractFault, object>> = {
  "lost-before": { kind: "lost-before-effect" },
  "lost-after": { kind: "lost-after-effect" },
  "http-error": { kind: "http-status", status: 502 },
  "slow-bytes": { kind: "slow-bytes", bytesPerSecond: 5 },
};

const states = { waiting: "open", paid: "paid", "not-paid": "failed" } as const;

async function startHarness(): Promise<ContractHarness> {
  const simulator = await startScan2PaySimulator({ settings: { queryGapMs: 0 } });
  let serial = 0;
  const hash = (password: string) => createHash("sha256").update(password).digest("hex");
  return {
    gateway: await openAt(simulator),
    nowhere: await openAt(simulator, { url: "http://127.0.0.1:1/allpaypass/api/general" }),
    wrongSecret: await openAt(simulator, { refundPassword: "1111" }),
    secrets: [hash(tradePassword), hash(refundPassword)],
    reads: { waiting: "waiting", paid: "paid", "not-paid": "not-paid" },
    refuses: { sameNumber: "duplicate-number", secondRefund: "already-done" },
    anyHandles: {},
    async makeOrder(state, amountMinor) {
      serial += 1;
      const storeOrderNo = `PO${String(serial).padStart(6, "0")}`;
      await control(simulator, "POST", "orders", {
        storeOrderNo,
        totalFee: amountMinor,
        state: states[state],
      });
      return storeOrderNo;
    },
    breakNext: async (fault) => {
      await control(simulator, "POST", "faults", faults[fault] ?? { kind: fault });
    },
    mend: async () => {
      await control(simulator, "DELETE", "faults");
    },
    refundsOf: (orderNo) => refundsOf(simulator, orderNo),
    arrivals: async () => z.array(z.unknown()).parse(await control(simulator, "GET", "arrivals")).length,
    close: () => simulator.close(),
  };
}

gatewayContract("Scan2Pay", startHarness);

describe("what only Scan2Pay does", () => {
  let simulator: Simulator;
  let gateway: Gateway;
  let serial = 0;
  beforeAll(async () => {
    simulator = await startScan2PaySimulator({ settings: { queryGapMs: 0 } });
    gateway = await openAt(simulator);
  });
  afterEach(() => control(simulator, "DELETE", "faults"));
  afterAll(() => simulator.close());

  async function order(changes: object = {}): Promise<string> {
    serial += 1;
    const storeOrderNo = `OWN${String(serial).padStart(6, "0")}`;
    await control(simulator, "POST", "orders", { storeOrderNo, totalFee: 1_000, state: "paid", ...changes });
    return storeOrderNo;
  }
  function refundOf(orderNo: string, refundMinor = 1_000): RefundOrder {
    serial += 1;
    const texts = { reason: "cold", cashier: "王小明", storeCode: "00001" };
    return { orderNo, refundNo: `R${serial}`, refundMinor, orderAmountMinor: 1_000, ...texts, handles: {} };
  }

  test("parts pass on an account with the capability; more than the rest does not", async () => {
    const able = await openAt(simulator, { merchantId: "S2PSIM0002", partialRefund: true });
    const orderNo = await order({ mchId: "S2PSIM0002" });
    expect((await able.refund(refundOf(orderNo, 600), quick)).outcome).toBe("done");
    expect(await able.refund(refundOf(orderNo, 401), quick)).toMatchObject({
      outcome: "declined",
      reason: "amount",
    });
    expect((await able.refund(refundOf(orderNo, 400), quick)).outcome).toBe("done");
    expect(await refundsOf(simulator, orderNo)).toEqual([600, 400]);
  });

  test("an account that thinks it may refund parts, and may not, is told so", async () => {
    const hopeful = await openAt(simulator, { partialRefund: true });
    expect(await hopeful.refund(refundOf(await order(), 600), quick)).toMatchObject({
      outcome: "declined",
      reason: "partial-not-allowed",
    });
  });

  test("after fifteen minutes it is too late to cancel", async () => {
    const orderNo = await order({ ageMs: 905_000 });
    expect(await gateway.cancelOrder(orderNo, quick)).toMatchObject({
      outcome: "declined",
      reason: "too-late",
    });
  });

  test("a refund the gateway is still working on is open, not refused", async () => {
    const orderNo = await order();
    await control(simulator, "POST", "faults", { kind: "pending-then-success", service: "Refund" });
    expect(await gateway.refund(refundOf(orderNo), quick)).toMatchObject({
      outcome: "unknown",
      why: "gateway-pending",
    });
    expect(await refundsOf(simulator, orderNo)).toEqual([]);
  });

  test("a refund that fails downstream reads as failed, and the payment stands", async () => {
    const orderNo = await order();
    await control(simulator, "POST", "faults", { kind: "refund-fail", service: "Refund" });
    await gateway.refund(refundOf(orderNo), quick);
    expect(await gateway.queryOrder(orderNo, quick)).toMatchObject({
      value: { state: "refund-failed", amountMinor: 1_000 },
    });
  });
});

test.each([
  { responseStyle: "plain" },
  { dataForm: "string" },
  { rowsForm: "array" },
  { refundFields: "minimal" },
  { amountOutput: "string" },
  { amountOutput: "number" },
  { queryFields: "english" },
  { errorData: "null", statusLanguage: "en" },
  { errorData: "empty-string" },
  { errorData: "missing" },
] as const)("the client reads a gateway that is built otherwise: %j", async (settings) => {
  const simulator = await startScan2PaySimulator({ settings: { queryGapMs: 0, ...settings } });
  try {
    const gateway = await openAt(simulator);
    await control(simulator, "POST", "orders", { storeOrderNo: "A1", totalFee: 90, state: "paid" });
    const texts = { reason: "cold", cashier: "", storeCode: "" };
    const refund = {
      orderNo: "A1",
      refundNo: "R1",
      refundMinor: 90,
      orderAmountMinor: 90,
      ...texts,
      handles: {},
    };
    const range = { from: new Date(Date.now() - 86_400_000), to: new Date(Date.now() + 86_400_000) };
    expect(await gateway.queryOrder("A1", quick)).toMatchObject({
      value: { state: "paid", amountMinor: 90 },
    });
    expect(await gateway.queryOrder("A2", quick)).toMatchObject({ reason: "not-found" });
    expect(await gateway.refund(refund, quick)).toMatchObject({ outcome: "done" });
    expect(await gateway.listOrders?.({ ...range, state: "paid" }, quick)).toMatchObject({
      value: [{ amountMinor: 90, state: "refunded" }],
    });
    expect(await gateway.listOrders?.({ ...range, state: "waiting" }, quick)).toMatchObject({ value: [] });
    expect(await gateway.listTransactions?.(range, quick)).toMatchObject({
      value: [{ amountMinor: 90 }, { amountMinor: -90 }],
    });
  } finally {
    await simulator.close();
  }
});

test("a query 1,999 ms after the previous answer locks the caller; 2,000 ms after does not", async () => {
  const strict = await startScan2PaySimulator();
  try {
    const line = await openAt(strict);
    const code = async () => (await line.queryOrder("NOSUCH1", quick)).evidence.code;
    await control(strict, "POST", "clock", { frozen: true });
    expect(await code()).toBe("7002");
    await control(strict, "POST", "clock", { advanceMs: 2_000 });
    expect(await code()).toBe("7002");
    await control(strict, "POST", "clock", { advanceMs: 1_999 });
    expect(await line.queryOrder("NOSUCH1", quick)).toMatchObject({
      outcome: "declined",
      reason: "locked-out",
    });
    await control(strict, "POST", "clock", { advanceMs: 599_999 });
    expect(await code()).toBe("7145");
  } finally {
    await strict.close();
  }
});
