import { once } from "node:events";
import { request } from "node:http";
import { afterEach, expect, test } from "vitest";
import { startScan2PaySimulator } from "./server.ts";
import { callerOf } from "./testing/caller.ts";

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function start() {
  const simulator = await startScan2PaySimulator();
  cleanUps.push(() => simulator.close());
  return { simulator, caller: await callerOf(simulator) };
}

/** fetch cannot set Host, so this asks by hand. */
async function statusOf(origin: string, path: string, headers: Record<string, string>): Promise<number> {
  const call = request(`${origin}${path}`, { method: "POST", headers });
  call.end();
  const [reply] = await once(call, "response");
  reply.resume();
  return reply.statusCode;
}

test("neither another site's page nor a foreign name may steer the simulator", async () => {
  const { simulator } = await start();
  const { origin } = simulator;
  expect(await statusOf(origin, "/_control/reset", {})).toBe(200);
  expect(await statusOf(origin, "/_control/reset", { origin })).toBe(200);
  expect(await statusOf(origin, "/_control/reset", { origin: "https://evil.example" })).toBe(403);
  expect(await statusOf(origin, "/_control/reset", { host: "evil.example:4010" })).toBe(403);
});

test("a newcomer pays on the payer page, which never runs what an order says", async () => {
  const { simulator, caller } = await start();
  const made = {
    StoreOrderNo: "P1",
    DeviceInfo: "skb0001",
    Body: "<script>alert(1)</script>",
    TotalFee: "10",
  };
  const urlToken = String((await caller.call("OLPay", made)).data.urlToken);
  const page = await fetch(urlToken);
  const text = await page.text();
  expect(text).not.toContain("<script");
  expect(text).toContain("NT$10");
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  const method = new URLSearchParams({ method: "10900" });
  const paid = await fetch(`${urlToken}/pay`, { method: "POST", body: method });
  expect(await paid.text()).toContain("已付款");
  expect(await caller.control("GET", "effects")).toMatchObject([
    { kind: "pay", amount: 10, origin: "payer" },
  ]);
  expect((await fetch(`${urlToken}/pay`, { method: "POST", body: method })).status).toBe(409);
  expect(await (await fetch(simulator.origin)).text()).toContain("Refund in portal");
});

test("the control page lays the fault a person chose", async () => {
  const { simulator, caller } = await start();
  const body = new URLSearchParams({ kind: "lost-after-effect", service: "Refund", storeOrderNo: "" });
  await fetch(`${simulator.origin}/faults`, { method: "POST", body });
  expect(await caller.control("GET", "faults")).toEqual([
    { kind: "lost-after-effect", service: "Refund", times: 1 },
  ]);
});

test("an unpaid order expires; a Micropay may wait for its customer", async () => {
  const { caller } = await start();
  await caller.control("POST", "settings", { queryGapMs: 0 });
  await caller.control("POST", "orders", { storeOrderNo: "E1", totalFee: 10 });
  const micro = { StoreOrderNo: "M1", DeviceInfo: "skb0001", Body: "Tea", TotalFee: 90 };
  await caller.control("POST", "faults", { kind: "pending-then-success", delayMs: 3_000 });
  expect((await caller.call("Micropay", { ...micro, AuthCode: "390000000000000017" })).code).toBe("9997");
  const status = async (no: string) =>
    (await caller.call("SingleOrderQuery", { StoreOrderNo: no })).data.OrderStatus;
  expect([await status("E1"), await status("M1")]).toEqual(["0", "0"]);
  await caller.control("POST", "clock", { advanceMs: 900_000 });
  expect([await status("E1"), await status("M1")]).toEqual(["2", "1"]);
});
