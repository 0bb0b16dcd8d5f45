import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import vectors from "../fixtures/ksher-vectors.json" with { type: "json" };
import { answerBody } from "./answer-body.ts";
import { dataCanonical } from "./protocol/canonical.ts";
import { isSignedBy, publicKeyOf, signMd5 } from "./protocol/rsa.ts";
import { merchantKeyPem, platformKeyPems } from "./protocol/test-keys.ts";
import { type Simulator, startKsherSimulator } from "./server.ts";
import { makeWorld } from "./state/world.ts";
import { type Caller, callerOf, signatureOf } from "./testing/caller.ts";

let simulator: Simulator;
let caller: Caller;
beforeAll(async () => {
  simulator = await startKsherSimulator({ settings: { queryGapMs: 0 } });
  caller = await callerOf(simulator);
});
afterEach(() => caller.control("POST", "reset"));
afterAll(() => simulator.close());

/** Parameters as plain texts by name. */
const requests = vectors.request_vectors.map(({ params, ...rest }) => {
  const texts: Record<string, string> = Object.fromEntries(Object.entries(params));
  return { ...rest, params: texts };
});
const form = "application/x-www-form-urlencoded";
type Reply = { code: number; data?: { result?: string; err_code?: string } };

async function post(path: string, body: string, contentType = form): Promise<Reply> {
  const headers = { "content-type": contentType };
  const reply = await fetch(simulator.origin + path, { method: "POST", body, headers });
  return (await reply.json()) as Reply;
}

/** The orders that the vectors speak of. */
async function makeVectorOrders() {
  const order = { storeOrderNo: "TST-0001", totalFee: 15_050, channel: "airpay", state: "paid" };
  const numbers = { payMchOrderNo: "2601150930050001", ksherOrderNo: "90020260115103005123456" };
  await caller.control("POST", "orders", { ...order, ...numbers });
  await caller.control("POST", "orders", { storeOrderNo: "POS-1", totalFee: 100, payMchOrderNo: "POS-0009" });
  await caller.control("POST", "orders", { storeOrderNo: "  padded  ", totalFee: 100 });
}

/** What each request comes to, once its signature was accepted. */
const outcomes: { readonly [id: string]: string } = {
  gateway_pay_basic: "1",
  gateway_pay_thai_and_reserved: "0",
  gateway_order_query: "0 SUCCESS",
  gateway_order_query_ts_millis: "0 SUCCESS",
  gateway_order_query_ts_python_sdk: "0 SUCCESS",
  cancel_order_no_lang: "-4",
  cancel_order_lang_en: "-4",
  cancel_order_missing_mch_order_no: "-3",
  order_query_by_ksher_order_no: "0 SUCCESS",
  order_query_by_pay_mch_order_no: "0 SUCCESS",
  order_refund_full: "0 SUCCESS",
  order_refund_partial_card_all_ids: "0 SUCCESS",
  order_refund_empty_values_kept: "0 SUCCESS",
  refund_query_minimal: "0 SUCCESS",
  refund_query_documented_fields: "0 SUCCESS",
  order_close: "0 FAIL",
  order_reverse: "0 SUCCESS",
  edge_no_trimming: "0 NOTSURE",
  edge_python_style_boolean: "-100",
  edge_json_text_parameter: "-100",
};
const outcomeOf = ({ code, data }: Reply) => (data?.result ? `${code} ${data.result}` : String(code));

describe("requests, against the paper's vectors", () => {
  test("the merchant's key is the made-up pair of the vectors", () => {
    expect(publicKeyOf(merchantKeyPem)).toBe(vectors.keys.merchant_1024.public_spki_pem);
    expect(publicKeyOf(platformKeyPems.V1)).toBe(vectors.keys.platform_v1_512.public_spki_pem);
    expect(publicKeyOf(platformKeyPems.V2)).toBe(vectors.keys.platform_v2_2048.public_spki_pem);
  });

  for (const { id, path, params, canonical, sign, ...bodies } of requests) {
    const upper = new URLSearchParams({ ...params, sign: sign.toUpperCase() }).toString();
    const inOtherOrder = new URLSearchParams([...Object.entries(params).reverse(), ["sign", sign]].reverse());
    const shapes = [bodies.form_body_plus, bodies.form_body_percent20, upper, inOtherOrder.toString()];

    test(`${id}: taken with plus, %20, upper-case hex and in any order, and its text logged`, async () => {
      for (const body of shapes) {
        await caller.control("POST", "reset");
        await makeVectorOrders();
        expect(outcomeOf(await post(path, body))).toBe(outcomes[id]);
      }
      expect(await caller.control("GET", "arrivals")).toMatchObject([{ canonical, mchId: "mch99001" }]);
    });

    test(`${id}: taken as GET, as the Python SDK sends it`, async () => {
      await makeVectorOrders();
      const reply = await fetch(`${simulator.origin}${path}?${bodies.form_body_plus}`);
      expect(outcomeOf((await reply.json()) as Reply)).toBe(outcomes[id]);
    });

    test(`${id}: refused with any other signature, and nothing moves`, async () => {
      await makeVectorOrders();
      const before = await caller.control("GET", "effects");
      const wrong = [
        ...["", "zz".repeat(128), sign.slice(0, -2), `${sign}0`, "00".repeat(128)],
        sign.replace(/^../, sign.startsWith("00") ? "01" : "00"),
        signatureOf(params, vectors.keys.platform_v1_512.private_pkcs8_pem),
        signatureOf(params, merchantKeyPem, "sha1"),
        signatureOf({ ...params, nonce_str: `${params.nonce_str}x` }, merchantKeyPem),
      ];
      const code = path.startsWith("/api/") ? -2 : -1;
      for (const one of wrong) {
        const body = new URLSearchParams({ ...params, sign: one }).toString();
        expect((await post(path, body)).code).toBe(code);
      }
      const unsigned = new URLSearchParams(params).toString();
      expect((await post(path, unsigned)).code).toBe(code);
      expect(await caller.control("GET", "effects")).toEqual(before);
    });
  }

  test("a JSON body carries no parameters, so its merchant is unknown", async () => {
    const [vector] = requests;
    const body = JSON.stringify({ ...vector?.params, sign: vector?.sign });
    expect((await post("/api/gateway_pay", body, "application/json")).code).toBe(-1);
  });
});

