import { createCipheriv, createPublicKey } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import vectors from "../fixtures/scan2pay-vectors.json" with { type: "json" };
import { signedNotice } from "./notice.ts";
import { openRequest, sealAnswer } from "./protocol/envelope.ts";
import { loadGatewayKeys } from "./protocol/keys.ts";
import { testPrivateKeyPem } from "./protocol/test-key.ts";
import { type Simulator, startScan2PaySimulator } from "./server.ts";

const keys = loadGatewayKeys(testPrivateKeyPem);
const iv = vectors.constants.ivAscii;
const rules = { keys, ivs: ["1234567890123456", iv], lenientJson: false };

describe("the envelope, against the paper's vectors", () => {
  test("the simulator's key is the made-up pair of the vectors", () => {
    const spki = createPublicKey(vectors.rsa.publicKeySpkiPem).export({ type: "spki", format: "pem" });
    expect(keys.publicKeyPem).toBe(spki.toString());
  });

  for (const { name, request, response, aesKeyHex } of vectors.envelopes) {
    const gsonBody = request.httpBody.replaceAll("=", "\\u003d");
    test(`${name}: the request opens in plain, wrapped and Gson form`, () => {
      for (const body of [
        request.httpBody,
        request.httpBodyWrapped76,
        gsonBody,
        `\uFEFF${request.httpBody}`,
      ]) {
        const opened = openRequest(body, rules);
        expect(opened?.message).toEqual(JSON.parse(request.plaintext));
        expect(opened?.aesKey.toString("hex")).toBe(aesKeyHex);
        expect(opened?.iv).toBe(iv);
      }
    });

    test(`${name}: the answer comes out byte for byte`, () => {
      const opened = { message: {}, aesKey: Buffer.from(aesKeyHex, "hex"), iv };
      const message: unknown = JSON.parse(response.plaintext);
      expect(sealAnswer(message, opened, "plain")).toBe(response.httpBody);
      expect(sealAnswer(message, opened, "gson")).toBe(response.httpBodyGsonStyle);
    });
  }

  test("a message in single quotes opens only where the setting allows it", () => {
    const envelope = vectors.envelopes[0];
    const opened = envelope && openRequest(envelope.request.httpBody, rules);
    const inner = `{'Header': {'MchId': 'O\\'Hara'}, 'Data': '{"StoreOrderNo":"A\\\\"B"}'}`;
    const sealed = opened && sealText(inner, opened.aesKey, envelope.request.httpBody);
    expect(openRequest(sealed ?? "", rules)).toBeNull();
    expect(openRequest(sealed ?? "", { ...rules, lenientJson: true })?.message).toEqual({
      Header: { MchId: "O'Hara" },
      Data: '{"StoreOrderNo":"A\\"B"}',
    });
  });
});

describe("what cannot be opened", () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startScan2PaySimulator();
  });
  afterAll(() => simulator.close());

  test.each(vectors.negativeEnvelopes)("$name is answered with a bare 9995", async ({ httpBody }) => {
    const reply = await fetch(simulator.url, { method: "POST", body: httpBody });
    expect([reply.status, await reply.text()]).toEqual([200, "9995"]);
  });

  test("other methods than POST and other paths are not the gateway", async () => {
    expect((await fetch(simulator.url)).status).toBe(405);
    expect((await fetch(`${simulator.origin}/allpaypass/other`, { method: "POST" })).status).toBe(404);
  });
});

describe("payment notices, against the paper's vectors", () => {
  test.each(vectors.notifications)("$name: signature and body come out the same", (notice) => {
    const members = JSON.parse(notice.signedText) as Record<string, string>;
    const signer =
      notice.name === "foreign-key" ? loadGatewayKeys(vectors.otherRsa.privateKeyPkcs8Pem) : keys;
    const escapes = notice.signedText.includes("\\u") ? "gson" : "sign-only";
    const body = signedNotice(members, signer, escapes);
    expect((JSON.parse(body) as { Sign: string }).Sign).toBe(notice.signBase64);
    const isSpoiltAfterwards = ["tampered-amount", "paid-sign-double-escaped"].includes(notice.name);
    if (!isSpoiltAfterwards) expect(body).toBe(notice.httpBody);
  });
});

/** The vector's ApiKey with another message under the same AES key. */
function sealText(inner: string, aesKey: Buffer, httpBody: string): string {
  const sealed = sealRaw(inner, aesKey);
  return JSON.stringify({ ...(JSON.parse(httpBody) as object), Request: sealed });
}
function sealRaw(inner: string, aesKey: Buffer): string {
  const cipher = createCipheriv("aes-128-cbc", aesKey, Buffer.from(iv, "latin1"));
  return Buffer.concat([cipher.update(inner, "utf8"), cipher.final()]).toString("base64");
}
