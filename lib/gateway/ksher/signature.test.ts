import { createPrivateKey, createPublicKey } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyCharacter } from "#test/any-character.ts";
import { signedForm } from "./exchange.ts";
import { md5, signAs } from "./fixtures/fake-gateway.ts";
import { answerVector, vectors } from "./fixtures/vectors.ts";
import { canonicalText, canonicalTextsOf, isSigned, signText } from "./signature.ts";

const { merchant_1024, platform_v1_512, platform_v2_2048 } = vectors.keys;
const merchant = createPrivateKey(merchant_1024.private_pkcs1_pem);
const platform = {
  platform_v1_512: createPublicKey(platform_v1_512.public_spki_pem),
  platform_v2_2048: createPublicKey(platform_v2_2048.public_spki_pem),
};
const both = Object.values(platform);
const endpointOf = (path: string) => path.split("/").at(-1) ?? "";

describe.each(vectors.request_vectors)("request vector $id", (vector) => {
  test("has the canonical text the gateway builds", () => {
    const text = canonicalText(vector.params);
    expect(text).toBe(vector.canonical);
    expect([Buffer.byteLength(text), md5(text)]).toEqual([
      vector.canonical_utf8_length,
      vector.canonical_md5,
    ]);
  });

  test("is signed byte for byte as the vector, with the key in either form", () => {
    for (const pem of [merchant_1024.private_pkcs1_pem, merchant_1024.private_pkcs8_pem])
      expect(signText(vector.canonical, createPrivateKey(pem))).toBe(vector.sign);
  });

  test("goes out as the vector's form, whose values are the signed ones", () => {
    expect(signedForm(vector.params, merchant)).toBe(vector.form_body_plus);
    for (const body of [vector.form_body_plus, vector.form_body_percent20])
      expect(Object.fromEntries(new URLSearchParams(body))).toEqual({ ...vector.params, sign: vector.sign });
  });
});

describe.each(vectors.response_vectors)("answer vector $id", ({ path, data, canonical, ...vector }) => {
  const endpoint = endpointOf(path);

  test("has the canonical text Ksher signed", () => {
    expect(canonicalTextsOf(data, endpoint)).toEqual([canonical]);
    expect(md5(canonical)).toBe(vector.canonical_md5);
  });

  test("is signed by the key of its version and by no other", () => {
    const holds = (sign: string, key: keyof typeof platform) =>
      isSigned(data, sign, { keys: [platform[key]], endpoint });
    expect([
      holds(vector.sign_v1, "platform_v1_512"),
      holds(vector.sign_v1, "platform_v2_2048"),
      holds(vector.sign_v2, "platform_v2_2048"),
      holds(vector.sign_v2, "platform_v1_512"),
    ]).toEqual([true, false, true, false]);
    expect(isSigned(data, vector.sign_v2, { keys: both, endpoint })).toBe(true);
  });

  test("holds in the whole body", () => {
    const body: { data: Record<string, unknown>; sign: unknown } = JSON.parse(vector.body_v1);
    expect(isSigned(body.data, body.sign, { keys: both, endpoint })).toBe(true);
  });
});

test.each(vectors.verification_cases)("verification case $id: $expect", ({ data, sign, key, expect: is }) => {
  expect(isSigned(data, sign, { keys: [platform[key]], endpoint: "gateway_order_query" })).toBe(is);
});

test.each(vectors.real_world_checks.cases)("Ksher's own signature holds: $id", (one) => {
  const keys = [createPublicKey(vectors.real_world_checks.ksher_live_v1_public_spki_pem)];
  expect(canonicalTextsOf(one.data, "order_query")).toEqual([one.canonical]);
  expect(isSigned(one.data, one.sign, { keys, endpoint: "order_query" })).toBe(one.expect);
  expect(isSigned({ ...one.data, total_fee: 1 }, one.sign, { keys, endpoint: "order_query" })).toBe(false);
});

describe("values whose rendering nobody knows", () => {
  const values: Readonly<Record<string, unknown>> = { "boolean true": true, null: null };
  const rows = vectors.undetermined.flatMap(({ value, candidate_renderings }) =>
    candidate_renderings.map((rendering) => ({ value, rendering })),
  );

  test.each(rows.filter(({ value }) => value in values))(
    "$value signed as $rendering is taken, anything else is not",
    ({ value, rendering }) => {
      const data = { flag: values[value], result: "SUCCESS" };
      const keys = [platform.platform_v1_512];
      const sign = (text: string) => signAs("V1", `flag=${text}result=SUCCESS`);
      expect(isSigned(data, sign(rendering), { keys, endpoint: "x" })).toBe(true);
      expect(isSigned(data, sign("1"), { keys, endpoint: "x" })).toBe(false);
    },
  );
});

test("a signature with something behind it is none", () => {
  const { data, sign_v1 } = answerVector("gateway_query_paid");
  const isTaken = (sign: string) => isSigned(data, sign, { keys: both, endpoint: "x" });
  expect(["", "a", "ab", "zz", " "].map((more) => isTaken(sign_v1 + more))).toEqual([
    true,
    ...Array(4).fill(false),
  ]);
});

test.each([undefined, null, 5, "", {}, []])("%j is no signature", (sign) => {
  expect(isSigned({ a: "b" }, sign, { keys: both, endpoint: "x" })).toBe(false);
});

describe("any parameters at all", () => {
  const name = fc.stringMatching(/^[a-z_]{1,12}$/);
  const params = fc.dictionary(name, fc.string({ unit: anyCharacter }), { maxKeys: 12 });

  test("give one text whatever order they stand in, without their sign", () => {
    fc.assert(
      fc.property(params, (members) => {
        const backwards = Object.fromEntries(Object.entries(members).reverse());
        expect(canonicalText({ ...backwards, sign: "x" })).toBe(canonicalText({ ...members, sign: "y" }));
      }),
    );
  });

  test("are sorted by the bytes of name=value and joined with nothing", () => {
    fc.assert(
      fc.property(params, (members) => {
        const { sign: _sign, ...signed } = members;
        const pairs = Object.entries(signed).map(([key, value]) =>
          Buffer.from(`${key}=${value}`, "utf8").toString("latin1"),
        );
        const text = Buffer.from(canonicalText(members), "utf8").toString("latin1");
        expect(text).toBe(pairs.sort().join(""));
      }),
    );
  });

  test("reach the other side as they were signed", () => {
    fc.assert(
      fc.property(params, (members) => {
        const { sign: _sign, ...signed } = members;
        const sent = Object.fromEntries(new URLSearchParams(signedForm(signed, merchant)));
        expect(canonicalText(sent)).toBe(canonicalText(signed));
      }),
      { numRuns: 50 },
    );
  });

  test("of nested answers render the same however their members stand", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const turned = (one: unknown): unknown =>
          Array.isArray(one)
            ? one.map(turned)
            : typeof one === "object" && one !== null
              ? Object.fromEntries(
                  Object.entries(one)
                    .reverse()
                    .map(([key, member]) => [key, turned(member)]),
                )
              : one;
        expect(canonicalTextsOf({ value: turned(value) }, "x")).toEqual(canonicalTextsOf({ value }, "x"));
      }),
    );
  });
});
