import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Simulator, startScan2PaySimulator } from "./server.ts";
import { type Caller, callerOf, refundKey } from "./testing/caller.ts";

type Effect = { kind: string; amount: number; origin: string; storeRefundNo?: string };
type Shown = { state: string; effects: Effect[] };

let simulator: Simulator;
let caller: Caller;
let serial = 0;
beforeAll(async () => {
  simulator = await startScan2PaySimulator({ settings: { queryGapMs: 0 } });
  caller = await callerOf(simulator);
});
afterEach(async () => {
  await caller.control("DELETE", "faults");
  await caller.control("POST", "settings", {
    duplicateCheck: { order: true, number: true },
    refundVisibleAfterMs: 0,
    refundOutcome: "success",
  });
});
afterAll(() => simulator.close());

async function paidOrder(mchId = "S2PSIM0001"): Promise<string> {
  serial += 1;
  const storeOrderNo = `F${serial}`;
  await caller.control("POST", "orders", { storeOrderNo, totalFee: 100, state: "paid", mchId });
  return storeOrderNo;
}
function refund(storeOrderNo: string, changes: object = {}, mchId = "S2PSIM0001") {
  serial += 1;
  const texts = { DeviceInfo: "skb0001", RefundKey: refundKey, RefundedMsg: "cold" };
  const data = {
    StoreOrderNo: storeOrderNo,
    StoreRefundNo: `R${serial}`,
    RefundFee: 100,
    ...texts,
    ...changes,
  };
  return caller.call("Refund", data, { mchId });
}
const query = async (storeOrderNo: string) =>
  (await caller.call("SingleOrderQuery", { StoreOrderNo: storeOrderNo })).data;
const shown = async (storeOrderNo: string): Promise<Shown | undefined> =>
  ((await caller.control("GET", `orders?storeOrderNo=${storeOrderNo}`)) as Shown[])[0];
const returned = async (storeOrderNo: string) =>
  (await shown(storeOrderNo))?.effects.filter(({ kind }) => kind !== "pay").map(({ amount }) => amount);
const lay = (fault: object) => caller.control("POST", "faults", fault);

