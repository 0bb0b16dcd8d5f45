import { createPublicKey } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "#test/thoroughness.ts";
import { openAnswer, readBase64, sealRequest } from "./envelope.ts";
import { openApiKey, sealAnswer } from "./fixtures/fake-gateway.ts";
import { envelope, vectors } from "./fixtures/vectors.ts";
import { readInner } from "./wire.ts";

const iv = Buffer.from(vectors.constants.ivAscii, "latin1");
const keys = { publicKey: createPublicKey(vectors.rsa.publicKeySpkiPem), iv };
const utf8 = (text: string) => Buffer.from(text, "utf8");

describe.each(vectors.envelopes)("vector $name", ({ aesKeyHex, aesKeyBase64, request, response }) => {
  const aesKey = Buffer.from(aesKeyHex, "hex");

  test("our request is the vector's, byte for byte, and its key opens with the gateway's private key", () => {
    const sealed: { Request: string; ApiKey: string } = JSON.parse(
      sealRequest(request.plaintext, aesKey, keys),
    );
    expect(sealed.Request).toBe(request.ciphertextBase64);
    expect(Object.keys(sealed)).toEqual(["Request", "ApiKey"]);
    for (const apiKey of [sealed.ApiKey, request.apiKeySampleBase64]) {
      expect(openApiKey(apiKey, vectors.rsa.privateKeyPkcs8Pem).toString("base64")).toBe(aesKeyBase64);
    }
  });

  test("its answer opens in the plain and in the Java style", () => {
    for (const body of [response.httpBody, response.httpBodyGsonStyle]) {
      expect(openAnswer(utf8(body), aesKey, iv)).toEqual({ kind: "opened", text: response.plaintext });
    }
    expect(readInner(response.plaintext)).toMatchObject({ header: { MchId: "S2PSIM0001" } });
  });

  test("another key or another IV does not open it into anything readable", () => {
    const strangers: [Buffer, Buffer][] = [
      [Buffer.from("another key 0016"), iv],
      [aesKey, Buffer.from("3141592653589793")],
    ];
    for (const [key, otherIv] of strangers) {
      const opened = openAnswer(utf8(response.httpBody), key, otherIv);
      expect(opened.kind === "opened" ? readInner(opened.text) : opened.kind).toMatch(
        /^(not-opened|broken)$/,
      );
    }
  });
});

describe("answers as they come", () => {
  const { aesKeyHex, response } = envelope("single-order-query-paid");
  const aesKey = Buffer.from(aesKeyHex, "hex");
  const open = (body: string | Buffer) => openAnswer(Buffer.isBuffer(body) ? body : utf8(body), aesKey, iv);

  test("a byte order mark, twice-escaped padding and surrounding blanks are taken off", () => {
    const wanted = { kind: "opened", text: response.plaintext };
    expect(open(`\ufeff${response.httpBody}\r\n`)).toEqual(wanted);
    expect(open(response.httpBody.replaceAll("=", "\\\\u003d"))).toEqual(wanted);
    expect(open(response.httpBody.replace(/.{70}/, "$&\\r\\n \\t"))).toEqual(wanted);
  });

  test.each(vectors.bareErrorBodies)("$httpBody is the bare code 9995", ({ httpBody }) => {
    expect(open(httpBody)).toEqual({ kind: "bare-code", code: "9995" });
  });

  test.each(vectors.negativeEnvelopes)(
    "a request, even a broken one ($name), is no answer",
    ({ httpBody }) => {
      expect(open(httpBody).kind).toBe("broken");
    },
  );

  test.each([
    ["", "not-json"],
    ["<html>502 Bad Gateway</html>", "not-json"],
    ["99951", "wrong-shape"],
    ['"9995', "not-json"],
    ["null", "wrong-shape"],
    ["[]", "wrong-shape"],
    ["{}", "wrong-shape"],
    ['{"Response":5}', "wrong-shape"],
    ['{"Response":""}', "not-opened"],
    ['{"Response":"AAAA"}', "not-opened"],
    ['{"Response":"%%%%"}', "not-opened"],
    ['{"Response":"AAAA","Response":"BBBB"}', "not-json"],
    [`${"[".repeat(100_000)}${"]".repeat(100_000)}`, "not-json"],
  ])("%.40s is %s", (body, why) => {
    expect(open(body)).toEqual({ kind: "broken", why });
  });

  test("a body in Big5 is not JSON of ours", () => {
    expect(open(Buffer.from([0x22, 0xb0, 0xf5, 0xa6, 0xe6, 0x22]))).toEqual({
      kind: "broken",
      why: "not-json",
    });
  });

  test("an answer cut anywhere is not opened", () => {
    const text = Buffer.from(response.ciphertextBase64, "base64");
    for (let length = 0; length < text.length; length += 1) {
      const opened = open(JSON.stringify({ Response: text.subarray(0, length).toString("base64") }));
      expect(opened).toEqual({ kind: "broken", why: "not-opened" });
    }
  });

  test("random bytes never open into an answer", () => {
    const blocks = fc
      .integer({ min: 1, max: 12 })
      .chain((n) => fc.uint8Array({ minLength: n * 16, maxLength: n * 16 }));
    fc.assert(
      fc.property(blocks, (bytes) => {
        const opened = open(JSON.stringify({ Response: Buffer.from(bytes).toString("base64") }));
        expect(opened.kind === "opened" ? readInner(opened.text) : "not-opened").toBe("not-opened");
      }),
      runs(10_000),
    );
  });

  test("whatever is sealed opens again, in both styles", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.constantFrom("plain" as const, "gson" as const),
        (text, style) => {
          expect(open(sealAnswer(text, aesKey, style))).toEqual({ kind: "opened", text });
        },
      ),
    );
  });
});

test("Base64 is read strictly but for line ends and escaped padding", () => {
  expect(readBase64("AA\nE\\u003d")).toEqual(Buffer.from([0, 1]));
  for (const text of ["", "A", "AAA", "A=AA", "AA-_", "AA==AA==", "AAAé"])
    expect(readBase64(text)).toBeNull();
});
