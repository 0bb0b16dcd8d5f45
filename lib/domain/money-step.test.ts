import { describe, expect, test } from "vitest";
import type { MoneyOpState } from "./money-op.ts";
import { moneyStepOf } from "./money-step.ts";
import type { RequestStatus } from "./refund.ts";

const now = new Date("2026-03-02T06:00:00Z");
const before = (ms: number) => new Date(now.getTime() - ms);
const request = (status: RequestStatus, agoMs = 60_000) => ({
  requestNo: "Q000001",
  status,
  amountMinor: 1200,
  requestedAt: before(agoMs),
  expiresAt: new Date(now.getTime() + 60_000),
  decidedAt: status === "REQUESTED" ? null : before(agoMs / 2),
  decisionReason: status === "REJECTED" ? "Bring the receipt first" : null,
});
const op = (state: MoneyOpState, sentAgoMs = 10_000) => ({
  kind: "REFUND" as const,
  state,
  amountMinor: 1200,
  merchantNo: "RA0001",
  why: null as string | null,
  createdAt: before(sentAgoMs + 1_000),
  lastSentAt: before(sentAgoMs),
  lastAskedAt: before(5_000),
  nextAskAt: new Date(now.getTime() + 5_000),
  settledAt: state === "SUCCEEDED" || state === "FAILED" ? before(1_000) : null,
});
const wordFor = (requests: RequestStatus[], ops: MoneyOpState[]) =>
  moneyStepOf({ requests: requests.map((one) => request(one)), ops: ops.map((one) => op(one)), now })?.what;

describe("what staff read about an order's money (money.md 2.11)", () => {
  test("an order nobody asked anything for has no sentence", () => {
    expect(wordFor([], [])).toBeUndefined();
  });

  test("each state of the money has its sentence", () => {
    expect(wordFor(["REQUESTED"], [])).toBe("requested");
    expect(wordFor(["RETURNED"], [])).toBe("returned");
    expect(wordFor(["RESENT", "REQUESTED"], [])).toBe("requested");
    expect(wordFor(["REJECTED"], [])).toBe("rejected");
    expect(wordFor(["APPROVED"], ["READY"])).toBe("ready");
    expect(wordFor(["APPROVED"], ["SENDING"])).toBe("sending");
    expect(wordFor(["APPROVED"], ["PENDING"])).toBe("unconfirmed");
    expect(wordFor(["APPROVED"], ["UNKNOWN"])).toBe("unconfirmed");
    expect(wordFor(["APPROVED"], ["NEEDS_PERSON"])).toBe("needsPerson");
    expect(wordFor(["APPROVED"], ["SUCCEEDED"])).toBe("succeeded");
    expect(wordFor(["APPROVED"], ["FAILED"])).toBe("failed");
    expect(wordFor(["WITHDRAWN"], [])).toBeUndefined();
  });

  test("the manager's part begins five minutes after the send, not a moment before", () => {
    const at = (agoMs: number) => moneyStepOf({ requests: [], ops: [op("UNKNOWN", agoMs)], now })?.what;
    expect(at(5 * 60_000 - 1)).toBe("unconfirmed");
    expect(at(5 * 60_000)).toBe("overdue");
  });

  test("money on its way comes before a request that waits, and a new request before what failed earlier", () => {
    expect(wordFor(["APPROVED", "REQUESTED"], ["UNKNOWN"])).toBe("unconfirmed");
    expect(wordFor(["APPROVED", "REQUESTED"], ["FAILED"])).toBe("requested");
  });

  test("a no that came after a failed refund is read, an older one is not", () => {
    const what = (agoMs: number) =>
      moneyStepOf({ requests: [request("REJECTED", agoMs)], ops: [op("FAILED", 60_000)], now })?.what;
    expect(what(10_000)).toBe("rejected");
    expect(what(120_000)).toBe("failed");
  });

  test("a request whose time ran out waits for nobody", () => {
    const late = { ...request("REQUESTED"), expiresAt: now };
    expect(moneyStepOf({ requests: [late], ops: [], now })).toBeNull();
  });

  test("a refusal is told with its own sentence while it is open and once it failed, never beside a success", () => {
    const refusalFor = (state: MoneyOpState, why: string) =>
      moneyStepOf({ requests: [], ops: [{ ...op(state), why }], now })?.refusal;
    expect(refusalFor("UNKNOWN", "declined:balance")).toBe("balance");
    expect(refusalFor("FAILED", "declined:balance")).toBe("balance");
    expect(refusalFor("FAILED", "paidMeanwhile")).toBe("already-paid");
    expect(refusalFor("UNKNOWN", "seenBefore:already-done")).toBe("already-done");
    expect(refusalFor("UNKNOWN", "timeout")).toBeNull();
    expect(refusalFor("SUCCEEDED", "declined:balance")).toBeNull();
  });
});
