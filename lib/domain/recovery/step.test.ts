import { describe, expect, test } from "vitest";
import { askAgainAfterMs } from "./ask-again.ts";
import { confirmSuccess } from "./confirm.ts";
import { guardSchedule, isPaidAfterCancel } from "./guard.ts";
import { declinedFor, stateAfterSend } from "./send-answer.ts";
import { type OpenOp, stepAfterReading } from "./step.ts";

const sentAt = new Date("2026-11-24T04:00:00Z");
const minute = 60_000;
const hour = 60 * minute;
const at = (ms: number) => ({
  now: new Date(sentAt.getTime() + ms),
  quietTimeMs: 15 * minute,
  canReadSums: false,
  freshMs: minute,
});
const op: OpenOp = {
  kind: "REFUND",
  state: "UNKNOWN",
  amountMinor: 1000,
  why: "timeout",
  attempts: 1,
  lastSentAt: sentAt,
  returnedBeforeMinor: 0,
  negativeReadings: 0,
  askCount: 0,
  resend: {
    canResend: true,
    attempts: 1,
    firstDigest: "d",
    digestNow: "d",
    lastSentAt: sentAt,
    seenPaidAt: at(15 * minute).now,
    sendingOff: null,
  },
};
const paid = { by: "order" as const, state: "paid" as const };
const refunded = { by: "order" as const, state: "refunded" as const };

describe("what follows from one question", () => {
  test("scenario 46: without an answer nothing moves, however old it is; it is asked again without end", () => {
    const step = stepAfterReading({ ...op, askCount: 10_000 }, null, at(30 * 24 * hour));
    expect(step).toMatchObject({ move: null, isToBeResent: false, nextAskAfterMs: hour });
  });

  test("seen paid after the quiet time: sent again where that is proven safe, else a person", () => {
    expect(stepAfterReading(op, paid, at(15 * minute))).toMatchObject({ move: null, isToBeResent: true });
    const off = { ...op, resend: { ...op.resend, canResend: false } };
    expect(stepAfterReading(off, paid, at(15 * minute))).toMatchObject({
      move: { to: "NEEDS_PERSON", why: "seenPaid" },
      isToBeResent: false,
    });
  });

  test("seen paid a moment before the quiet time is over: asked again, not sent", () => {
    expect(stepAfterReading(op, paid, at(15 * minute - 1))).toMatchObject({
      move: null,
      isToBeResent: false,
    });
  });

  test("what the gateway is unsure of never goes out again, also where a repeated number is proven safe", () => {
    const unsure = { by: "order" as const, state: "unsure" as const };
    expect(stepAfterReading(op, unsure, at(15 * minute))).toMatchObject({
      move: { to: "NEEDS_PERSON", why: "gatewayUnsure" },
      isToBeResent: false,
    });
  });

  test("what waits for a person is still asked about; only money that went back moves it", () => {
    const waiting = { ...op, state: "NEEDS_PERSON" as const, why: "declined:amount" };
    expect(stepAfterReading(waiting, paid, at(hour)).move).toBeNull();
    expect(stepAfterReading(waiting, refunded, at(hour)).move?.to).toBe("SUCCEEDED");
  });

  test("readings that say no are counted in a row, and another answer starts anew", () => {
    expect(stepAfterReading(op, paid, at(minute)).negativeReadings).toBe(0);
    expect(stepAfterReading(op, paid, at(hour)).negativeReadings).toBe(1);
    expect(stepAfterReading({ ...op, negativeReadings: 1 }, null, at(hour)).negativeReadings).toBe(1);
    const unsure = { by: "order" as const, state: "unsure" as const };
    expect(stepAfterReading({ ...op, negativeReadings: 1 }, unsure, at(hour)).negativeReadings).toBe(0);
  });
});

