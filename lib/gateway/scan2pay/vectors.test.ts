import { constants, createPrivateKey, privateDecrypt, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { innerMessage, type ServiceType } from "./call.ts";
import { scan2payClient } from "./client.ts";
import { openScan2PaySettings, readScan2PaySettings } from "./config.ts";
import { openAnswer, sealRequest } from "./envelope.ts";
import vectors from "./fixtures/scan2pay-vectors.json" with { type: "json" };
import { readInner } from "./wire.ts";

const { constants: made, rsa } = vectors;
const iv = Buffer.from(made.ivAscii, "latin1");
const now = () => new Date("2024-03-15T06:30:00Z");

function accountAt(url: string) {
  const entry = {
    slug: "xinyi",
    store: "00001",
    gateway: "scan2pay",
    url,
    merchantId: made.mchId,
    tradePassword: made.tradePassword,
    refundPassword: made.refundPassword,
    publicKeyPem: rsa.publicKeySpkiPem,
    iv: made.ivAscii,
    partialRefund: true,
  };
  const settings = readScan2PaySettings(entry);
  if (!settings.ok) throw new Error(JSON.stringify(settings.faults));
  return openScan2PaySettings(settings.value);
}
const account = accountAt("http://127.0.0.1:9/");

test.each(vectors.sha256.filter(({ text }) => text !== ""))(
  "the password $text becomes the key the gateway wants",
  ({ text, hexLower }) => {
    const entry = {
      url: "http://127.0.0.1:9/",
      merchantId: "M",
      tradePassword: text,
      refundPassword: text,
      publicKeyPem: rsa.publicKeySpkiPem,
      iv: made.ivAscii,
    };
    const settings = readScan2PaySettings({ slug: "x", store: "1", gateway: "scan2pay", ...entry });
    expect(settings).toMatchObject({
      ok: true,
      value: { secrets: { tradeKey: hexLower, refundKey: hexLower } },
    });
  },
);

describe.each(vectors.envelopes)("envelope $name", ({ aesKeyHex, aesKeyBase64, request, response }) => {
  const aesKey = Buffer.from(aesKeyHex, "hex");

  test("is sealed byte for byte, and its key opens with the gateway's private key", () => {
    const sealed = JSON.parse(
      sealRequest(request.plaintext, aesKey, { publicKey: account.publicKey, iv }).body,
    );
    expect(sealed.Request).toBe(request.ciphertextBase64);
    const key = { key: createPrivateKey(rsa.privateKeyPkcs8Pem), padding: constants.RSA_NO_PADDING };
    const block = privateDecrypt(key, Buffer.from(sealed.ApiKey, "base64"));
    expect(block.subarray(block.indexOf(0, 2) + 1).toString("ascii")).toBe(aesKeyBase64);
  });

  test.each([
    ["plain", response.httpBody],
    ["wrapped and escaped", response.httpBodyGsonStyle],
    ["behind a byte order mark", `\ufeff${response.httpBody}`],
  ])("its %s answer opens to the same text", (_, body) => {
    expect(openAnswer(Buffer.from(body), aesKey, iv)).toEqual({ kind: "opened", text: response.plaintext });
    expect(readInner(response.plaintext)).toMatchObject({ header: { MchId: made.mchId } });
  });

  test("its answer opens under no other key", () => {
    expect(openAnswer(Buffer.from(response.httpBody), randomBytes(16), iv).kind === "opened").toBe(false);
  });
});

test.each(["SingleOrderQuery", "CancelOrder", "Refund"])(
  "our %s message is the vendor's, byte for byte",
  (service) => {
    const vector = vectors.envelopes.find(({ request }) =>
      request.plaintext.includes(`"ServiceType":"${service}"`),
    );
    const data = JSON.parse(JSON.parse(vector?.request.plaintext ?? "").Data);
    expect(innerMessage({ account, now }, { service: service as ServiceType, data })).toBe(
      vector?.request.plaintext,
    );
  },
);

test.each(vectors.bareErrorBodies)(
  "the bare body $httpBody is a code, and proves nothing",
  ({ httpBody }) => {
    expect(openAnswer(Buffer.from(httpBody), randomBytes(16), iv)).toEqual({
      kind: "bare-code",
      code: "9995",
    });
  },
);

test.each(vectors.negativeEnvelopes)("$name is never taken for an answer", ({ httpBody }) => {
  expect(openAnswer(Buffer.from(httpBody), randomBytes(16), iv).kind).toBe("broken");
});

test.each(vectors.notifications)("the notice $name is judged rightly", ({ httpBody, expectValid }) => {
  const verdict = scan2payClient({ account, now }).verifyNotice(Buffer.from(httpBody));
  expect(verdict.isGenuine).toBe(expectValid);
  if (verdict.isGenuine)
    expect(verdict).toMatchObject({
      orderNo: "SO240315000001",
      isPaid: !httpBody.includes('"9999"'),
      amountMinor: 120,
    });
});

test("no single changed bit of an answer is taken for another answer of the same order", () => {
  const vector = vectors.envelopes.find(({ name }) => name === "single-order-query-paid");
  const good = Buffer.from(vector?.response.ciphertextBase64 ?? "", "base64");
  const aesKey = Buffer.from(vector?.aesKeyHex ?? "", "hex");
  const whole = readInner(vector?.response.plaintext ?? "");
  fc.assert(
    fc.property(fc.integer({ min: 0, max: good.length * 8 - 1 }), (bit) => {
      const bent = Buffer.from(good);
      bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const opened = openAnswer(
        Buffer.from(JSON.stringify({ Response: bent.toString("base64") })),
        aesKey,
        iv,
      );
      if (opened.kind !== "opened") return;
      const inner = readInner(opened.text);
      if (typeof inner !== "string") expect({ header: inner.header, data: inner.data }).not.toEqual(whole);
    }),
    { numRuns: 2_000 },
  );
});

/** A gateway that says the same thing to everybody. */
async function saying(status: number, body: string, work: (url: string) => Promise<void>): Promise<void> {
  const server = createServer((_, answer) => answer.writeHead(status).end(body)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`).finally(() => server.close());
}

test.each([
  [500, "oops", "http-status"],
  [302, "", "http-status"],
  [200, "<html>", "not-json"],
  [200, "", "not-json"],
  [200, "9995", "bare-code"],
  [200, '{"Response":"AAAA"}', "not-opened"],
  [200, "{}", "wrong-shape"],
])("an answer of %i %j leaves the money unknown: %s", async (status, body, why) => {
  await saying(status, body, async (url) => {
    const outcome = await scan2payClient({ account: accountAt(url), now }).queryOrder("PO1", {
      deadlineMs: 2_000,
    });
    expect(outcome).toMatchObject({ outcome: "broken", why });
  });
});

test("a part is not even sent by an account that refunds in full only", async () => {
  const gateway = scan2payClient({ account: { ...account, canRefundPart: false }, now });
  const order = {
    orderNo: "PO1",
    refundNo: "R1",
    refundMinor: 1,
    orderAmountMinor: 2,
    reason: "x",
    cashier: "c",
    storeCode: "1",
    handles: {},
  };
  expect(await gateway.refund(order, { deadlineMs: 1_000 })).toMatchObject({
    outcome: "not-sent",
    why: "our-request",
  });
});

test("nobody listening is proof that nothing was sent", async () => {
  expect(await scan2payClient({ account, now }).queryOrder("PO1", { deadlineMs: 1_000 })).toMatchObject({
    outcome: "not-sent",
    why: "refused",
  });
});
