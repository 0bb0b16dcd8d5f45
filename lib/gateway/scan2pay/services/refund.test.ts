import { describe, expect, test } from "vitest";
import type { RefundOrder } from "../../gateway.ts";
import { answeringGateway, options, vectorRefund } from "../fixtures/answering-gateway.ts";

const gateway = answeringGateway();

describe("refusals of a money-moving call", () => {
  const refundSays = (code: string, order: Partial<RefundOrder> = {}) => {
    gateway.says({ StatusCode: code });
    return gateway.client({ partialRefund: true }).refund({ ...vectorRefund, ...order }, options);
  };

  test("9997 and trouble leave it open", async () => {
    expect(await refundSays("9997")).toMatchObject({ outcome: "unknown", why: "gateway-pending" });
    expect(await refundSays("9999")).toMatchObject({ outcome: "unknown", why: "gateway-trouble" });
    expect(await refundSays("4711")).toMatchObject({ outcome: "unknown", why: "unknown-code" });
  });

  test("7110 means that parts are not allowed, if a part was asked for", async () => {
    expect(await refundSays("7110", { refundMinor: 50 })).toMatchObject({
      outcome: "declined",
      reason: "partial-not-allowed",
    });
    expect(await refundSays("7110")).toMatchObject({ outcome: "declined", reason: "amount" });
  });

  test.each(["", "null", '"text"', "[]"])("Data %j beside a refusal does not hide it", async (data) => {
    gateway.seals((request) =>
      request
        .answer({ StatusCode: "7112" }, 0)
        .replace('"Data":0', data === "" ? '"More":0' : `"Data":${data}`),
    );
    expect(await gateway.client().refund(vectorRefund, options)).toMatchObject({
      outcome: "declined",
      reason: "already-done",
    });
  });
});

describe("what a refund sends", () => {
  async function sent(order: Partial<RefundOrder>, more = {}) {
    gateway.says({ StatusCode: "9999" });
    await gateway.client(more).refund({ ...vectorRefund, ...order }, options);
    return gateway.lastRequest()?.data;
  }

  test("scenarios 26 and 27: the gateway reads an emoji reason whole, and eight characters of a long name, none broken", async () => {
    const data = await sent({ reason: "壞了 😡 #1", cashier: "歐陽菁\u0301菁經理代理人員甲乙" });
    expect(data).toMatchObject({ RefundedMsg: "壞了 😡 #1", Cashier: "歐陽菁\u0301菁經理代" });
  });

  test("texts are cut to what the gateway takes, letter by whole letter", async () => {
    const data = await sent({
      reason: `${"退".repeat(99)}👍🏽`,
      cashier: "น้องสมชาย",
      storeCode: "信義旗艦店-0000000000001",
    });
    expect(data).toMatchObject({
      RefundedMsg: "退".repeat(99),
      Cashier: "น้องสมชา",
      StoreInfo: "信義旗艦店-0000000000",
    });
  });

  test("a reason of nothing sendable still says something", async () => {
    expect(await sent({ reason: "\ud800", cashier: " " })).toMatchObject({ RefundedMsg: "Refund" });
    expect(await sent({ reason: "\ud800", cashier: " " })).not.toHaveProperty("Cashier");
  });

  test.each([
    [{ refundMinor: 50 }],
    [{ refundMinor: 91 }],
    [{ refundMinor: 0, orderAmountMinor: 0 }],
    [{ refundMinor: -90 }],
    [{ refundMinor: 0.5, orderAmountMinor: 0.5 }],
    [{ refundMinor: Number.NaN }],
    [{ refundNo: "" }],
    [{ refundNo: "RF-1" }],
    [{ refundNo: "R".repeat(21) }],
    [{ orderNo: "" }],
  ])("%j never leaves the house", async (order) => {
    const outcome = await gateway.client().refund({ ...vectorRefund, ...order }, options);
    expect(outcome).toMatchObject({
      outcome: "not-sent",
      why: "our-request",
      evidence: { raw: null, httpStatus: null },
    });
    expect(gateway.requests()).toEqual([]);
  });

  test("every request has a key of its own", async () => {
    await sent({});
    await sent({});
    const [first, second] = gateway.requests();
    expect(first?.plaintext).toBe(second?.plaintext);
    expect(first?.aesKey).not.toEqual(second?.aesKey);
  });
});
