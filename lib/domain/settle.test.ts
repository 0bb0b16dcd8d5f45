import { describe, expect, test } from "vitest";
import { type GatewayOrderState, gatewayOrderStates } from "./gateway-facts.ts";
import { canMove } from "./money-op.ts";
import { type SentOp, verdictOnSent } from "./settle.ts";

const sentAt = new Date("2026-11-24T04:00:00Z");
const quietTimeMs = 900_000;
const at = (ms: number) => ({ now: new Date(sentAt.getTime() + ms), quietTimeMs, canReadSums: true });
const just = at(quietTimeMs - 1);
const after = at(quietTimeMs);
const refund: SentOp = {
  kind: "REFUND",
  state: "UNKNOWN",
  amountMinor: 1000,
  why: "timeout",
  attempts: 1,
  lastSentAt: sentAt,
  returnedBeforeMinor: 0,
  negativeReadings: 0,
};
const refused = { ...refund, why: "declined:amount" };
const order = (state: GatewayOrderState) => ({ by: "order" as const, state });
const sum = (returnedMinor: number, isClear = true) => ({ by: "sum" as const, returnedMinor, isClear });
const number = (state: "refunded" | "moving" | "not-listed", refundedMinor = 0) => ({
  by: "number" as const,
  state,
  refundedMinor,
});

describe("what a query answer says about a refund that was sent", () => {
  test("refunded at the gateway: it succeeded, at any time", () => {
    expect(verdictOnSent(refund, order("refunded"), just)).toEqual({ to: "SUCCEEDED", why: "seenRefunded" });
  });

  test("already refunded at our first try: the money is back, but not surely by us", () => {
    const seen = { ...refund, why: "seenBefore:already-done" };
    expect(verdictOnSent(seen, order("refunded"), just)?.why).toBe("notAttributable");
    expect(verdictOnSent({ ...seen, attempts: 2 }, order("refunded"), just)?.why).toBe("seenRefunded");
  });

  test("scenario 14: a failed refund is believed only after the quiet time, at the second reading", () => {
    const twice = { ...refund, negativeReadings: 1 };
    expect(verdictOnSent(twice, order("refund-failed"), just)).toBeNull();
    expect(verdictOnSent(refund, order("refund-failed"), after)).toBeNull();
    expect(verdictOnSent(twice, order("refund-failed"), after)?.to).toBe("FAILED");
  });

  test("still paid: no verdict before the quiet time; then a person, or failed where the gateway had refused the one send", () => {
    expect(verdictOnSent(refund, order("paid"), just)).toBeNull();
    expect(verdictOnSent(refund, order("paid"), after)?.to).toBe("NEEDS_PERSON");
    expect(verdictOnSent(refused, order("paid"), just)).toBeNull();
    expect(verdictOnSent(refused, order("paid"), after)).toEqual({ to: "FAILED", why: "declined:amount" });
  });

  test("the gateway answers that it does not know: nothing before the quiet time, then people look too", () => {
    for (const kind of ["REFUND", "CANCEL"] as const) {
      expect(verdictOnSent({ ...refund, kind }, order("unsure"), just)).toBeNull();
      expect(verdictOnSent({ ...refund, kind }, order("unsure"), after)).toEqual({
        to: "NEEDS_PERSON",
        why: "gatewayUnsure",
      });
    }
  });

  test("a refusal of the second send says nothing about the first", () => {
    expect(verdictOnSent({ ...refused, attempts: 2 }, order("paid"), after)?.to).toBe("NEEDS_PERSON");
  });

  test("scenario 46: before the quiet time nothing ever becomes failed, and every verdict is a legal move", () => {
    for (const kind of ["REFUND", "CANCEL"] as const)
      for (const state of ["UNKNOWN", "PENDING"] as const)
        for (const gatewayState of gatewayOrderStates) {
          const op = { ...refund, kind, state };
          expect(verdictOnSent(op, order(gatewayState), just)?.to).not.toBe("FAILED");
          const move = verdictOnSent(op, order(gatewayState), after);
          if (move) expect(canMove(state, move.to)).toBe(true);
        }
  });
});

