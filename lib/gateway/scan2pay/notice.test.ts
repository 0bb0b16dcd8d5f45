import { createPublicKey, createSign } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "#test/thoroughness.ts";
import { vectors } from "./fixtures/vectors.ts";
import { verifyNotice } from "./notice.ts";

const account = {
  publicKey: createPublicKey(vectors.rsa.publicKeySpkiPem),
  merchantId: vectors.constants.mchId,
};
const judge = (body: string) => verifyNotice(Buffer.from(body, "utf8"), account);
const sign = (text: string) =>
  createSign("sha256").update(text, "utf8").sign(vectors.rsa.privateKeyPkcs8Pem, "base64");
const members = {
  MchId: account.merchantId,
  MethodName: "O'Pay",
  Result: "0000",
  StoreOrderNo: "SO1",
  TotalFee: "120",
};

test.each(vectors.notifications)("vector $name is judged as expected", ({ httpBody, expectValid, name }) => {
  expect(judge(httpBody)).toEqual(
    expectValid
      ? { isGenuine: true, orderNo: "SO240315000001", isPaid: name !== "failed-order", amountMinor: 120 }
      : { isGenuine: false, why: "bad-signature" },
  );
});

describe("a genuine notice", () => {
  const genuine = { isGenuine: true, orderNo: "SO1", isPaid: true, amountMinor: 120 };
  const compact = JSON.stringify(members);
  const escaped = compact.replaceAll("'", "\\u0027");

  test.each([
    ["Sign first", `{"Sign":"${sign(compact)}",${compact.slice(1)}`],
    ["Sign last", `${compact.slice(0, -1)},"Sign":"${sign(compact)}"}`],
    [
      "blanks that were signed too",
      JSON.stringify({ ...members, Sign: sign(JSON.stringify(members, null, 1)) }, null, 1),
    ],
    ["blanks added after signing", JSON.stringify({ ...members, Sign: sign(compact) }, null, 2)],
    ["escaped only where it was signed", JSON.stringify({ ...members, Sign: sign(escaped) })],
    [
      "signed in sorted order, sent in another",
      JSON.stringify(Object.fromEntries(Object.entries({ ...members, Sign: sign(compact) }).reverse())),
    ],
    ["a byte order mark", `\ufeff${JSON.stringify({ ...members, Sign: sign(compact) })}`],
  ])("is known with %s", (_what, body) => {
    expect(judge(body)).toEqual(genuine);
  });

  test("may carry a blank after the merchant id, and leave the amount out", () => {
    const text = JSON.stringify({ MchId: `${account.merchantId} `, Result: "0000", StoreOrderNo: "SO1" });
    expect(judge(`${text.slice(0, -1)},"Sign":"${sign(text)}"}`)).toEqual({ ...genuine, amountMinor: null });
  });

  test("of another merchant is refused", () => {
    const text = JSON.stringify({ ...members, MchId: "S2PSIM0002" });
    expect(judge(`${text.slice(0, -1)},"Sign":"${sign(text)}"}`)).toEqual({
      isGenuine: false,
      why: "wrong-merchant",
    });
  });

  test("whose order number no query could carry is refused", () => {
    const text = JSON.stringify({ ...members, StoreOrderNo: "a b" });
    expect(judge(`${text.slice(0, -1)},"Sign":"${sign(text)}"}`)).toEqual({
      isGenuine: false,
      why: "wrong-shape",
    });
  });
});

test.each([
  ["", "not-json"],
  ["{", "not-json"],
  [`{"a":"${"a".repeat(70_000)}"}`, "not-json"],
  ['{"Sign":"AAAA","Sign":"AAAA"}', "not-json"],
  ["[]", "wrong-shape"],
  ["{}", "wrong-shape"],
  ['{"Sign":5}', "wrong-shape"],
  ['{"Sign":"AAAA","nested":{}}', "wrong-shape"],
  ['{"Sign":"%"}', "bad-signature"],
  ['{"Sign":""}', "bad-signature"],
])("%.30s is no notice: %s", (body, why) => {
  expect(judge(body)).toEqual({ isGenuine: false, why });
});

test("no changed byte of a genuine notice is believed with other content", () => {
  const body = Buffer.from(vectors.notifications[0]?.httpBody ?? "", "utf8");
  fc.assert(
    fc.property(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const changed = Buffer.from(body);
      changed[at] = (changed[at] ?? 0) ^ change;
      const verdict = verifyNotice(changed, account);
      if (verdict.isGenuine)
        expect(verdict).toMatchObject({ orderNo: "SO240315000001", isPaid: true, amountMinor: 120 });
    }),
    runs(2_000),
  );
});
