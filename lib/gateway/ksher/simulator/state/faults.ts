import {
  type Fault as AnyFault,
  deliveryFaultKinds,
  type Wanted,
} from "#lib/gateway/simulator/state/faults.ts";

/** What can be made to go wrong with a call. */
export const callFaultKinds = [
  ...deliveryFaultKinds,
  "delay",
  "code",
  "result",
  "wrong-key",
  "wrong-version",
  "no-signature",
  "tampered",
  "wrong-echo",
  "missing-code",
  "pending-then-success",
  "refund-fail",
] as const;

/** What can be made to go wrong with a payment notice. */
export const noticeFaultKinds = [
  "notify-lost",
  "notify-doubled",
  "notify-late",
  "notify-tampered",
  "notify-unsigned",
  "notify-url-encoded",
] as const;

export type FaultKind = (typeof callFaultKinds)[number] | (typeof noticeFaultKinds)[number];
export type Fault = AnyFault<FaultKind>;

/** Outcomes of one service only: a status query must not use them up. */
const servicesOf = {
  "pending-then-success": ["order_refund", "cancel_order"],
  "refund-fail": ["order_refund"],
};

export const callFaults: Wanted<FaultKind> = { kinds: callFaultKinds, servicesOf };
export const noticeFaults: Wanted<FaultKind> = { kinds: noticeFaultKinds };
export const faultRules: { readonly kinds: readonly FaultKind[]; readonly codeNeeded: readonly FaultKind[] } =
  { kinds: [...callFaultKinds, ...noticeFaultKinds], codeNeeded: ["code", "result"] };
