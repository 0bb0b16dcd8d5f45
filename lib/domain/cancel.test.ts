import { expect, test } from "vitest";
import { mayCancel } from "./cancel.ts";
import type { Capabilities } from "./gateway-facts.ts";

const capabilities: Capabilities = {
  currency: "TWD",
  orderNoLengthMax: 20,
  cancel: { offeredForMs: 14 * 60_000, windowMs: 15 * 60_000, isProvisional: true },
  refund: {
    canPartial: false,
    canQuery: false,
    noQueryWallets: [],
    reasonLengthMax: 100,
    cashierLengthMax: 8,
    elsewhereWalletPrefixes: [],
  },
  canListOrders: true,
  quietTimeMs: 900_000,
  canResend: false,
};
const madeAt = new Date("2026-11-24T04:00:00Z");
const waiting = { gatewayState: "waiting", isKnown: true, madeAt, ops: [] } as const;
const at = (minutes: number, seconds: number, by: "offer" | "send") => ({
  now: new Date(madeAt.getTime() + (minutes * 60 + seconds) * 1000),
  by,
});

test("the button is offered until 14:00 and no longer", () => {
  expect(mayCancel(waiting, capabilities, at(13, 59, "offer")).ok).toBe(true);
  expect(mayCancel(waiting, capabilities, at(14, 0, "offer"))).toEqual({ ok: false, refusal: "tooLate" });
});

test("scenarios 16 and 17: at 14:59 the server still sends, at 15:01 it does not", () => {
  expect(mayCancel(waiting, capabilities, at(14, 59, "send")).ok).toBe(true);
  expect(mayCancel(waiting, capabilities, at(15, 1, "send"))).toEqual({ ok: false, refusal: "tooLate" });
});

test("a paid order goes the refund way, and nothing is cancelled while money moves or nothing is known", () => {
  const now = at(1, 0, "send");
  expect(mayCancel({ ...waiting, gatewayState: "paid" }, capabilities, now)).toEqual({
    ok: false,
    refusal: "paid",
  });
  expect(mayCancel({ ...waiting, gatewayState: "attempt-failed" }, capabilities, now).ok).toBe(true);
  expect(mayCancel({ ...waiting, gatewayState: "not-paid" }, capabilities, now)).toEqual({
    ok: false,
    refusal: "notWaiting",
  });
  expect(mayCancel({ ...waiting, ops: [{ state: "UNKNOWN" }] }, capabilities, now)).toEqual({
    ok: false,
    refusal: "moneyIsMoving",
  });
  expect(mayCancel({ ...waiting, isKnown: false }, capabilities, now)).toEqual({
    ok: false,
    refusal: "unknown",
  });
});
