import { describe, expect, test } from "vitest";
import { gatewayOrderStates } from "./gateway-facts.ts";
import { canMove } from "./money-op.ts";
import { askAgainAfterMs, type SentOp, verdictOnSent } from "./settle.ts";

const sentAt = new Date("2026-11-24T04:00:00Z");
const quietTimeMs = 900_000;
const just = { now: new Date(sentAt.getTime() + quietTimeMs - 1), quietTimeMs };
const after = { now: new Date(sentAt.getTime() + quietTimeMs), quietTimeMs };
const refund: SentOp = {
  kind: "REFUND",
  state: "UNKNOWN",
  amountMinor: 1000,
  wasDeclined: false,
  lastSentAt: sentAt,
  returnedBeforeMinor: 0,
};

describe("what a query answer says about a refund that was sent", () => {
  test("refunded at the gateway: it succeeded, at any time", () => {
    expect(verdictOnSent(refund, "refunded", just)?.to).toBe("SUCCEEDED");
  });

  test("scenario 14: a failed refund is believed only after the quiet time", () => {
    expect(verdictOnSent(refund, "refund-failed", just)).toBeNull();
    expect(verdictOnSent(refund, "refund-failed", after)?.to).toBe("FAILED");
  });

  test("still paid: no verdict before the quiet time; then a person, or failed where the gateway had refused", () => {
    expect(verdictOnSent(refund, "paid", just)).toBeNull();
    expect(verdictOnSent(refund, "paid", after)?.to).toBe("NEEDS_PERSON");
    expect(verdictOnSent({ ...refund, wasDeclined: true }, "paid", just)).toBeNull();
    expect(verdictOnSent({ ...refund, wasDeclined: true }, "paid", after)?.to).toBe("FAILED");
  });

  test("after an earlier part, refunded does not name this part", () => {
    const part = { ...refund, returnedBeforeMinor: 300 };
    expect(verdictOnSent(part, "refunded", just)).toBeNull();
    expect(verdictOnSent(part, "refunded", after)?.to).toBe("NEEDS_PERSON");
  });

  test("scenario 46: before the quiet time nothing ever becomes failed, and every verdict is a legal move", () => {
    for (const kind of ["REFUND", "CANCEL"] as const)
      for (const state of ["UNKNOWN", "PENDING"] as const)
        for (const gatewayState of gatewayOrderStates) {
          const op = { ...refund, kind, state };
          expect(verdictOnSent(op, gatewayState, just)?.to).not.toBe("FAILED");
          const move = verdictOnSent(op, gatewayState, after);
          if (move) expect(canMove(state, move.to)).toBe(true);
        }
  });
});

describe("what a query answer says about a cancel that was sent", () => {
  const cancel: SentOp = { ...refund, kind: "CANCEL", amountMinor: 0 };
  test("closed or returned: cancelled; still waiting: keep asking, also after the quiet time", () => {
    expect(verdictOnSent(cancel, "not-paid", just)?.to).toBe("SUCCEEDED");
    expect(verdictOnSent(cancel, "refunded", just)?.to).toBe("SUCCEEDED");
    expect(verdictOnSent(cancel, "waiting", after)).toBeNull();
  });

  test("scenario 18: refused because the customer paid: the gateway's word wins at once", () => {
    expect(verdictOnSent({ ...cancel, wasDeclined: true }, "paid", just)).toEqual({
      to: "FAILED",
      why: "paidMeanwhile",
    });
  });
});

test("an unknown outcome is asked about without end, about 120 times on the first day", () => {
  let elapsedMs = 0;
  let asks = 0;
  while (elapsedMs < 24 * 3_600_000) elapsedMs += askAgainAfterMs(asks++);
  expect(asks).toBeGreaterThan(100);
  expect(asks).toBeLessThan(140);
  expect(askAgainAfterMs(100_000)).toBe(3_600_000);
});