describe("answers, against the paper's vectors", () => {
  const { clock, ...world } = makeWorld({});
  const at = Date.parse("2026-01-15T10:31:00.123+08:00");
  const there = { ...world, clock: { ...clock, now: () => at } };

  for (const { id, path, data, canonical, signed, ...answers } of vectors.response_vectors) {
    const members = signed.startsWith("data:") ? signed.slice(5).split(",") : undefined;
    test(`${id}: signed text and both signatures come out the same`, () => {
      expect(dataCanonical(data, members)).toBe(canonical);
      expect(signMd5(platformKeyPems.V1, canonical)).toBe(answers.sign_v1);
      expect(signMd5(platformKeyPems.V2, canonical)).toBe(answers.sign_v2);
    });

    test(`${id}: the whole body comes out byte for byte, but for microseconds`, () => {
      const family = path.startsWith("/KsherPay/") ? "payment" : "gateway";
      const answer = { code: 0, data, ...(members ? { members } : {}) };
      const texts = id === "gateway_pay_ok" ? { text: "SUCCESS" } : {};
      const to = { family, version: "V1", fault: undefined } as const;
      const body = answerBody(there, { ...answer, ...texts }, to);
      expect(body.replace("00.123000+", "00.123456+")).toBe(answers.body_v1);
    });
  }

  test.each(vectors.verification_cases)("$id verifies: $expect", ({ data, sign, key, expect: isGood }) => {
    const publicKeyPem = vectors.keys[key === "platform_v2_2048" ? key : "platform_v1_512"].public_spki_pem;
    expect(isSignedBy(publicKeyPem, { text: dataCanonical(data), hex: sign, acceptSha1: false })).toBe(
      isGood,
    );
  });

  test.each(vectors.real_world_checks.cases)("signed by Ksher itself: $id", ({ data, sign, canonical }) => {
    const publicKeyPem = vectors.real_world_checks.ksher_live_v1_public_spki_pem;
    expect(dataCanonical(data)).toBe(canonical);
    expect(isSignedBy(publicKeyPem, { text: canonical, hex: sign, acceptSha1: false })).toBe(true);
  });

  test.each(["True", null, 1.5])("a value that nobody knows how to render is never signed: %j", (value) => {
    const data = { value: value === "True" ? true : value };
    expect(() => dataCanonical(data)).toThrow(/never signed/);
  });
});

describe("cancel answers, word for word", () => {
  const body = (id: string) => vectors.unsigned_responses.find((one) => one.id === id)?.body;

  test("the six refusals and the documented success", async () => {
    const orders = [
      { storeOrderNo: "OPEN", state: "open" },
      { storeOrderNo: "PAID", state: "paid" },
      { storeOrderNo: "CARD", state: "paying", channel: "card" },
    ];
    for (const order of orders) await caller.control("POST", "orders", { totalFee: 100, ...order });
    const cancel = async (mch_order_no: string, changes = {}) =>
      (await caller.call("cancel_order", { mch_order_no }, changes)).raw;
    expect(await cancel("OPEN", { appid: "mch1" })).toBe(body("cancel_error_1"));
    expect(await cancel("OPEN", { sign: "00" })).toBe(body("cancel_error_2"));
    expect(await cancel("NOBODY")).toBe(body("cancel_error_3"));
    expect(await cancel("PAID")).toBe(body("cancel_error_4"));
    expect(await cancel("OPEN")).toBe(body("cancel_ok_documented"));
    expect(await cancel("OPEN")).toBe(body("cancel_error_5"));
    expect(await cancel("CARD")).toBe(body("cancel_error_6"));
  });
});