describe("parts of one order, told apart by a list or by their number", () => {
  const part = { ...refund, amountMinor: 400, returnedBeforeMinor: 300 };

  test("refunded does not name this part: a list is waited for twice the quiet time, without lists a person comes at once", () => {
    expect(verdictOnSent(part, order("refunded"), after)).toBeNull();
    expect(verdictOnSent(part, order("refunded"), at(2 * quietTimeMs))?.why).toBe("partsCannotBeTold");
    expect(verdictOnSent(part, order("refunded"), { ...after, canReadSums: false })?.to).toBe("NEEDS_PERSON");
  });

  test("the list's sum holds our part: it succeeded, at any time", () => {
    expect(verdictOnSent(part, sum(700), just)).toEqual({ to: "SUCCEEDED", why: "seenInList" });
    expect(verdictOnSent(part, sum(699), just)).toBeNull();
  });

  test("the list is without our part: nothing before the quiet time, nothing at the first reading, then a person or failed", () => {
    const twice = { ...part, negativeReadings: 1 };
    expect(verdictOnSent(twice, sum(300), just)).toBeNull();
    expect(verdictOnSent(part, sum(300), after)).toBeNull();
    expect(verdictOnSent(twice, sum(300), after)).toEqual({ to: "NEEDS_PERSON", why: "notInList" });
    expect(verdictOnSent({ ...twice, why: "declined:amount" }, sum(300), after)?.to).toBe("FAILED");
  });

  test("another sum than we can explain is a conflict, a list with unsure rows says nothing", () => {
    expect(verdictOnSent(part, sum(500), after)).toEqual({ to: "NEEDS_PERSON", why: "conflict" });
    expect(verdictOnSent(part, sum(700, false), after)).toBeNull();
  });

  test("by its number: found it succeeded, missing it takes the quiet time and a second reading", () => {
    const twice = { ...part, negativeReadings: 1 };
    expect(verdictOnSent(part, number("refunded", 400), just)?.to).toBe("SUCCEEDED");
    expect(verdictOnSent(part, number("refunded", 399), just)).toBeNull();
    expect(verdictOnSent(part, number("refunded", 399), after)?.why).toBe("conflict");
    expect(verdictOnSent(part, number("moving"), just)?.to).toBe("PENDING");
    expect(verdictOnSent(twice, number("not-listed"), just)).toBeNull();
    expect(verdictOnSent(part, number("not-listed"), after)).toBeNull();
    expect(verdictOnSent(twice, number("not-listed"), after)?.to).toBe("NEEDS_PERSON");
  });
});

describe("what a query answer says about a cancel that was sent", () => {
  const cancel: SentOp = { ...refund, kind: "CANCEL", amountMinor: 0 };

  test("closed or returned: cancelled; still waiting: keep asking, also after the quiet time", () => {
    expect(verdictOnSent(cancel, order("not-paid"), just)?.to).toBe("SUCCEEDED");
    expect(verdictOnSent(cancel, order("refunded"), just)?.to).toBe("SUCCEEDED");
    expect(verdictOnSent(cancel, order("waiting"), after)).toBeNull();
    expect(verdictOnSent(cancel, order("attempt-failed"), after)).toBeNull();
  });

  test("scenario 18: refused because the customer paid: the gateway's word wins at once", () => {
    const late = { ...cancel, why: "declined:too-late" };
    expect(verdictOnSent(late, order("paid"), just)).toEqual({ to: "FAILED", why: "paidMeanwhile" });
  });

  test("answered with trouble and then seen paid: failed only after the quiet time", () => {
    const trouble = { ...cancel, why: "gateway-trouble" };
    expect(verdictOnSent(trouble, order("paid"), just)).toBeNull();
    expect(verdictOnSent(trouble, order("paid"), after)?.to).toBe("FAILED");
  });
});
