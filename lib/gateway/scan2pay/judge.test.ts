import { describe, expect, test } from "vitest";
import { answeringGateway, options, vectorRefund } from "./fixtures/answering-gateway.ts";
import { envelope, vectors } from "./fixtures/vectors.ts";

const gateway = answeringGateway();

describe("answers that are not trusted", () => {
  const calls = {
    query: () => gateway.client().queryOrder("A-1", options),
    cancel: () => gateway.client().cancelOrder("A-1", options),
    refund: () => gateway.client().refund({ ...vectorRefund, orderNo: "A-1" }, options),
  };
  const ours = { StoreOrderNo: "A-1", StoreRefundNo: vectorRefund.refundNo, OrderStatus: "1" };
  const names = Object.keys(calls) as (keyof typeof calls)[];

  test.each([
    ["another merchant", { MchId: "S2PSIM0002" }, ours],
    ["no merchant", { MchId: undefined }, ours],
    ["another service", { ServiceType: "OLPay" }, ours],
    ["another order", {}, { ...ours, StoreOrderNo: "A-2" }],
    ["an order written another way", {}, { ...ours, StoreOrderNo: "A1" }],
    ["no order", {}, {}],
    ["a refusal that names another order", { StatusCode: "7002" }, { StoreOrderNo: "A-2" }],
  ])("%s in the answer is an answer to somebody else", async (_what, header, data) => {
    for (const name of names) {
      gateway.says(header, data);
      expect(await calls[name]()).toMatchObject({
        outcome: "broken",
        why: "wrong-echo",
        evidence: { checks: { opened: true, echo: false } },
      });
    }
  });

  test("a refund answered with another refund's number, or none, is not done", async () => {
    for (const StoreRefundNo of ["RF240315000009", "", undefined]) {
      gateway.says({}, { ...ours, StoreRefundNo });
      expect(await calls.refund()).toMatchObject({ outcome: "broken", why: "wrong-echo" });
    }
  });

  test("a blank after the merchant id is the gateway's habit and harmless", async () => {
    gateway.says({ MchId: "S2PSIM0001 " }, ours);
    expect(await calls.query()).toMatchObject({ outcome: "done" });
  });

  test.each([{ StatusCode: undefined }, { StatusCode: "" }, { StatusCode: null }])(
    "%j leaves us not knowing",
    async (header) => {
      for (const name of names) {
        gateway.says(header, ours);
        expect(await calls[name]()).toMatchObject({
          outcome: "broken",
          why: "missing-code",
          evidence: { code: null },
        });
      }
    },
  );

  test.each(vectors.bareErrorBodies)(
    "the bare body $httpBody decides nothing about money",
    async ({ httpBody }) => {
      gateway.sends(httpBody);
      for (const name of ["cancel", "refund"] as const) {
        expect(await calls[name]()).toMatchObject({
          outcome: "broken",
          why: "bare-code",
          evidence: { code: "9995", checks: { opened: false, echo: false } },
        });
      }
      expect(await calls.query()).toMatchObject({
        outcome: "unknown",
        why: "gateway-trouble",
        evidence: { code: "9995" },
      });
    },
  );

  test("a bare code tells a query about our access, never about an order", async () => {
    const told = [];
    for (const code of ["7145", "7105", "0000", "7002", "7001", "1234"]) {
      gateway.sends(code);
      const outcome = await calls.query();
      told.push("reason" in outcome ? outcome.reason : "why" in outcome ? outcome.why : outcome.outcome);
    }
    expect(told).toEqual(["locked-out", "credentials", "bare-code", "bare-code", "bare-code", "bare-code"]);
  });

  test.each([301, 302, 403, 404, 500, 502, 503, 204, 201])(
    "HTTP %i is not read, whatever its body says",
    async (status) => {
      gateway.sends("9999", status);
      for (const name of names) {
        expect(await calls[name]()).toMatchObject({
          outcome: "broken",
          why: "http-status",
          evidence: { httpStatus: status, code: null },
        });
      }
    },
  );

  test.each([
    ["", "not-json"],
    ["<html>", "not-json"],
    ["{}", "wrong-shape"],
    ['{"Response":"AAAA"}', "not-opened"],
    [envelope("cancel-order").response.httpBody, "not-opened"],
  ])("the body %.30j is broken", async (body, why) => {
    for (const name of names) {
      gateway.sends(body);
      expect(await calls[name]()).toMatchObject({
        outcome: "broken",
        why,
        evidence: { raw: body, checks: { opened: false } },
      });
    }
  });

  test.each(["[]", "null", '"text"', '{"Header":[]}', '{"Header":{"StatusCode":{}}}', "{}"])(
    "the inner message %s is broken",
    async (inner) => {
      gateway.seals(() => inner);
      expect(await calls.cancel()).toMatchObject({
        outcome: "broken",
        why: "wrong-shape",
        evidence: { checks: { opened: true } },
      });
    },
  );

  test("a key that comes back is blotted out of the evidence", async () => {
    gateway.seals((request) =>
      request.answer({ StatusCode: "7105" }, { seen: request.header.TradeKey, and: request.data.RefundKey }),
    );
    const outcome = await calls.refund();
    expect(outcome).toMatchObject({ outcome: "declined", reason: "credentials" });
    expect(outcome.evidence.raw).toContain('{"seen":"[removed]","and":"[removed]"}');
  });
});