describe("money and answers are kept apart", () => {
  test("an answer lost after the effect leaves exactly one refund, and the query tells it", async () => {
    const order = await paidOrder();
    await lay({ kind: "lost-after-effect", service: "Refund", storeOrderNo: order });
    await expect(refund(order, { StoreRefundNo: `LOST${order}` })).rejects.toThrow();
    expect(await returned(order)).toEqual([100]);
    expect(await query(order)).toMatchObject({ OrderStatus: "3", RefundedMsg: "Refund success" });
    expect((await refund(order, { StoreRefundNo: `LOST${order}` })).code).toBe("7003");
    expect((await refund(order)).code).toBe("7112");
    expect(await returned(order)).toEqual([100]);
  });

  test("a call lost before the effect moves nothing and leaves its number free", async () => {
    const order = await paidOrder();
    await lay({ kind: "lost-before-effect" });
    await expect(refund(order, { StoreRefundNo: `FREE${order}` })).rejects.toThrow();
    expect(await returned(order)).toEqual([]);
    expect((await refund(order, { StoreRefundNo: `FREE${order}` })).code).toBe("0000");
  });

  test("a delay before the effect still refunds after the caller has gone", async () => {
    const order = await paidOrder();
    await lay({ kind: "delay", delayMs: 300, when: "before-effect" });
    const data = {
      StoreOrderNo: order,
      StoreRefundNo: `LATE${order}`,
      DeviceInfo: "skb0001",
      RefundedMsg: "x",
    };
    const signal = AbortSignal.timeout(100);
    await expect(
      caller.call("Refund", { ...data, RefundKey: refundKey, RefundFee: 100 }, { signal }),
    ).rejects.toThrow();
    expect(await returned(order)).toEqual([]);
    await expect.poll(() => returned(order)).toEqual([100]);
  });

  test("a pending refund moves money when its time has come", async () => {
    const order = await paidOrder();
    await lay({ kind: "pending-then-success", delayMs: 60_000 });
    expect(await query(order)).toMatchObject({ OrderStatus: "1" });
    expect((await refund(order)).code).toBe("9997");
    expect((await refund(order)).code).toBe("7119");
    expect(await returned(order)).toEqual([]);
    await caller.control("POST", "clock", { advanceMs: 60_000 });
    expect(await returned(order)).toEqual([100]);
    expect(await query(order)).toMatchObject({ OrderStatus: "3", RefundedMsg: "Refund success" });
  });

  test("a refund in the portal while ours is pending makes ours fail, not the money go twice", async () => {
    const order = await paidOrder();
    await lay({ kind: "pending-then-success", delayMs: 60_000 });
    await refund(order);
    await caller.control("POST", `orders/${order}/refund`);
    await caller.control("POST", "clock", { advanceMs: 60_000 });
    expect(await returned(order)).toEqual([100]);
  });

  test.each([
    [undefined, "7138"],
    ["0000", "0000"],
  ])(
    "a refund that fails downstream moves nothing and may be asked again (answer %s)",
    async (code, answered) => {
      const order = await paidOrder();
      await lay({ kind: "refund-fail", ...(code ? { code } : {}) });
      expect((await refund(order)).code).toBe(answered);
      expect(await query(order)).toMatchObject({ OrderStatus: "3", RefundedMsg: "Refund fail" });
      expect(await returned(order)).toEqual([]);
      expect((await refund(order)).code).toBe("0000");
      expect(await query(order)).toMatchObject({ OrderStatus: "3", RefundedMsg: "Refund success" });
    },
  );

  test("cancelling a paid order gives its money back once, an open one moves none", async () => {
    const paid = await paidOrder();
    await caller.control("POST", "orders", { storeOrderNo: `O${paid}`, totalFee: 100 });
    for (const no of [paid, `O${paid}`])
      expect((await caller.call("CancelOrder", { StoreOrderNo: no, RefundKey: refundKey })).code).toBe(
        "0000",
      );
    expect((await shown(paid))?.effects.map(({ kind }) => kind)).toEqual(["pay", "cancel"]);
    expect((await shown(`O${paid}`))?.effects).toEqual([]);
    expect(await query(`O${paid}`)).toMatchObject({ OrderStatus: "2" });
  });

  test("parts add up to the whole and no further, and show as rows of their own", async () => {
    const order = await paidOrder("S2PSIM0002");
    expect((await refund(order, { RefundFee: 60 }, "S2PSIM0002")).code).toBe("0000");
    expect((await refund(order, { RefundFee: "41" }, "S2PSIM0002")).code).toBe("7111");
    expect((await refund(order, { RefundFee: "40" }, "S2PSIM0002")).code).toBe("0000");
    const dates = { StartDate: "20200101", EndDate: "20991231" };
    const list = (await caller.call("OrderQuery1.1", dates, { mchId: "S2PSIM0002" })).data.list;
    const rows = (list as { StoreOrderNo: string; Amount: number }[]).filter(
      (row) => row.StoreOrderNo === order,
    );
    expect(rows.map(({ Amount }) => Amount)).toEqual([100, -60, -40]);
  });
});

describe("profiles of a gateway", () => {
  test("with the order check off a new number pays twice; the same number does not", async () => {
    await caller.control("POST", "settings", { duplicateCheck: { order: false, number: true } });
    const order = await paidOrder();
    await refund(order, { StoreRefundNo: `TW${order}` });
    expect((await refund(order, { StoreRefundNo: `TW${order}` })).code).toBe("7003");
    expect((await refund(order)).code).toBe("0000");
    expect(await returned(order)).toEqual([100, 100]);
  });

  test("with the number check off the order's balance still stops a repeat", async () => {
    await caller.control("POST", "settings", { duplicateCheck: { order: true, number: false } });
    const order = await paidOrder();
    await refund(order, { StoreRefundNo: `NR${order}` });
    expect((await refund(order, { StoreRefundNo: `NR${order}` })).code).toBe("7112");
  });

  test("a stale query says paid until the refund becomes visible", async () => {
    await caller.control("POST", "settings", { refundVisibleAfterMs: 60_000 });
    await caller.control("POST", "clock", { frozen: true });
    const order = await paidOrder();
    await refund(order);
    expect(await query(order)).toMatchObject({ OrderStatus: "1" });
    await caller.control("POST", "clock", { advanceMs: 59_999 });
    expect(await query(order)).toMatchObject({ OrderStatus: "1" });
    await caller.control("POST", "clock", { advanceMs: 1 });
    expect(await query(order)).toMatchObject({ OrderStatus: "3" });
    await caller.control("POST", "clock", { frozen: false });
  });
});

