import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import vectors from "../fixtures/ksher-vectors.json" with { type: "json" };
import { type Simulator, startKsherSimulator } from "./server.ts";
import { type Caller, callerOf, isVerified } from "./testing/caller.ts";

type Notice = { code: number; data: Record<string, unknown>; sign?: string };
type Tried = { at: number; tryNo: number; isDelivered: boolean };

const { public_spki_pem: v1 } = vectors.keys.platform_v1_512;
const good = JSON.stringify({ result: "SUCCESS", msg: "OK" });

let simulator: Simulator;
let caller: Caller;
let shop: Server;
let notifyUrl = "";
let reply = good;
let serial = 0;
const bodies: string[] = [];
const types: (string | undefined)[] = [];

beforeAll(async () => {
  simulator = await startKsherSimulator({ settings: { queryGapMs: 0 } });
  caller = await callerOf(simulator);
  shop = createServer((request, answer) => {
    let text = "";
    request.setEncoding("utf8").on("data", (chunk) => {
      text += chunk;
    });
    request.on("end", () => {
      bodies.push(text);
      types.push(request.headers["content-type"]);
      answer.end(reply);
    });
  });
  await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
  notifyUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/notify`;
});
beforeEach(async () => {
  await caller.control("POST", "reset");
  await caller.control("POST", "merchants", { mchId: "mch99001", notifyUrl });
  bodies.length = 0;
  types.length = 0;
  reply = good;
});
afterAll(async () => {
  await simulator.close();
  await new Promise((resolve) => shop.close(resolve));
});

async function newOrder(more: object = {}): Promise<string> {
  serial += 1;
  const storeOrderNo = `N${serial}`;
  await caller.control("POST", "orders", { storeOrderNo, totalFee: 15_050, ...more });
  return storeOrderNo;
}
const pay = (no: string) => caller.control("POST", `orders/${no}/pay`, { channel: "promptpay" });
const notices = async () =>
  (await caller.control("GET", "notices")) as { waiting: { dueAt: number }[]; tried: Tried[] };
const tries = async () => (await notices()).tried.length;
const lay = (kind: string, more: object = {}) => caller.control("POST", "faults", { kind, ...more });
const read = (body: string | undefined) => JSON.parse(body ?? "") as Notice;
const isGenuine = ({ data, sign }: Notice) => isVerified(data, sign ?? "", v1);

describe("payment notices", () => {
  test("say SUCCESS, signed over data, as text/plain, once, to a shop that answers as expected", async () => {
    const order = await newOrder();
    await pay(order);
    await expect.poll(tries).toBe(1);
    expect(types).toEqual(["text/plain;charset=utf-8"]);
    const notice = read(bodies[0]);
    expect(notice).toMatchObject({
      code: 0,
      data: { result: "SUCCESS", mch_order_no: order, total_fee: 15_050 },
    });
    expect(isGenuine(notice)).toBe(true);
    expect(await notices()).toMatchObject({ waiting: [], tried: [{ tryNo: 1, isDelivered: true }] });
  });

  test("come for payments only: not after a refusal, a cancel or a refund", async () => {
    const [order, other] = [await newOrder(), await newOrder()];
    await caller.control("POST", `orders/${order}/refuse`);
    await caller.call("cancel_order", { mch_order_no: order });
    await pay(other);
    await expect.poll(tries).toBe(1);
    await caller.control("POST", `orders/${other}/refund`);
    expect([await tries(), (await notices()).waiting]).toEqual([1, []]);
  });

  test("come for a cancelled order that a saved QR pays", async () => {
    const order = await newOrder({ state: "cancelled" });
    await pay(order);
    await expect.poll(() => bodies.map((body) => read(body).data.mch_order_no)).toEqual([order]);
  });

  test("go to the order's own address, and to none that plain http would carry away", async () => {
    const params = { total_fee: "100", fee_type: "THB", channel_list: "promptpay" };
    await caller.control("POST", "merchants", { mchId: "mch99001", notifyUrl: null });
    await caller.call("gateway_pay", { mch_order_no: "OWN", mch_notify_url: notifyUrl, ...params });
    await caller.call("gateway_pay", { mch_order_no: "FAR", mch_notify_url: "http://192.0.2.1/", ...params });
    await pay("FAR");
    expect(await notices()).toEqual({ waiting: [], tried: [] });
    await pay("OWN");
    await expect.poll(tries).toBe(1);
  });

  test("are repeated after 1, 2, 2, 10, 30, 60 s, 10 min, 1, 3, 5, 8 and 12 h, then given up", async () => {
    reply = "OK";
    await caller.control("POST", "clock", { frozen: true });
    await pay(await newOrder());
    const seconds = [0, 1, 2, 2, 10, 30, 60, 600, 3_600, 10_800, 18_000, 28_800, 43_200];
    for (const [index, wait] of seconds.entries()) {
      if (wait > 0) {
        await caller.control("POST", "clock", { advanceMs: wait * 1_000 - 1 });
        expect(await tries()).toBe(index);
        await caller.control("POST", "clock", { advanceMs: 1 });
      }
      await expect.poll(tries).toBe(index + 1);
      await expect.poll(async () => (await notices()).waiting.length).toBe(index < 12 ? 1 : 0);
    }
    expect((await notices()).tried.some(({ isDelivered }) => isDelivered)).toBe(false);
    expect(new Set(bodies).size).toBe(1);
  });

  test("run through their retries by themselves when the time factor says so, and stop once delivered", async () => {
    reply = "no";
    await caller.control("POST", "settings", { noticeSpeed: 1_000 });
    await pay(await newOrder());
    await expect.poll(tries).toBeGreaterThanOrEqual(4);
    reply = good;
    await expect.poll(async () => (await notices()).tried.at(-1)?.isDelivered).toBe(true);
    expect((await notices()).waiting).toEqual([]);
  });

  test("do not come when the payment came more than two hours after the order was made", async () => {
    const hours = 2 * 3_600_000;
    await caller.control("POST", "clock", { frozen: true });
    const [inTime, late] = [await newOrder({ ageMs: hours }), await newOrder({ ageMs: hours + 1 })];
    await pay(late);
    await pay(inTime);
    await expect.poll(() => bodies.map((body) => read(body).data.mch_order_no)).toEqual([inTime]);
  });

  test("are lost, doubled, late, tampered, unsigned or URL-encoded as asked", async () => {
    await caller.control("POST", "clock", { frozen: true });
    const paid = async (kind: string, more: object = {}) => {
      bodies.length = 0;
      await lay(kind, more);
      await pay(await newOrder());
    };
    await paid("notify-lost");
    await paid("notify-late", { delayMs: 5_000 });
    expect(bodies).toEqual([]);
    await caller.control("POST", "clock", { advanceMs: 5_000 });
    await expect.poll(() => bodies.length).toBe(1);
    await paid("notify-doubled");
    await expect.poll(() => bodies.length).toBe(2);
    await paid("notify-tampered");
    await expect.poll(() => bodies.map((body) => isGenuine(read(body)))).toEqual([false]);
    await paid("notify-unsigned");
    await expect.poll(() => bodies.map((body) => read(body).sign)).toEqual([undefined]);
    await paid("notify-url-encoded");
    await expect.poll(() => bodies.map((body) => isGenuine(read(decodeURIComponent(body))))).toEqual([true]);
  });

  test.each(["amount", "result", "foreign-key", "no-sign"])(
    "forged on request (%s): posted once and not repeated, even when the shop refuses it",
    async (tamper) => {
      reply = "no";
      const storeOrderNo = await newOrder({ state: "paid" });
      await caller.control("POST", "notify", { storeOrderNo, tamper });
      await expect.poll(tries).toBe(1);
      expect((await notices()).waiting).toEqual([]);
      const [notice] = bodies.map(read);
      expect(notice?.sign !== undefined && isGenuine(notice)).toBe(false);
    },
  );
});
