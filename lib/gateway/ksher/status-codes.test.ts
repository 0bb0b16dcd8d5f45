import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  type Endpoint,
  ksherCode,
  ksherOrderState,
  ksherRefundRefusal,
  ksherResult,
} from "./status-codes.ts";

function says(endpoint: Endpoint, code: number): string {
  const verdict = ksherCode(endpoint, code);
  return verdict.kind === "declined" ? verdict.reason : verdict.why;
}

type Words = { cancelRefusal: Record<string, string>; refundRefusal: Record<string, string> };
const words = (locale: string): Words =>
  JSON.parse(readFileSync(new URL(`../../../messages/${locale}.json`, import.meta.url), "utf8"));

test.each(["en", "zh-TW", "th"])(
  "scenario 21a: each of the six cancel codes has a sentence of its own in %s, and so have refused refunds",
  (locale) => {
    const { cancelRefusal, refundRefusal } = words(locale);
    const codes = [-1, -2, -3, -4, -5, -6].map((code) => cancelRefusal[says("cancel_order", code)]);
    expect(codes.every((sentence) => (sentence ?? "").length > 10)).toBe(true);
    expect(new Set([...codes, cancelRefusal.other]).size).toBe(7);
    const refused = ["balance", "credentials", "other"].map((reason) => refundRefusal[reason]);
    expect(new Set(refused).size).toBe(3);
    expect(refused).not.toContain(undefined);
  },
);

describe("what a code that is not 0 says", () => {
  test("scenario 21a: each of the six cancel codes has a reason of its own", () => {
    const reasons = [-1, -2, -3, -4, -5, -6].map((code) => says("cancel_order", code));
    expect(reasons).toEqual([
      "configuration",
      "credentials",
      "not-found",
      "already-paid",
      "already-done",
      "cancel-failed",
    ]);
  });

  test("a query knows wrong access and a number that is not theirs", () => {
    const reasons = [-1, -2, -3, -4, -5, -6].map((code) => says("gateway_order_query", code));
    expect(reasons.slice(0, 3)).toEqual(["configuration", "credentials", "not-found"]);
    expect(new Set(reasons.slice(3))).toEqual(new Set(["unknown-code"]));
  });

  test("a refund and its query learn about access at most, never about money", () => {
    for (const endpoint of ["order_refund", "refund_query"] as const)
      expect([-1, -2, -3, -4, -5, -6].map((code) => says(endpoint, code))).toEqual([
        "credentials",
        "credentials",
        ...Array(4).fill("unknown-code"),
      ]);
  });

  test("any other code leaves us not knowing, for every call", () => {
    const calls = ["gateway_order_query", "cancel_order", "order_refund", "refund_query"] as const;
    const others = Array.from({ length: 2_001 }, (_, at) => at - 1_000).filter(
      (code) => code < -6 || code > 0,
    );
    for (const call of calls)
      expect(new Set(others.map((code) => says(call, code)))).toEqual(new Set(["unknown-code"]));
  });
});

describe("what a result says of an order", () => {
  test.each([
    ["NOTPAY", "waiting"],
    ["NOTSURE", "waiting"],
    ["USERPAYING", "waiting"],
    ["PENDING", "waiting"],
    ["SUCCESS", "paid"],
    ["CLOSED", "cancelled"],
    ["PAYERROR", "attempt-failed"],
    ["REFUND", "refunded"],
  ])("%s is %s", (result, state) => {
    expect(ksherOrderState(result, false)).toBe(state);
  });

  test("scenario 13: FAIL is a question that failed and no state of an order", () => {
    expect(ksherOrderState("FAIL", false)).toBeNull();
    expect(ksherResult("FAIL")).toBe("failed");
  });

  test("NOTSURE beside the marks of a payment is what it says", () => {
    expect(ksherOrderState("NOTSURE", true)).toBe("unsure");
  });

  test.each(["PAYSUCCESS", "NOTSUER", "success", "", "constructor", "__proto__"])(
    "%j is no state",
    (result) => {
      expect(ksherOrderState(result, true)).toBeNull();
      expect(ksherResult(result)).toBe("unknown");
    },
  );
});

test.each([
  ["SIM_BALANCE_TOO_LOW", "balance"],
  ["refund rejected: insufficient Balance", "balance"],
  ["商户余额不足", "balance"],
  ["ยอดเงินไม่พอ", "balance"],
  ["SIM_REFUND_REJECTED refund rejected", "refused"],
  ["", "refused"],
])("a refused refund with the words %j is told as %s", (words, reason) => {
  expect(ksherRefundRefusal(words)).toBe(reason);
});