describe("spoilt answers", () => {
  const spoilt: [object, (order: string) => Promise<unknown>, unknown, number[]][] = [
    [{ kind: "bare-code", code: "9999" }, async (no) => (await refund(no)).bare, "9999", [100]],
    [{ kind: "code", code: "7155" }, async (no) => (await refund(no)).code, "7155", []],
    [{ kind: "garbage" }, async (no) => (await refund(no)).code, null, [100]],
    [{ kind: "wrong-key" }, async (no) => (await refund(no)).code, null, [100]],
    [{ kind: "truncated" }, async (no) => (await refund(no)).code, null, [100]],
    [{ kind: "empty" }, async (no) => (await refund(no)).raw, "", [100]],
    [{ kind: "missing-code" }, async (no) => (await refund(no)).header.StatusCode, undefined, [100]],
    [{ kind: "wrong-echo" }, async (no) => (await refund(no)).data.StoreRefundNo, "OTHER0001", [100]],
    [{ kind: "http-status", status: 503 }, async (no) => (await refund(no)).httpStatus, 503, []],
    [{ kind: "http-status", effect: true }, async (no) => (await refund(no)).httpStatus, 500, [100]],
    [{ kind: "redirect" }, async (no) => (await refund(no)).httpStatus, 302, []],
    [{ kind: "huge", bytes: 3_000_000 }, async (no) => (await refund(no)).raw.length, 3_000_000, [100]],
    [{ kind: "slow-bytes", bytesPerSecond: 20_000 }, async (no) => (await refund(no)).code, "0000", [100]],
    [{ kind: "delay", delayMs: 30 }, async (no) => (await refund(no)).code, "0000", [100]],
  ];
  test.each(spoilt)("%o", async (fault, ask, expected, effects) => {
    const order = await paidOrder();
    await lay(fault);
    expect(await ask(order)).toEqual(expected);
    expect(await returned(order)).toEqual(effects);
    expect(await caller.control("GET", "faults")).toEqual([]);
  });

  test("a fault waits for its service, order and number of times", async () => {
    const [order, other] = [await paidOrder(), await paidOrder()];
    await lay({ kind: "code", code: "9999", service: "Refund", storeOrderNo: order, times: 2 });
    expect((await refund(other)).code).toBe("0000");
    expect((await query(order)).OrderStatus).toBe("1");
    expect([(await refund(order)).code, (await refund(order)).code]).toEqual(["9999", "9999"]);
    expect((await refund(order)).code).toBe("0000");
  });

  test("a misspelt fault, setting or merchant is refused with a sentence", async () => {
    await expect(lay({ kind: "lost" })).rejects.toThrow(/must be one of/);
    await expect(lay({ kind: "code", cod: "1" })).rejects.toThrow(/cod.*is not known/);
    await expect(caller.control("POST", "settings", { queryGap: 1 })).rejects.toThrow(/no setting/);
    await expect(
      caller.control("POST", "merchants", { mchId: "M", notifyUrl: "http://example.com" }),
    ).rejects.toThrow();
  });
});

describe("payment notices", () => {
  test("are sent, lost, doubled, late or tampered as asked", async () => {
    const bodies: Record<string, string>[] = [];
    const shop = createServer((request, reply) => {
      let text = "";
      request.on("data", (chunk) => {
        text += chunk;
      });
      request.on("end", () => {
        bodies.push(JSON.parse(text));
        reply.end("ok");
      });
    });
    await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
    const notifyUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/notify`;
    await caller.control("POST", "merchants", { mchId: "S2PSIM0001", notifyUrl });
    const act = async (action: string, fault?: object) => {
      serial += 1;
      bodies.length = 0;
      await caller.control("POST", "orders", { storeOrderNo: `N${serial}`, totalFee: 100 });
      if (fault) await lay(fault);
      await caller.control("POST", `orders/N${serial}/${action}`);
    };
    await act("pay");
    await expect
      .poll(() => bodies)
      .toMatchObject([{ Result: "0000", TotalFee: "100", MethodName: "LINE Pay" }]);
    await act("refuse");
    await expect.poll(() => bodies).toMatchObject([{ Result: "9999" }]);
    await act("pay", { kind: "notify-doubled" });
    await expect.poll(() => bodies.length).toBe(2);
    await act("pay", { kind: "notify-tampered" });
    await expect.poll(() => bodies).toMatchObject([{ TotalFee: "1" }]);
    await act("pay", { kind: "notify-lost" });
    await act("pay", { kind: "notify-late", delayMs: 150 });
    expect(bodies).toEqual([]);
    await expect.poll(() => bodies).toMatchObject([{ StoreOrderNo: `N${serial}` }]);
    await caller.control("POST", "merchants", { mchId: "S2PSIM0001", notifyUrl: null });
    await new Promise((resolve) => shop.close(resolve));
  });
});
