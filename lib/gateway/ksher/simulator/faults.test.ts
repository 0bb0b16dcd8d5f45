import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Simulator, startKsherSimulator } from "./server.ts";
import { type Answer, type Caller, callerOf } from "./testing/caller.ts";

type Shown = { payMchOrderNo: string; ksherOrderNo: string; effects: { kind: string; amount: number }[] };

let simulator: Simulator;
let caller: Caller;
let serial = 0;
beforeAll(async () => {
  simulator = await startKsherSimulator({ settings: { queryGapMs: 0 } });
  caller = await callerOf(simulator);
});
afterEach(() => caller.control("DELETE", "faults"));
afterAll(() => simulator.close());

async function paidOrder(): Promise<string> {
  serial += 1;
  const storeOrderNo = `F${serial}`;
  const paid = { totalFee: 100, state: "paid", channel: "truemoney" };
  await caller.control("POST", "orders", { storeOrderNo, ...paid });
  return storeOrderNo;
}
const shown = async (no: string) =>
  ((await caller.control("GET", `orders?storeOrderNo=${no}`)) as Shown[])[0] as Shown;
const returned = async (no: string) =>
  (await shown(no)).effects.filter(({ kind }) => kind !== "pay").map(({ amount }) => amount);
async function refund(no: string, params: object = {}, changes: object = {}): Promise<Answer> {
  serial += 1;
  const { payMchOrderNo } = await shown(no);
  const whole = { total_fee: "100", refund_fee: "100", fee_type: "THB", mch_refund_no: `R${serial}` };
  return caller.call("order_refund", { mch_order_no: payMchOrderNo, ...whole, ...params }, changes);
}
const query = (mch_order_no: string) => caller.call("gateway_order_query", { mch_order_no });
const lay = (fault: object) => caller.control("POST", "faults", fault);

describe("money and answers are kept apart", () => {
  test("an answer lost after the effect leaves exactly one refund, and the query tells it", async () => {
    const order = await paidOrder();
    await lay({ kind: "lost-after-effect", service: "order_refund", storeOrderNo: order });
    await expect(refund(order, { mch_refund_no: `L${order}` })).rejects.toThrow();
    expect((await query(order)).result).toBe("REFUND");
    expect((await refund(order, { mch_refund_no: `L${order}` })).result).toBe("FAIL");
    expect(await returned(order)).toEqual([100]);
  });

  test("a call lost before the effect moves nothing and leaves its number free", async () => {
    const order = await paidOrder();
    await lay({ kind: "lost-before-effect" });
    await expect(refund(order, { mch_refund_no: `B${order}` })).rejects.toThrow();
    expect(await returned(order)).toEqual([]);
    expect((await refund(order, { mch_refund_no: `B${order}` })).result).toBe("SUCCESS");
  });

  test("a delay before the effect still refunds after the caller has gone", async () => {
    const order = await paidOrder();
    await lay({ kind: "delay", delayMs: 300, when: "before-effect" });
    await expect(refund(order, {}, { signal: AbortSignal.timeout(100) })).rejects.toThrow();
    expect(await returned(order)).toEqual([]);
    await expect.poll(() => returned(order)).toEqual([100]);
  });

  const of = (part: keyof Answer) => async (no: string) => (await refund(no))[part];
  const spoilt: [
    fault: object,
    ask: (no: string) => Promise<unknown>,
    expected: unknown,
    effects: number[],
  ][] = [
    [{ kind: "wrong-key" }, of("isVerified"), false, [100]],
    [{ kind: "wrong-version" }, of("isVerified"), false, [100]],
    [{ kind: "tampered" }, of("isVerified"), false, [100]],
    [{ kind: "no-signature" }, of("isVerified"), null, [100]],
    [{ kind: "missing-code" }, of("code"), undefined, [100]],
    [{ kind: "wrong-echo" }, async (no) => (await refund(no)).data.mch_refund_no, "OTHER0001", [100]],
    [{ kind: "wrong-echo" }, of("isVerified"), true, [100]],
    [{ kind: "result", code: "FAIL" }, of("result"), "FAIL", [100]],
    [{ kind: "result", code: "NEWS" }, of("isVerified"), true, [100]],
    [{ kind: "code", code: "-6" }, of("code"), -6, []],
    [{ kind: "code", code: "-6", effect: true }, of("code"), 0, [100]],
    [{ kind: "garbage" }, of("code"), null, [100]],
    [{ kind: "bare-code", code: "-1" }, of("raw"), "-1", [100]],
    [{ kind: "truncated" }, of("code"), null, [100]],
    [{ kind: "empty" }, of("raw"), "", [100]],
    [{ kind: "http-status", status: 503 }, of("httpStatus"), 503, []],
    [{ kind: "http-status", effect: true }, of("httpStatus"), 500, [100]],
    [{ kind: "http-status", status: 200 }, of("raw"), "<html>trouble</html>", []],
    [{ kind: "redirect" }, of("httpStatus"), 302, []],
    [{ kind: "huge", bytes: 3_000_000 }, async (no) => (await refund(no)).raw.length, 3_000_000, [100]],
    [{ kind: "slow-bytes", bytesPerSecond: 20_000 }, of("result"), "SUCCESS", [100]],
    [{ kind: "delay", delayMs: 30 }, of("result"), "SUCCESS", [100]],
  ];
  test.each(spoilt)("%o", async (fault, ask, expected, effects) => {
    const order = await paidOrder();
    await lay(fault);
    expect(await ask(order)).toEqual(expected);
    expect(await returned(order)).toEqual(effects);
    expect(await caller.control("GET", "faults")).toEqual([]);
  });

  test.each(["NOTSURE", "NOTPAY", "USERPAYING", "PENDING", "PAYERROR", "CLOSED", "REFUND", "FAIL", "NEWS"])(
    "a query can be made to say %s, signed, whatever is true",
    async (code) => {
      const order = await paidOrder();
      await lay({ kind: "result", code, service: "gateway_order_query" });
      expect(await query(order)).toMatchObject({ result: code, isVerified: true });
      expect((await query(order)).result).toBe("SUCCESS");
    },
  );

  test("each cancel code can be made to come, and leaves the order open", async () => {
    await caller.control("POST", "orders", { storeOrderNo: "C1", totalFee: 100 });
    for (const code of [-1, -2, -3, -4, -5, -6]) {
      await lay({ kind: "code", code: String(code), service: "cancel_order" });
      expect((await caller.call("cancel_order", { mch_order_no: "C1" })).code).toBe(code);
    }
    expect((await query("C1")).result).toBe("NOTSURE");
  });

  test("a fault waits for its service, order and number of times", async () => {
    const [order, other] = [await paidOrder(), await paidOrder()];
    await lay({ kind: "code", code: "-6", service: "order_refund", storeOrderNo: order, times: 2 });
    expect((await refund(other)).result).toBe("SUCCESS");
    expect((await query(order)).result).toBe("SUCCESS");
    expect([(await refund(order)).code, (await refund(order)).code]).toEqual([-6, -6]);
    expect((await refund(order)).result).toBe("SUCCESS");
  });

  test("a misspelt fault, setting, merchant or action is refused with a sentence", async () => {
    const order = await paidOrder();
    await expect(lay({ kind: "lost" })).rejects.toThrow(/must be one of/);
    await expect(lay({ kind: "code", code: "x" })).rejects.toThrow(/whole number/);
    await expect(lay({ kind: "result" })).rejects.toThrow(/code.*missing/);
    const post = (path: string, body: object) => caller.control("POST", path, body);
    await expect(post("settings", { queryGap: 1 })).rejects.toThrow(/no setting/);
    await expect(post("settings", { noRefundChannels: "cash" })).rejects.toThrow(/unknown channel/);
    await expect(post("settings", { duplicateCheck: { order: 1 } })).rejects.toThrow(/true or false/);
    await expect(post("merchants", { mchId: "M", publicKeyPem: "x" })).rejects.toThrow(/public key/);
    await expect(post("merchants", { mchId: "M", notifyUrl: "http://example.com" })).rejects.toThrow(
      /notifyUrl/,
    );
    await expect(post(`orders/${order}/burn`, {})).rejects.toThrow(/no action/);
    await expect(post(`orders/${order}/refund`, { amount: 101 })).rejects.toThrow(/409/);
    await expect(post("orders", { storeOrderNo: "X", totalFee: 1, chanel: "card" })).rejects.toThrow(
      /chanel/,
    );
  });
});

