import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { canQueryRefund } from "#lib/domain/refund.ts";
import type { Gateway } from "../gateway.ts";
import {
  control,
  makeOrder,
  merchantAt,
  nextNo,
  openAt,
  quick,
  refundOf,
  refundsOf,
  strangerKey,
} from "./fixtures/at-simulator.ts";
import { ksher } from "./kind.ts";
import { type Simulator, startKsherSimulator } from "./simulator/server.ts";

describe("what only Ksher does", () => {
  let simulator: Simulator;
  let gateway: Gateway;
  beforeAll(async () => {
    simulator = await startKsherSimulator({ settings: { rateLimit: false } });
    gateway = await openAt(simulator);
  });
  afterEach(() => control(simulator, "DELETE", "faults"));
  afterAll(() => simulator.close());
  const order = (changes: object = {}) => makeOrder(simulator, changes);
  const act = (orderNo: string, action: string, body: object = {}) =>
    control(simulator, "POST", `orders/${orderNo}/${action}`, body);
  const stateOf = async (orderNo: string) => {
    const asked = await gateway.queryOrder(orderNo, quick);
    return asked.outcome === "done" ? asked.value.state : asked.outcome;
  };

  test("scenario 21a: a cancel is taken, then seen closed; each refusal has its reason and changes nothing", async () => {
    const open = await order({ state: "open" });
    expect(await gateway.cancelOrder(open, quick)).toMatchObject({
      outcome: "unknown",
      why: "gateway-pending",
    });
    expect(await stateOf(open)).toBe("cancelled");
    const paid = await order();
    const card = await order({ state: "paying", channel: "card" });
    const stranger = await openAt(simulator, { merchantPrivateKeyPem: strangerKey() });
    await control(simulator, "POST", "merchants", { mchId: "mch99002", enabled: false });
    const switchedOff = await openAt(simulator, { appId: "mch99002" });
    const reasons = [
      await switchedOff.cancelOrder("A1", quick),
      await stranger.cancelOrder(paid, quick),
      await gateway.cancelOrder("NOSUCH1", quick),
      await gateway.cancelOrder(paid, quick),
      await gateway.cancelOrder(open, quick),
      await gateway.cancelOrder(card, quick),
    ];
    await control(simulator, "POST", "merchants", { mchId: "mch99002", enabled: true });
    expect(reasons.map((one) => ("reason" in one ? one.reason : one.outcome))).toEqual([
      "configuration",
      "credentials",
      "not-found",
      "already-paid",
      "already-done",
      "cancel-failed",
    ]);
    expect([await stateOf(paid), await stateOf(open), await stateOf(card)]).toEqual([
      "paid",
      "cancelled",
      "waiting",
    ]);
  });

  test("scenario 20: a cancelled order is paid with a saved QR code, and reads as paid", async () => {
    const orderNo = await order({ state: "open", channel: "promptpay" });
    await gateway.cancelOrder(orderNo, quick);
    expect(await stateOf(orderNo)).toBe("cancelled");
    await act(orderNo, "pay", { channel: "promptpay" });
    expect(await stateOf(orderNo)).toBe("paid");
  });

  test("a cancel that closes late is waiting first; a try that failed leaves the order open to be cancelled", async () => {
    const orderNo = await order({ state: "open" });
    await act(orderNo, "refuse");
    expect(await stateOf(orderNo)).toBe("attempt-failed");
    await gateway.cancelOrder(orderNo, quick);
    expect(await stateOf(orderNo)).toBe("cancelled");
    const late = await order({ state: "open" });
    await control(simulator, "POST", "faults", { kind: "pending-then-success", service: "cancel_order" });
    expect(await gateway.cancelOrder(late, quick)).toMatchObject({ why: "gateway-pending" });
    expect(await stateOf(late)).toBe("waiting");
  });

  test("scenario 25: 333.33, 333.33 and 333.34 of 1,000.00 baht go back, each found by its number; one satang more does not", async () => {
    const orderNo = await order();
    const numbers: string[] = [];
    for (const part of [33_333, 33_333, 33_334]) {
      const refund = await refundOf(gateway, orderNo, part);
      numbers.push(refund.refundNo);
      expect(await gateway.refund(refund, quick)).toMatchObject({ outcome: "done" });
      expect(await gateway.queryRefund?.(refund, quick)).toMatchObject({
        value: { state: "refunded", refundedMinor: part },
      });
    }
    const satang = await refundOf(gateway, orderNo, 1);
    expect(await gateway.refund(satang, quick)).toMatchObject({ outcome: "declined", reason: "refused" });
    expect(await gateway.queryRefund?.(satang, quick)).toMatchObject({ value: { state: "not-listed" } });
    const listed = await gateway.listRefunds?.(satang, quick);
    expect(listed?.outcome === "done" && listed.value.map((one) => one.refundNo)).toEqual(numbers);
    expect(await refundsOf(simulator, orderNo)).toEqual([33_333, 33_333, 33_334]);
  });

  test("scenario 30: a refund made in Ksher's app is listed with its money", async () => {
    const orderNo = await order();
    await act(orderNo, "refund", { amount: 40_000, origin: "app" });
    const ours = await refundOf(gateway, orderNo, 10_000);
    await gateway.refund(ours, quick);
    const listed = await gateway.listRefunds?.(ours, quick);
    const rows = listed?.outcome === "done" ? listed.value : [];
    expect(rows.map((one) => [one.refundNo === ours.refundNo, one.state, one.refundedMinor])).toEqual([
      [false, "refunded", 40_000],
      [true, "refunded", 10_000],
    ]);
  });

  test.each(["promptpay", "alipay"])("a refund of %s is done and cannot be asked about", async (channel) => {
    const refund = await refundOf(gateway, await order({ channel }));
    expect(await gateway.refund(refund, quick)).toMatchObject({ outcome: "done" });
    expect(canQueryRefund(gateway.capabilities, channel)).toBe(false);
    expect(await gateway.queryRefund?.(refund, quick)).toMatchObject({
      outcome: "unknown",
      why: "query-failed",
    });
    expect(await stateOf(refund.orderNo)).toBe("refunded");
  });

  test("a card is refunded by Ksher's own number", async () => {
    const refund = await refundOf(gateway, await order({ channel: "card" }), 5);
    expect(await gateway.refund(refund, quick)).toMatchObject({ outcome: "done" });
    expect(await refundsOf(simulator, refund.orderNo)).toEqual([5]);
  });

  test("not enough balance is told in its own word, and moves nothing", async () => {
    await control(simulator, "POST", "settings", { balanceMode: "always" });
    const refund = await refundOf(gateway, await order());
    await control(simulator, "POST", "merchants", { mchId: "mch99001", balance: 99_999 });
    expect(await gateway.refund(refund, quick)).toMatchObject({ outcome: "declined", reason: "balance" });
    await control(simulator, "POST", "merchants", { mchId: "mch99001", balance: 100_000 });
    expect(await gateway.refund({ ...refund, refundNo: nextNo("R") }, quick)).toMatchObject({
      outcome: "done",
    });
    await control(simulator, "POST", "merchants", { mchId: "mch99001", balance: null });
    await control(simulator, "POST", "settings", { balanceMode: "later-days" });
    expect(await refundsOf(simulator, refund.orderNo)).toEqual([100_000]);
  });

  test("a refund Ksher is still working on is open, not refused, and moving until its money went back", async () => {
    const refund = await refundOf(gateway, await order());
    await control(simulator, "POST", "faults", { kind: "pending-then-success", service: "order_refund" });
    expect(await gateway.refund(refund, quick)).toMatchObject({ outcome: "unknown", why: "gateway-pending" });
    expect(await gateway.queryRefund?.(refund, quick)).toMatchObject({ value: { state: "moving" } });
    expect(await refundsOf(simulator, refund.orderNo)).toEqual([]);
  });

  test.each(["no-signature", "tampered", "wrong-version"])(
    "an answer with %s is not believed",
    async (kind) => {
      const refund = await refundOf(gateway, await order());
      await control(simulator, "POST", "faults", { kind, service: "order_refund" });
      expect(await gateway.refund(refund, quick)).toMatchObject({ outcome: "broken", why: "bad-signature" });
      expect(await gateway.queryRefund?.(refund, quick)).toMatchObject({ value: { state: "refunded" } });
    },
  );

  test("scenario 13: FAIL in answer to a query, a refund and a refund's query", async () => {
    const refund = await refundOf(gateway, await order());
    const failNext = (service: string) =>
      control(simulator, "POST", "faults", { kind: "result", code: "FAIL", service });
    await failNext("gateway_order_query");
    expect(await gateway.queryOrder(refund.orderNo, quick)).toMatchObject({ why: "query-failed" });
    await failNext("refund_query");
    expect(await gateway.queryRefund?.(refund, quick)).toMatchObject({ why: "query-failed" });
    await failNext("order_refund");
    expect(await gateway.refund(refund, quick)).toMatchObject({ outcome: "declined" });
  });

  test("a part where the merchant refunds whole orders only is refused by Ksher, and with the setting never sent", async () => {
    const hopeful = await openAt(simulator, { appId: "mch99002" });
    const refund = await refundOf(hopeful, await order({ mchId: "mch99002" }), 1);
    expect(await hopeful.refund(refund, quick)).toMatchObject({ outcome: "declined", reason: "refused" });
    const honest = await openAt(simulator, { appId: "mch99002", partialRefund: false });
    expect(await honest.refund(refund, quick)).toMatchObject({ outcome: "not-sent", why: "our-request" });
  });

  test("the longer key works where the account asks for it", async () => {
    const { platformPublicKeyV2Pem } = await merchantAt(simulator);
    const more = { platformPublicKeyPem: platformPublicKeyV2Pem, signVersion: "V2" };
    const newer = await openAt(simulator, more);
    const refund = await refundOf(newer, await order(), 7);
    expect(await newer.refund(refund, quick)).toMatchObject({ outcome: "done" });
    expect(await newer.queryRefund?.(refund, quick)).toMatchObject({ value: { refundedMinor: 7 } });
  });

  test("notices of payments are known, spoilt ones are not, and ours is the reply Ksher waits for", async () => {
    const bodies: Buffer[] = [];
    const shop = createServer(async (request, response) => {
      for await (const chunk of request) bodies.push(chunk);
      response.end(ksher.noticeReply.body);
    });
    shop.listen(0, "127.0.0.1");
    await once(shop, "listening");
    const notifyUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/notify`;
    const orderNo = await order({ notifyUrl });
    const verdicts: unknown[] = [];
    for (const tamper of ["", "url-encoded", "amount", "foreign-key", "no-sign"]) {
      const arrived = once(shop, "request").then(([request]) => once(request, "end"));
      const notice = { storeOrderNo: orderNo, ...(tamper === "" ? {} : { tamper }) };
      await control(simulator, "POST", "notify", notice);
      await arrived;
      verdicts.push(gateway.verifyNotice(Buffer.concat(bodies.splice(0))));
    }
    shop.closeAllConnections();
    shop.close();
    const genuine = { isGenuine: true, orderNo, isPaid: true, amountMinor: 100_000 };
    const forged = { isGenuine: false, why: "bad-signature" };
    expect(verdicts).toEqual([genuine, genuine, forged, forged, forged]);
  });
});
