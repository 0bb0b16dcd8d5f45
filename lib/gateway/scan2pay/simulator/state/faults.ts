import type { Fault as AnyFault, Wanted } from "#lib/gateway/simulator/state/faults.ts";

/** What can be made to go wrong with a call. */
export const callFaultKinds = [
  "lost-before-effect",
  "lost-after-effect",
  "delay",
  "bare-code",
  "garbage",
  "wrong-key",
  "truncated",
  "http-status",
  "slow-bytes",
  "code",
  "pending-then-success",
  "refund-fail",
  "wrong-echo",
  "missing-code",
  "empty",
  "huge",
  "redirect",
] as const;

/** What can be made to go wrong with a payment notice. */
export const noticeFaultKinds = ["notify-lost", "notify-doubled", "notify-late", "notify-tampered"] as const;

export type FaultKind = (typeof callFaultKinds)[number] | (typeof noticeFaultKinds)[number];

export type Fault = AnyFault<FaultKind>;

/** Outcomes of one service only: a status query must not use them up. */
const servicesOf = {
  "pending-then-success": ["Refund", "CancelOrder", "Micropay"],
  "refund-fail": ["Refund"],
};

export const callFaults: Wanted<FaultKind> = { kinds: callFaultKinds, servicesOf };
export const noticeFaults: Wanted<FaultKind> = { kinds: noticeFaultKinds };