test("an unknown outcome is asked about at once, after 5, 10, 20, 40 s, each minute, … hourly: about 120 times on the first day", () => {
  const asks: number[] = [];
  for (let elapsed = 0, n = 0; elapsed <= 24 * hour; n += 1) {
    elapsed += askAgainAfterMs(n);
    asks.push(elapsed);
  }
  expect(asks.slice(0, 6)).toEqual([0, 5_000, 15_000, 35_000, 75_000, 135_000]);
  const gapAt = (ms: number) => {
    const next = asks.findIndex((one) => one > ms);
    return (asks[next] ?? 0) - (asks[next - 1] ?? 0);
  };
  expect([10 * minute, 30 * minute, 12 * hour].map(gapAt)).toEqual([minute, 5 * minute, 15 * minute]);
  expect(asks.length).toBeGreaterThan(115);
  expect(asks.length).toBeLessThan(130);
  expect(askAgainAfterMs(100_000)).toBe(hour);
});

describe("what a send came to", () => {
  test("nothing ever says failed; a refusal stays unknown with its reason", () => {
    for (const outcome of ["declined", "unknown", "broken"] as const) {
      const after = stateAfterSend({ outcome, reason: "amount", why: "timeout" });
      expect(after.to).toBe("UNKNOWN");
    }
    expect(declinedFor(stateAfterSend({ outcome: "declined", reason: "amount" }).why)).toBe("amount");
    expect(declinedFor(stateAfterSend({ outcome: "declined", reason: "duplicate-number" }).why)).toBeNull();
  });

  test("only proof that nothing left makes it ready again", () => {
    expect(stateAfterSend({ outcome: "not-sent", why: "dns" }).to).toBe("READY");
    expect(stateAfterSend({ outcome: "unknown", why: "gateway-pending" }).to).toBe("PENDING");
    expect(stateAfterSend({ outcome: "done" }).to).toBe("SUCCEEDED");
  });

  test("scenario 47: a refused key pauses the account, a refused amount does not", () => {
    expect(stateAfterSend({ outcome: "declined", reason: "credentials" }).pausesSending).toBe(true);
    expect(stateAfterSend({ outcome: "declined", reason: "amount" }).pausesSending).toBe(false);
  });
});

describe("the confirming query after a success", () => {
  const done = { kind: "REFUND" as const, settledAt: sentAt };
  const later = (ms: number) => new Date(sentAt.getTime() + ms);

  test("refunded agrees; paid disagrees only beyond the lag", () => {
    expect(confirmSuccess(done, "refunded", later(0))).toBe("confirmed");
    expect(confirmSuccess(done, "paid", later(2 * minute - 1))).toBe("wait");
    expect(confirmSuccess(done, "paid", later(2 * minute))).toBe("disagrees");
    expect(confirmSuccess(done, "refund-accepted", later(hour))).toBe("wait");
  });

  test("a cancelled order may show as waiting for a while", () => {
    const cancel = { ...done, kind: "CANCEL" as const };
    expect(confirmSuccess(cancel, "waiting", later(hour))).toBe("wait");
    expect(confirmSuccess(cancel, "not-paid", later(0))).toBe("confirmed");
  });
});

describe("the guard after a cancel", () => {
  test("looks at 1, 2, 5, 10, 15, 30 min, 1, 2, 3, 6, 12, 24, 29, 48 h, then daily for seven days", () => {
    const minutes = guardSchedule(sentAt).map((one) => (one.getTime() - sentAt.getTime()) / minute);
    const first = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 1740, 2880];
    expect(minutes.slice(0, 14)).toEqual(first);
    expect(minutes.slice(14)).toEqual([3, 4, 5, 6, 7, 8, 9].map((days) => days * 24 * 60));
  });

  test("scenario 20: paid after the cancel while the money is still here", () => {
    const facts = { isCancelled: true, gatewayState: "paid" as const, paidMinor: 250, returnedMinor: 0 };
    expect(isPaidAfterCancel(facts)).toBe(true);
    expect(isPaidAfterCancel({ ...facts, isCancelled: false })).toBe(false);
    expect(isPaidAfterCancel({ ...facts, returnedMinor: 250 })).toBe(false);
    expect(isPaidAfterCancel({ ...facts, gatewayState: "not-paid" })).toBe(false);
  });
});
