import { describe, expect, test } from "vitest";
import type { GatewayOutcome } from "../gateway.ts";
import {
  answeringGateway,
  options,
  orderData,
  paidMembers,
  vectorRefund,
} from "./fixtures/answering-gateway.ts";
import { signedBody } from "./fixtures/fake-gateway.ts";
import { unsignedBody, vectors } from "./fixtures/vectors.ts";

const gateway = answeringGateway();
type Outcome = Promise<GatewayOutcome<unknown> | undefined>;
const calls = {
  query: (): Outcome => gateway.client().queryOrder("TST-0001", options),
  cancel: (): Outcome => gateway.client().cancelOrder("TST-0001", options),
  refund: (): Outcome => gateway.client().refund(vectorRefund, options),
  refundQuery: (): Outcome | undefined => gateway.client().queryRefund?.(vectorRefund, options),
};
const names = Object.keys(calls) as (keyof typeof calls)[];
const signedCalls = ["query", "refund", "refundQuery"] as const;
const paid = orderData(paidMembers);
const refunded = {
  ...{ appid: "mch99001", mch_order_no: "2601150930050001", mch_refund_no: "RF-TST-0001-2" },
  ...{ refund_fee: 2_000, total_fee: 15_050, fee_type: "THB", result: "SUCCESS", ksher_refund_no: "9" },
};

describe("answers nobody signed, or somebody else", () => {
  const bodies = {
    "no signature": JSON.stringify({ code: 0, msg: "ok", data: refunded }),
    "an empty signature": JSON.stringify({ code: 0, msg: "ok", data: refunded, sign: "" }),
    "another text's signature": signedBody(refunded, { text: "result=SUCCESS" }),
    "the wrong version's key": signedBody(refunded, { version: "V2" }),
    "a signature of FAIL": signedBody({ ...refunded, result: "FAIL" }, { text: "?" }),
  };

  test.each(Object.entries(bodies))(
    "%s leaves us not knowing, whatever the answer says",
    async (_what, body) => {
      gateway.sends(body);
      for (const name of names)
        expect(await calls[name]()).toMatchObject({
          outcome: "broken",
          why: "bad-signature",
          evidence: { raw: body, checks: { opened: false, echo: false } },
        });
    },
  );

  test("an amount changed after signing is not read", async () => {
    const whole = signedBody(paid);
    gateway.sends(whole.replace('"total_fee":15050', '"total_fee":15051'));
    expect(await calls.query()).toMatchObject({ outcome: "broken", why: "bad-signature" });
    gateway.sends(whole);
    expect(await calls.query()).toMatchObject({
      outcome: "done",
      evidence: { checks: { opened: true, echo: true } },
    });
  });

  test("the account's version decides which of Ksher's keys is believed, and says so in a header", async () => {
    const more = {
      platformPublicKeyPem: vectors.keys.platform_v2_2048.public_spki_pem,
      signVersion: "V2",
    };
    gateway.says(paid, { version: "V2" });
    expect(await gateway.client(more).queryOrder("TST-0001", options)).toMatchObject({ outcome: "done" });
    expect(gateway.lastRequest()?.headers["ksher-sign-version"]).toBe("V2");
    gateway.says(paid);
    expect(await gateway.client(more).queryOrder("TST-0001", options)).toMatchObject({
      why: "bad-signature",
    });
    await calls.query();
    expect(gateway.lastRequest()?.headers["ksher-sign-version"]).toBeUndefined();
  });
});

describe("answers to somebody else", () => {
  test.each([
    ["another merchant", { appid: "mch99002" }],
    ["no merchant", { appid: "" }],
    ["another order", { mch_order_no: "TST-0002" }],
    ["our order's number written another way", { mch_order_no: "tst-0001" }],
    ["no order", { mch_order_no: "" }],
  ])("%s in a signed answer is not ours", async (_what, change) => {
    for (const name of signedCalls) {
      gateway.says({ ...(name === "query" ? paid : refunded), ...change });
      expect(await calls[name]()).toMatchObject({
        outcome: "broken",
        why: "wrong-echo",
        evidence: { checks: { opened: true, echo: false } },
      });
    }
  });

  test.each([
    { mch_refund_no: "RF-TST-0001-1" },
    { mch_refund_no: "" },
    { refund_fee: 2_001 },
    { refund_fee: "" },
    { total_fee: 15_051 },
    { ksher_order_no: "90020260115103005123457" },
  ])("a refund answered with %j is not done", async (change) => {
    gateway.says({ ...refunded, ...change });
    expect(await calls.refund()).toMatchObject({ outcome: "broken", why: "wrong-echo" });
  });

  test("numbers may come as text or number, and one of the order's two is enough", async () => {
    gateway.says({
      ...refunded,
      refund_fee: "2000",
      mch_order_no: "",
      ksher_order_no: "90020260115103005123456",
    });
    expect(await calls.refund()).toMatchObject({ outcome: "done" });
  });

  test("a failure may be silent about its numbers, and may not contradict them", async () => {
    const failed = { result: "FAIL", err_code: "SIM_X", err_msg: "no", nonce_str: "n" };
    gateway.says(failed);
    expect(await calls.refund()).toMatchObject({ outcome: "declined" });
    gateway.says({ ...failed, mch_refund_no: "RF-TST-0001-1" });
    expect(await calls.refund()).toMatchObject({ outcome: "broken", why: "wrong-echo" });
  });
});

