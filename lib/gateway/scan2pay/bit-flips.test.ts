import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs, stride } from "#test/thoroughness.ts";
import type { GatewayOutcome } from "../gateway.ts";
import { openScan2PaySettings, readScan2PaySettings } from "./config.ts";
import { readAnswer } from "./exchange.ts";
import { sealAnswer } from "./fixtures/fake-gateway.ts";
import { envelope, vectorEntry } from "./fixtures/vectors.ts";
import type { Call, Exchanged } from "./judge.ts";
import { queryOf, readOrder } from "./services/query-order.ts";
import { witnessOf } from "./witness.ts";

const read = readScan2PaySettings(vectorEntry("https://s.intella.example/"));
if (!read.ok) throw new Error("the vectors' settings do not parse");
const line = { account: openScan2PaySettings(read.value), now: () => new Date(0) };
const witness = witnessOf(line);

function judgeBody(body: string, aesKey: Buffer, call: Call): Exchanged {
  return readAnswer({ status: 200, body: Buffer.from(body), isTls: true }, aesKey, { call, line, witness });
}

/** What an outcome says, without its evidence. */
function content(outcome: GatewayOutcome<unknown>): string {
  const { evidence: _evidence, ...rest } = outcome;
  return JSON.stringify(rest);
}

/** Judges every answer (a sample in the quick check) that differs from the vector's by one bit of its ciphertext. */
function* flips(name: string, call: Call): Generator<Exchanged> {
  const { aesKeyHex, response } = envelope(name);
  const aesKey = Buffer.from(aesKeyHex, "hex");
  const ciphertext = Buffer.from(response.ciphertextBase64, "base64");
  for (let bit = 0; bit < ciphertext.length * 8; bit += stride) {
    const flipped = Buffer.from(ciphertext);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    yield judgeBody(JSON.stringify({ Response: flipped.toString("base64") }), aesKey, call);
  }
}

function refundOf(orderNo: string, refundNo: string): Call {
  return {
    service: "Refund",
    data: {},
    echo: { StoreOrderNo: orderNo, StoreRefundNo: refundNo },
    movesMoney: true,
  };
}

describe("an answer with one wrong bit", () => {
  test.each([
    ["single-order-query-paid", "SO240315000002"],
    ["single-order-query-refund-failed", "SO240315000003"],
  ])("never tells a query anything else than the whole answer: %s", (name, orderNo) => {
    const { aesKeyHex, response } = envelope(name);
    const whole = content(
      readOrder(orderNo, judgeBody(response.httpBody, Buffer.from(aesKeyHex, "hex"), queryOf(orderNo))),
    );
    for (const flipped of flips(name, queryOf(orderNo))) {
      const outcome = readOrder(orderNo, flipped);
      if (outcome.outcome !== "broken" && outcome.outcome !== "unknown") expect(content(outcome)).toBe(whole);
    }
  });

  test("never turns a refused refund into one that is done", () => {
    const kinds = new Set<string>();
    for (const flipped of flips("refund-duplicate-number", refundOf("SO240315000002", "RF240315000001"))) {
      kinds.add(flipped.kind === "executed" ? "done" : flipped.outcome.outcome);
    }
    expect(kinds).not.toContain("done");
  });

  test("never makes a refund done that names another one", () => {
    for (const flipped of flips("refund-full", refundOf("SO240315000002", "RF240315000001"))) {
      if (flipped.kind === "executed")
        expect(flipped.evidence).toMatchObject({ code: "0000", checks: { opened: true, echo: true } });
    }
    for (const flipped of flips("refund-full", refundOf("SO240315000002", "RF240315000000")))
      expect(flipped.kind).toBe("settled");
  });
});

test("random bytes in place of an answer are never an answer", () => {
  const aesKey = Buffer.alloc(16, 7);
  const blocks = fc
    .integer({ min: 1, max: 16 })
    .chain((n) => fc.uint8Array({ minLength: 16 * n, maxLength: 16 * n }));
  fc.assert(
    fc.property(blocks, (bytes) => {
      const body = JSON.stringify({ Response: Buffer.from(bytes).toString("base64") });
      expect(judgeBody(body, aesKey, queryOf("A-1"))).toMatchObject({
        outcome: { outcome: "broken", why: "not-opened" },
      });
    }),
    runs(5_000),
  );
});

test("an inner message of any JSON at all gives an outcome and never a crash", () => {
  const aesKey = Buffer.alloc(16, 7);
  const header = fc.record({
    StatusCode: fc.constantFrom("0000", "7002", "9997", 5, null),
    ServiceType: fc.constant("SingleOrderQuery"),
    MchId: fc.constant("S2PSIM0001"),
  });
  const message = fc.record(
    { Header: fc.oneof(header, fc.jsonValue()), Data: fc.oneof(fc.jsonValue(), fc.json()) },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(message, (inner) => {
      const outcome = readOrder(
        "A-1",
        judgeBody(sealAnswer(JSON.stringify(inner), aesKey), aesKey, queryOf("A-1")),
      );
      expect(["broken", "declined", "unknown"]).toContain(outcome.outcome);
    }),
    runs(2_000),
  );
});