describe("the arrival log and the lock (assumed: Ksher publishes no limit)", () => {
  test("2,000 ms after the answer is in time, 1,999 ms locks every call of the address for ten minutes", async () => {
    const strict = await startKsherSimulator();
    try {
      const { call, control } = await callerOf(strict);
      const ask = async (service = "gateway_order_query") => {
        const { httpStatus, code } = await call(service, { mch_order_no: "NOBODY" });
        return httpStatus === 200 ? code : httpStatus;
      };
      const advance = (advanceMs: number) => control("POST", "clock", { advanceMs });
      await control("POST", "clock", { frozen: true });
      expect([await ask(), await ask("cancel_order")]).toEqual([-3, -3]);
      await advance(2_000);
      expect(await ask("order_query")).toBe(0);
      await advance(1_999);
      expect(await ask("refund_query")).toBe(429);
      expect(await ask("cancel_order")).toBe(429);
      await advance(599_999);
      expect(await ask("cancel_order")).toBe(429);
      await advance(1);
      expect(await ask("cancel_order")).toBe(-3);
      const rows = (await control("GET", "arrivals")) as {
        isViolation: boolean;
        gapMs: number;
        code: string;
      }[];
      expect(rows.filter(({ isViolation }) => isViolation)).toMatchObject([{ gapMs: 1_999, code: "429" }]);
    } finally {
      await strict.close();
    }
  });

  test("every call is logged with its account, order, signed text and outcome", async () => {
    const order = await paidOrder();
    const { now } = (await caller.control("GET", "clock")) as { now: number };
    await lay({ kind: "no-signature" });
    await refund(order);
    const [row] = (await caller.control("GET", `arrivals?since=${now}`)) as object[];
    expect(row).toMatchObject({ service: "order_refund", mchId: "mch99001", storeOrderNo: order });
    expect(row).toMatchObject({ code: "0 SUCCESS", fault: "no-signature", accountGapMs: expect.any(Number) });
    expect(row).toHaveProperty(
      "canonical",
      expect.stringMatching(/^appid=mch99001fee_type=THBmch_order_no=/),
    );
  });
});
