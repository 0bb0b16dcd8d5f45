import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { startKsherSimulator } from "./server.ts";
import { callerOf } from "./testing/caller.ts";

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function start(options: Parameters<typeof startKsherSimulator>[0] = {}) {
  const simulator = await startKsherSimulator(options);
  cleanUps.push(() => simulator.close());
  return { simulator, caller: await callerOf(simulator) };
}

const press = (url: string, fields: Record<string, string> = {}) =>
  fetch(url, { method: "POST", body: new URLSearchParams(fields) });

test("a simulator that is started again forgets neither money nor locks, faults, notices nor the clock", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ksher-simulator-"));
  cleanUps.push(() => rmSync(folder, { recursive: true }));
  const stateFile = join(folder, "state.json");
  const first = await startKsherSimulator({ stateFile });
  const before = await callerOf(first);
  await before.control("POST", "merchants", { mchId: "mch99001", notifyUrl: "http://127.0.0.1:1/" });
  await before.control("POST", "clock", { advanceMs: 3_600_000 });
  await before.control("POST", "orders", { storeOrderNo: "K1", totalFee: 100 });
  await before.control("POST", "orders/K1/pay", { channel: "card" });
  await before.control("POST", "faults", { kind: "code", code: "-6", service: "gateway_pay" });
  const ask = { mch_order_no: "K1" };
  expect((await before.call("gateway_order_query", ask)).result).toBe("SUCCESS");
  expect((await before.call("gateway_order_query", ask)).httpStatus).toBe(429);
  await first.close();

  const { caller } = await start({ stateFile });
  expect(await caller.control("GET", "effects")).toMatchObject([{ kind: "pay", storeOrderNo: "K1" }]);
  expect(await caller.control("GET", "faults")).toMatchObject([{ code: "-6" }]);
  expect(await caller.control("GET", "notices")).toMatchObject({ waiting: [{ storeOrderNo: "K1" }] });
  const { now } = (await caller.control("GET", "clock")) as { now: number };
  expect(now).toBeGreaterThan(Date.now() + 3_500_000);
  expect((await caller.call("gateway_order_query", ask)).httpStatus).toBe(429);
  await caller.control("POST", "unlock");
  expect((await caller.call("cancel_order", ask)).code).toBe(-4);
});

describe("the payer page", () => {
  const params = { total_fee: "123450", fee_type: "THB", channel_list: "promptpay,card" };
  async function payPage(more: Record<string, string> = {}) {
    const { simulator, caller } = await start();
    const made = await caller.call("gateway_pay", { mch_order_no: "P1", ...params, ...more });
    const url = String(made.data.pay_content);
    const uuid = new URL(url).searchParams.get("order_uuid");
    const text = async () => (await fetch(url)).text();
    const button = (action: string, fields = {}) =>
      press(`${simulator.origin}/pay/${uuid}/${action}`, fields);
    return { simulator, caller, url, text, button };
  }

  test("lets a newcomer pay, and never runs what an order says", async () => {
    const back = "https://shop.example/ok?a=1";
    const name = "<script>alert(1)</script>";
    const { url, text, button, caller } = await payPage({ product_name: name, mch_redirect_url: back });
    expect(new URL(url).search).toMatch(/^\?order_uuid=[0-9a-f]{32}&lang=en$/);
    const page = await fetch(url);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    const before = await page.text();
    expect(before).not.toContain("<script");
    expect(before).toContain("฿1,234.50");
    expect(await (await button("pay", { channel: "promptpay" })).text()).toContain("ชำระเงินแล้ว");
    expect(await text()).toContain('href="https://shop.example/ok?a=1&#38;mch_order_no=P1"');
    expect(await caller.control("GET", "effects")).toMatchObject([{ kind: "pay", amount: 123_450 }]);
    expect((await button("pay", { channel: "promptpay" })).status).toBe(409);
  });

  test("offers refusing, the card's OTP and its end", async () => {
    const { text, button } = await payPage();
    await button("refuse");
    expect(await text()).toContain("attempt failed");
    await button("otp");
    expect(await text()).toContain("Enter the OTP");
    await button("drop");
    await button("otp");
    expect(await (await button("finish")).text()).toContain("ชำระเงินแล้ว");
  });

  test("of a cancelled order offers the saved QR only, and not the card", async () => {
    const { caller, text, button } = await payPage();
    await caller.call("cancel_order", { mch_order_no: "P1" });
    const page = await text();
    expect(page).toContain("Pay with the saved QR");
    expect(page).not.toContain("OTP");
    expect(page).not.toContain('value="card"');
    expect((await button("otp")).status).toBe(409);
    expect(await (await button("pay", { channel: "promptpay" })).text()).toContain("ชำระเงินแล้ว");
  });
});

describe("the control page", () => {
  test("lists the orders with their ledger, steers them and lays the fault a person chose", async () => {
    const { simulator, caller } = await start();
    await caller.control("POST", "orders", { storeOrderNo: "A B", totalFee: 100 });
    await press(`${simulator.origin}/orders/A%20B/pay?mchId=mch99001`);
    await press(`${simulator.origin}/orders/A%20B/refund?mchId=mch99001`);
    const page = await (await fetch(simulator.origin)).text();
    expect(page).toContain("Refund in the Ksher app");
    expect(page).toContain("refund ฿1.00 (app)");
    await press(`${simulator.origin}/faults`, {
      kind: "lost-after-effect",
      service: "order_refund",
      storeOrderNo: "",
    });
    expect(await caller.control("GET", "faults")).toEqual([
      { kind: "lost-after-effect", service: "order_refund", times: 1 },
    ]);
  });

  test("is closed to other sites' pages; the protocol is not", async () => {
    const { simulator } = await start();
    const status = async (path: string, origin: string) =>
      (await fetch(simulator.origin + path, { method: "POST", headers: { origin } })).status;
    expect(await status("/_control/reset", "https://evil.example")).toBe(403);
    expect(await status("/_control/reset", simulator.origin)).toBe(200);
    expect(await status("/faults", "https://evil.example")).toBe(403);
    expect(await status("/api/cancel_order", "https://shop.example")).toBe(200);
  });
});

test("a wrong control call is answered with a sentence and its status", async () => {
  const { simulator, caller } = await start();
  const body = await fetch(`${simulator.controlUrl}/orders`, { method: "POST", body: "[]" });
  expect(body.status).toBe(400);
  await expect(caller.control("POST", "nothing")).rejects.toThrow(/404/);
  await expect(caller.control("POST", "orders/NOBODY/pay")).rejects.toThrow(/404/);
  expect(await caller.control("GET", "")).toMatchObject({ delete: ["faults"] });
});
