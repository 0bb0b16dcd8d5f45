import { createPublicKey } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "#test/thoroughness.ts";
import { orderData, paidMembers } from "./fixtures/answering-gateway.ts";
import { signedBody } from "./fixtures/fake-gateway.ts";
import { answerVector, vectors } from "./fixtures/vectors.ts";
import { ksher } from "./kind.ts";
import { verifyNotice } from "./notice.ts";

const { platform_v1_512, platform_v2_2048 } = vectors.keys;
const v1 = createPublicKey(platform_v1_512.public_spki_pem);
const v2 = createPublicKey(platform_v2_2048.public_spki_pem);
const account = { platformKey: v1, noticeKey: null, appId: "mch99001" };
const judge = (body: string, more = {}) => verifyNotice(Buffer.from(body, "utf8"), { ...account, ...more });
const genuine = { isGenuine: true, orderNo: "TST-0001", isPaid: true, amountMinor: 15_050 };
const vectorBody = answerVector("notify_gateway_paid").body_v1;
const paid = orderData(paidMembers);

test("the vector's notice is known as it comes, and under URL encoding", () => {
  expect(judge(vectorBody)).toEqual(genuine);
  expect(judge(encodeURIComponent(vectorBody))).toEqual(genuine);
  expect(judge(new URLSearchParams({ a: vectorBody }).toString().slice(2))).toEqual(genuine);
});

test("a stored notice is answered with the words that end Ksher's repeating", () => {
  expect(JSON.parse(ksher.noticeReply.body)).toEqual({ result: "SUCCESS", msg: "OK" });
});

test("text that only looks URL encoded is left as it is", () => {
  expect(judge(signedBody({ ...paid, attach: "100%25 tea + cake" }))).toEqual(genuine);
});

describe("which key signs a notice is not documented", () => {
  const longer = signedBody(paid, { version: "V2" });

  test("so the other of Ksher's keys is trusted where the account names it, and not otherwise", () => {
    expect(judge(longer)).toEqual({ isGenuine: false, why: "bad-signature" });
    expect(judge(longer, { noticeKey: v2 })).toEqual(genuine);
    expect(judge(vectorBody, { noticeKey: v2 })).toEqual(genuine);
    expect(judge(vectorBody, { platformKey: v2 })).toEqual({ isGenuine: false, why: "bad-signature" });
  });
});

test.each(["NOTSURE", "CLOSED", "FAIL"])("a notice that says %s is genuine and not paid", (result) => {
  expect(judge(signedBody({ ...paid, result }))).toEqual({ ...genuine, isPaid: false });
});

test.each([
  ["another merchant", { appid: "mch99002" }, "wrong-merchant"],
  ["no merchant", { appid: "" }, "wrong-shape"],
  ["an order number no query could carry", { mch_order_no: "a b" }, "wrong-shape"],
  ["another currency", { fee_type: "USD" }, "wrong-shape"],
  ["an amount that is none", { total_fee: "150.50" }, "wrong-shape"],
  ["no result", { result: "" }, "wrong-shape"],
])("signed, with %s, is refused", (_what, change, why) => {
  expect(judge(signedBody({ ...paid, ...change }))).toEqual({ isGenuine: false, why });
});

test.each([
  ["", "not-json"],
  ["{", "not-json"],
  ["%7B", "not-json"],
  ["%", "not-json"],
  [`{"a":"${"a".repeat(70_000)}"}`, "not-json"],
  ['{"code":0,"code":0}', "not-json"],
  ["[]", "wrong-shape"],
  ["{}", "wrong-shape"],
  ['{"code":"0","data":{}}', "wrong-shape"],
  ['{"code":0,"data":"text","sign":"aa"}', "wrong-shape"],
  ['{"code":1,"data":{},"sign":"aa"}', "wrong-shape"],
  ['{"code":0,"data":{}}', "bad-signature"],
  ['{"code":0,"data":{},"sign":""}', "bad-signature"],
])("%.40s is no notice: %s", (body, why) => {
  expect(judge(body)).toEqual({ isGenuine: false, why });
});

test("no changed byte of a genuine notice is believed with other content", () => {
  const body = Buffer.from(vectorBody, "utf8");
  fc.assert(
    fc.property(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const changed = Buffer.from(body);
      changed[at] = (changed[at] ?? 0) ^ change;
      const verdict = verifyNotice(changed, account);
      if (verdict.isGenuine) expect(verdict).toEqual(genuine);
    }),
    runs(2_000),
  );
});
