import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs, stride } from "#test/thoroughness.ts";
import type { GatewayOutcome } from "../gateway.ts";
import { readAnswer } from "./exchange.ts";
import { orderData, paidMembers } from "./fixtures/answering-gateway.ts";
import { signedBody } from "./fixtures/fake-gateway.ts";
import { vectorAccount } from "./fixtures/open-client.ts";
import { answerVector } from "./fixtures/vectors.ts";
import type { Call, Exchanged } from "./judge.ts";
import { queryOf, readOrder } from "./services/query-order.ts";
import { readRefund } from "./services/refund.ts";
import { witnessOf } from "./witness.ts";

const line = { account: vectorAccount("https://gateway.ksher.example"), now: () => new Date(0) };
const witness = witnessOf(line);

function judgeBody(body: string | Uint8Array, call: Call): Exchanged {
  return readAnswer({ status: 200, body: Buffer.from(body), isTls: true }, { call, line, witness });
}
const numbers = { mch_order_no: "2601150930050001", ksher_order_no: "90020260115103005123456" };
const ours = { mch_refund_no: "RF-TST-0001-2", total_fee: "15050", refund_fee: "2000" };
const refundCall: Call = { endpoint: "order_refund", params: {}, echo: { all: ours, any: numbers } };
const query = (body: string | Uint8Array) => readOrder("TST-0001", judgeBody(body, queryOf("TST-0001")));
const refund = (body: string | Uint8Array) => readRefund(judgeBody(body, refundCall));

/** What an outcome says, without its evidence. */
function content(outcome: GatewayOutcome<unknown>): string {
  const { evidence: _evidence, ...rest } = outcome;
  return JSON.stringify(rest);
}

/** Every body (a sample in the quick check) that differs from the vector's in this one bit of one byte. */
function* flips(id: string, bit: number): Generator<Uint8Array> {
  const body = Buffer.from(answerVector(id).body_v1, "utf8");
  for (let at = bit % stride; at < body.length; at += stride) {
    const flipped = Buffer.from(body);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
    yield flipped;
  }
}

describe.each([
  ["gateway_query_paid", query],
  ["gateway_query_closed", query],
  ["gateway_query_refund", query],
  ["order_refund_ok", refund],
  ["order_refund_fail", refund],
])("the answer %s with one wrong bit", (id, read) => {
  const whole = content(read(answerVector(id).body_v1));

  test.each([0, 1, 2, 3, 4, 5, 6, 7])(
    "never says anything else than the whole one: bit %i of each byte",
    (bit) => {
      const other = new Set<string>();
      for (const flipped of flips(id, bit)) {
        const outcome = read(flipped);
        if (outcome.outcome !== "broken" && outcome.outcome !== "unknown") other.add(content(outcome));
      }
      other.delete(whole);
      expect([...other]).toEqual([]);
    },
  );

  test("is read at all", () => {
    expect(whole).toMatch(/"outcome":"(done|declined)"/);
  });
});

test("text that moved into its neighbour keeps the signature and is never read as something else", () => {
  const paid = orderData(paidMembers);
  const pairs = Object.entries(paid)
    .map(([name, value]) => ({ name, text: `${name}=${value}` }))
    .sort((a, b) => (a.text < b.text ? -1 : 1));
  const text = pairs.map((pair) => pair.text).join("");
  const whole = content(query(signedBody(paid, { text })));
  const outcomes = pairs.slice(1).map((moved, at) => {
    const before = pairs[at]?.name ?? "";
    const { [moved.name]: _moved, ...rest } = paid;
    const outcome = query(signedBody({ ...rest, [before]: `${rest[before]}${moved.text}` }, { text }));
    return outcome.outcome === "broken" ? "broken" : content(outcome);
  });
  expect(outcomes.filter((outcome) => outcome !== "broken" && outcome !== whole)).toEqual([]);
  expect(outcomes.filter((outcome) => outcome === "broken").length).toBeGreaterThan(8);
});

test("any JSON at all gives an outcome and never a crash, and moves no money unsigned", () => {
  const envelope = fc.record(
    {
      code: fc.constantFrom(0, -1, -3, -6, 7, "0", null),
      data: fc.oneof(fc.jsonValue(), fc.constant(orderData(paidMembers))),
      sign: fc.oneof(fc.constant("ab".repeat(64)), fc.jsonValue()),
      msg: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(envelope, fc.jsonValue()), (body) => {
      for (const read of [query, refund])
        expect(["broken", "declined", "unknown"]).toContain(read(JSON.stringify(body)).outcome);
    }),
    runs(1_000),
  );
});

test("random bytes in place of an answer are never an answer", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 256 }), (bytes) => {
      expect(query(bytes).outcome).toBe("broken");
    }),
    runs(2_000),
  );
});
