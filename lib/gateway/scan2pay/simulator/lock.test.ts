import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Simulator, startScan2PaySimulator } from "./server.ts";
import { type Caller, callerOf } from "./testing/caller.ts";

type Row = {
  isViolation: boolean;
  gapMs: number | null;
  answeredAt: number | null;
  abortedAt: number | null;
};

let simulator: Simulator;
let caller: Caller;
beforeEach(async () => {
  simulator = await startScan2PaySimulator();
  caller = await callerOf(simulator);
  await caller.control("POST", "clock", { frozen: true });
  await caller.control("POST", "orders", { storeOrderNo: "L1", totalFee: 100, state: "paid" });
});
afterEach(() => simulator.close());

const ask = async (service = "SingleOrderQuery") => {
  const dates = { StartDate: "20240101", EndDate: "20240102", OrderStatus: "1" };
  return (await caller.call(service, service === "SingleOrderQuery" ? { StoreOrderNo: "L1" } : dates)).code;
};
const advance = (advanceMs: number) => caller.control("POST", "clock", { advanceMs });
const arrivals = async () => (await caller.control("GET", "arrivals")) as Row[];
const untilArrived = async (count: number) =>
  expect.poll(async () => (await arrivals()).length).toBeGreaterThanOrEqual(count);

describe("the lock on hasty status queries", () => {
  test("2,000 ms after the answer is in time, 1,999 ms locks every call for ten minutes", async () => {
    expect(await ask()).toBe("0000");
    await advance(2_000);
    expect(await ask()).toBe("0000");
    await advance(1_999);
    expect(await ask()).toBe("7145");
    const olPay = { StoreOrderNo: "L2", DeviceInfo: "skb0001", Body: "Tea", TotalFee: "10" };
    expect((await caller.call("OLPay", olPay)).code).toBe("7145");
    await advance(599_999);
    expect(await ask()).toBe("7145");
    await advance(1);
    expect((await caller.call("OLPay", olPay)).code).toBe("0000");
    expect((await arrivals()).filter(({ isViolation }) => isViolation)).toMatchObject([{ gapMs: 1_999 }]);
  });

  test("lists count like single queries; another merchant account has its own pace", async () => {
    expect(await ask("OrderQuery")).toBe("0000");
    const other = await caller.call("SingleOrderQuery", { StoreOrderNo: "X" }, { mchId: "S2PSIM0002" });
    expect(other.code).toBe("7002");
    expect(await ask("OrderQuery1.1")).toBe("7145");
  });

  test("a hasty query inside the lock does not make the lock longer", async () => {
    await ask();
    expect(await ask()).toBe("7145");
    await advance(300_000);
    await ask();
    await ask();
    await advance(300_000);
    expect((await caller.call("CancelOrder", { StoreOrderNo: "NONE", RefundKey: "x" })).code).toBe("7168");
  });

  test("a query while another still hangs is too soon, however long that one has been hanging", async () => {
    await caller.control("POST", "faults", { kind: "delay", delayMs: 60_000, service: "SingleOrderQuery" });
    const hanging = new AbortController();
    const hung = caller.call("SingleOrderQuery", { StoreOrderNo: "L1" }, { signal: hanging.signal });
    await untilArrived(1);
    await advance(10_000);
    expect(await ask()).toBe("7145");
    hanging.abort();
    await expect(hung).rejects.toThrow();
  });

  test("a query that was broken off counts from the moment it was broken off", async () => {
    await caller.control("POST", "faults", { kind: "delay", delayMs: 60_000, service: "SingleOrderQuery" });
    const impatient = new AbortController();
    const hung = caller.call("SingleOrderQuery", { StoreOrderNo: "L1" }, { signal: impatient.signal });
    await untilArrived(1);
    await advance(15_000);
    impatient.abort();
    await expect(hung).rejects.toThrow();
    await expect.poll(async () => (await arrivals())[0]?.abortedAt ?? null).not.toBeNull();
    expect((await arrivals())[0]?.answeredAt).toBeNull();
    await advance(1_999);
    expect(await ask()).toBe("7145");
  });

  test("setting the clock back neither locks a patient caller nor makes a lock longer", async () => {
    await ask();
    await advance(2_000);
    await advance(-3_600_000);
    expect(await ask()).toBe("0000");
    expect(await ask()).toBe("7145");
    await advance(-3_600_000);
    await advance(600_000);
    expect(await ask()).toBe("0000");
  });

  test("unlock ends a lock; the gap still counts", async () => {
    await ask();
    await ask();
    await caller.control("POST", "unlock");
    expect(await ask()).toBe("7145");
  });
});