describe("codes of unsigned answers", () => {
  test.each([
    [0, "unknown", "gateway-pending"],
    [-1, "declined", "configuration"],
    [-2, "declined", "credentials"],
    [-3, "declined", "not-found"],
    [-4, "declined", "already-paid"],
    [-5, "declined", "already-done"],
    [-6, "declined", "cancel-failed"],
  ])("scenario 21a: a cancel answered with %i is %s: %s, and never proof", async (code, outcome, reason) => {
    const body = unsignedBody(code === 0 ? "cancel_ok_documented" : `cancel_error_${-code}`);
    gateway.sends(body);
    expect(await calls.cancel()).toMatchObject({
      outcome,
      [outcome === "declined" ? "reason" : "why"]: reason,
      evidence: { code: String(code), raw: body, checks: { opened: false, echo: false } },
    });
  });

  test.each([1, -7, 500, 99])("code %i decides nothing for anybody", async (code) => {
    gateway.sends(JSON.stringify({ code, msg: "?", data: refunded }));
    for (const name of names)
      expect(await calls[name]()).toMatchObject({ outcome: "unknown", why: "unknown-code" });
  });

  test("a refund whose call was not processed is a matter of access, not a verdict on the money", async () => {
    gateway.sends('{"code":-1,"msg":"bad sign","data":{}}');
    expect(await calls.refund()).toMatchObject({ outcome: "declined", reason: "credentials" });
    expect(await calls.refundQuery()).toMatchObject({ outcome: "declined", reason: "credentials" });
  });

  test("the gateway's words are kept, the newer member first", async () => {
    gateway.sends('{"code":-6,"msg":"取消订单失败","message":"cancel failed"}');
    expect((await calls.cancel())?.evidence.message).toBe("cancel failed");
    gateway.sends('{"code":-6,"msg":"取消订单失败","message":""}');
    expect((await calls.cancel())?.evidence.message).toBe("取消订单失败");
  });
});

describe("a cancel that is answered otherwise than documented", () => {
  test.each([undefined, "", "anything", null])("data %j means that the call was taken", async (data) => {
    gateway.sends(JSON.stringify({ code: 0, msg: "ok", data }));
    expect(await calls.cancel()).toMatchObject({ outcome: "unknown", why: "gateway-pending" });
  });

  test("a signed object that is ours is no more than taken; one of another order is broken", async () => {
    gateway.says({ appid: "mch99001", mch_order_no: "TST-0001", result: "SUCCESS" });
    expect(await calls.cancel()).toMatchObject({ outcome: "unknown", why: "gateway-pending" });
    gateway.says({ appid: "mch99001", mch_order_no: "TST-0002", result: "SUCCESS" });
    expect(await calls.cancel()).toMatchObject({ outcome: "broken", why: "wrong-echo" });
  });
});

describe("answers that cannot be read", () => {
  test.each([
    ["", "not-json"],
    ["<html>", "not-json"],
    ['{"code":0,"code":0,"data":"取消成功"}', "not-json"],
    ['{"code":0', "not-json"],
    ["[]", "wrong-shape"],
    ["null", "wrong-shape"],
    ["-3", "wrong-shape"],
    ['{"code":0,"data":[]}', "wrong-shape"],
    ["{}", "missing-code"],
    ['{"code":null}', "missing-code"],
    ['{"code":"0","data":"取消成功"}', "missing-code"],
    ['{"code":0.5}', "missing-code"],
  ])("the body %.30j is broken", async (body, why) => {
    for (const name of names) {
      gateway.sends(body);
      expect(await calls[name]()).toMatchObject({ outcome: "broken", why, evidence: { raw: body } });
    }
  });

  test("data that is no object is the cancel's way alone", async () => {
    gateway.sends(unsignedBody("cancel_ok_documented"));
    for (const name of signedCalls)
      expect(await calls[name]()).toMatchObject({ outcome: "broken", why: "wrong-shape" });
  });

  test.each([301, 403, 404, 500, 502, 204, 201])(
    "HTTP %i is not read, whatever its body says",
    async (status) => {
      gateway.sends(unsignedBody("cancel_error_5"), status);
      for (const name of names)
        expect(await calls[name]()).toMatchObject({
          outcome: "broken",
          why: "http-status",
          evidence: { httpStatus: status, code: null },
        });
    },
  );

  test("a request that was taken and not answered may have happened", async () => {
    gateway.hangsUp();
    for (const name of names)
      expect(await calls[name]()).toMatchObject({ outcome: "unknown", why: "connection-lost" });
    expect(gateway.requests()).toHaveLength(names.length);
  });
});

test("who paid is not kept in the evidence", async () => {
  gateway.says({ ...paid, openid: 'payer"-4711' });
  const outcome = await calls.query();
  expect(outcome).toMatchObject({ outcome: "done" });
  expect(outcome?.evidence.raw).toContain('"openid":"[removed]"');
  expect(outcome?.evidence.raw).not.toContain("4711");
});
