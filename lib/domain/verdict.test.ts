import { expect, test } from "vitest";
import { isSettled, type VerdictFacts, verdictOf } from "./verdict.ts";

const paid: VerdictFacts = {
  gatewayState: "paid",
  paidMinor: 1000,
  wallet: null,
  ops: [],
  waitingMinor: [],
  isKnown: true,
  isCancelled: false,
  isShareAsked: false,
};
const refund = (state: VerdictFacts["ops"][number]["state"], amountMinor = 1000) => ({
  kind: "REFUND" as const,
  state,
  amountMinor,
});
const cancel = (state: VerdictFacts["ops"][number]["state"]) => ({
  kind: "CANCEL" as const,
  state,
  amountMinor: 0,
});
const unpaid = { gatewayState: "waiting", paidMinor: 0 } as const;

test.each<[string, Partial<VerdictFacts>, string]>([
  ["the gateway never answered", { isKnown: false }, "unknown"],
  ["nobody has paid yet", unpaid, "waiting"],
  ["paid", {}, "paid"],
  ["the payment failed", { gatewayState: "not-paid", paidMinor: 0 }, "notPaid"],
  ["a try to pay failed", { gatewayState: "attempt-failed", paidMinor: 0 }, "notPaid"],
  ["a manager has not decided yet", { waitingMinor: [1000] }, "refundAsked"],
  ["approved, not sent", { ops: [refund("READY")] }, "refundSending"],
  ["the refund call is in flight", { ops: [refund("SENDING")] }, "refundSending"],
  ["the answer was lost", { ops: [refund("UNKNOWN")] }, "unknown"],
  ["a person must settle it", { ops: [refund("NEEDS_PERSON")] }, "unknown"],
  ["the gateway works on the refund", { ops: [refund("PENDING")] }, "refundAccepted"],
  ["the whole amount went back", { gatewayState: "refunded", ops: [refund("SUCCEEDED")] }, "refunded"],
  ["a part went back", { gatewayState: "refunded", ops: [refund("SUCCEEDED", 400)] }, "partlyRefunded"],
  ["refunded in the portal", { gatewayState: "refunded" }, "refunded"],
  ["refunded, and how much is still asked", { gatewayState: "refunded", isShareAsked: true }, "unknown"],
  [
    "a part was found while more is asked",
    { gatewayState: "refunded", isShareAsked: true, elsewhereMinor: 400 },
    "partlyRefunded",
  ],
  ["status 3 without a message", { gatewayState: "refund-accepted" }, "refundAccepted"],
  ["status 3 with a fail message", { gatewayState: "refund-failed" }, "refundRefused"],
  ["our refund was proven not to have moved money", { ops: [refund("FAILED")] }, "refundRefused"],
  [
    "cancelled",
    { ...unpaid, gatewayState: "not-paid", isCancelled: true, ops: [cancel("SUCCEEDED")] },
    "cancelled",
  ],
  [
    "paid with a saved QR after the cancel",
    { isCancelled: true, ops: [cancel("SUCCEEDED")] },
    "paidAfterCancel",
  ],
  ["a cancel whose answer was lost", { ...unpaid, ops: [cancel("UNKNOWN")] }, "unknown"],
])("when %s the card says so", (_, change, verdict) => {
  expect(verdictOf({ ...paid, ...change })).toBe(verdict);
});

test("pages stop asking once nothing more happens by itself, and not before", () => {
  expect(isSettled(paid)).toBe(true);
  expect(isSettled({ ...paid, ...unpaid })).toBe(false);
  expect(isSettled({ ...paid, gatewayState: "not-paid", paidMinor: 0 })).toBe(true);
  expect(isSettled({ ...paid, gatewayState: "attempt-failed", paidMinor: 0 })).toBe(false);
  expect(isSettled({ ...paid, ops: [refund("UNKNOWN")] })).toBe(false);
});
