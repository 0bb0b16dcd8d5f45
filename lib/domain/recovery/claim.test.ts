import { describe, expect, test } from "vitest";
import type { Capabilities } from "../gateway-facts.ts";
import { type ClaimFacts, decideClaim } from "./claim.ts";
import { confirmLagMs } from "./confirm.ts";
import { mayResend } from "./resend.ts";
import { takeOver } from "./takeover.ts";

const approvedAt = new Date("2026-11-24T04:00:00Z");
const later = (ms: number) => new Date(approvedAt.getTime() + ms);
const minute = 60_000;
const capabilities: Capabilities = {
  currency: "TWD",
  orderNoLengthMax: 20,
  cancel: { offeredForMs: 14 * minute, windowMs: 15 * minute, isProvisional: true },
  refund: {
    canPartial: true,
    canQuery: false,
    noQueryWallets: [],
    reasonLengthMax: 100,
    cashierLengthMax: 8,
    elsewhereWalletPrefixes: [],
  },
  canListOrders: true,
  quietTimeMs: 15 * minute,
  canResend: true,
};
const ready: ClaimFacts = {
  kind: "REFUND",
  state: "READY",
  why: null,
  createdAt: approvedAt,
  gatewayState: "paid",
  asOfAt: later(1_000),
  madeAt: later(-5 * minute),
  amountMinor: 400,
  paidMinor: 1000,
  returnedMinor: 0,
  cancelledAt: null,
  quietHourUntil: null,
  canResend: true,
  attempts: 0,
  firstDigest: null,
  digestNow: "d",
  lastSentAt: approvedAt,
  seenPaidAt: later(1_000),
  sendingOff: null,
};
const decide = (facts: Partial<ClaimFacts>, now = later(2_000)) =>
  decideClaim({ ...ready, ...facts }, capabilities, now);

describe("what leaves the house", () => {
  test("an approved refund leaves after a query younger than a minute and newer than the approval", () => {
    expect(decide({}).act).toBe("send");
    expect(decide({ asOfAt: null }).act).toBe("ask");
    expect(decide({ asOfAt: approvedAt }).act).toBe("ask");
    expect(decide({}, later(1_000 + minute - 1)).act).toBe("send");
    expect(decide({}, later(1_000 + minute)).act).toBe("ask");
  });

  test("what our own client would not write fails unsent; any other proof that nothing left is tried again", () => {
    expect(decide({ why: "notSent:our-request" })).toEqual({ act: "fail", why: "ourRequest" });
    for (const why of ["notSent:refused", "notSent:gate-closed", "unsure"])
      expect(decide({ why }).act).toBe("send");
  });

  test("a refund after a cancel waits for a query that can show what the cancel did", () => {
    const cancelledAt = later(-5_000);
    const asked = (ms: number) => decide({ cancelledAt, asOfAt: later(ms) }, later(ms + 1_000)).act;
    expect(asked(1_000)).toBe("ask");
    expect(asked(confirmLagMs - 5_000 - 1)).toBe("ask");
    expect(asked(confirmLagMs - 5_000)).toBe("send");
  });

  test("nothing to refund is proven before anything is sent; an unsure gateway is asked again", () => {
    expect(decide({ gatewayState: "refunded" })).toEqual({ act: "fail", why: "nothingToRefund" });
    expect(decide({ gatewayState: "refunded", returnedMinor: 600 }).act).toBe("send");
    expect(decide({ gatewayState: "refunded", returnedMinor: 601 }).act).toBe("fail");
    expect(decide({ gatewayState: "not-paid" }).act).toBe("fail");
    expect(decide({ gatewayState: "unsure" }).act).toBe("ask");
    expect(decide({ gatewayState: "refund-accepted" }).act).toBe("ask");
  });

  test("a cancel leaves inside the gateway's window only, for an order that still waits", () => {
    const cancel = { kind: "CANCEL" as const, gatewayState: "waiting" as const };
    const now = later(2_000);
    const made = (ageMs: number) => new Date(now.getTime() - ageMs);
    expect(decide({ ...cancel, madeAt: made(15 * minute - 1) }, now).act).toBe("send");
    expect(decide({ ...cancel, madeAt: made(15 * minute) }, now)).toEqual({ act: "fail", why: "tooLate" });
    expect(decide({ ...cancel, gatewayState: "paid" }, now)).toEqual({ act: "fail", why: "paidMeanwhile" });
    expect(decide({ ...cancel, gatewayState: "attempt-failed" }, now).act).toBe("send");
    expect(decide({ ...cancel, gatewayState: "not-paid" }, now)).toEqual({ act: "fail", why: "notWaiting" });
  });

  test("switched off or in a quiet hour nothing leaves and nothing fails", () => {
    const until = later(minute);
    expect(decide({ sendingOff: "credentials" })).toMatchObject({ act: "wait", why: "credentials" });
    expect(decide({ quietHourUntil: until })).toEqual({ act: "wait", why: "quietHour", until });
    expect(decide({ sendingOff: "restored", gatewayState: "refunded" }).act).toBe("wait");
  });

  test.each(["SENDING", "PENDING", "NEEDS_PERSON", "SUCCEEDED", "FAILED"] as const)(
    "what is %s is never claimed",
    (state) => expect(decide({ state }).act).toBe("leave"),
  );
});

describe("the same number a second time (money.md 2.7)", () => {
  const now = later(16 * minute);
  const again = { ...ready, state: "UNKNOWN" as const, attempts: 1, firstDigest: "d", seenPaidAt: now };
  const rule = { now, quietTimeMs: 15 * minute, freshMs: minute };

  test("all conditions hold: it may go", () => {
    expect(mayResend(again, rule).ok).toBe(true);
    expect(decide(again, now).act).toBe("send");
  });

  test.each([
    ["notProven", { canResend: false }],
    ["otherFields", { digestNow: "e" }],
    ["otherFields", { firstDigest: null, digestNow: null }],
    ["tooEarly", { lastSentAt: later(minute + 1) }],
    ["notSeenPaid", { seenPaidAt: null }],
    ["notSeenPaid", { seenPaidAt: later(15 * minute - 1) }],
    ["triedEnough", { attempts: 3 }],
    ["sendingOff", { sendingOff: "restored" }],
  ] as const)("%s keeps it here", (why, facts) => {
    expect(mayResend({ ...again, ...facts }, rule)).toEqual({ ok: false, refusal: why });
    expect(decide({ ...again, ...facts }, now).act).not.toBe("send");
  });

  test("two sends are not too many, and a query of a minute ago is too old", () => {
    expect(mayResend({ ...again, attempts: 2 }, rule).ok).toBe(true);
    const late = { ...rule, now: new Date(now.getTime() + minute + 1) };
    expect(mayResend(again, late)).toEqual({ ok: false, refusal: "notSeenPaid" });
  });

  test("without the proof nothing is ever sent twice", () => {
    expect(decide({ ...again, canResend: false }, now).act).toBe("leave");
  });
});

test("scenario 44: a dead sender leaves an unknown outcome once its lease is over, and only then", () => {
  const op = { state: "SENDING" as const, leaseUntil: later(0) };
  expect(takeOver(op, later(0))).toBeNull();
  expect(takeOver(op, later(1))).toEqual({ to: "UNKNOWN", why: "senderLost" });
  expect(takeOver({ ...op, state: "READY" }, later(1))).toBeNull();
});
