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

/** What the next calls (or notices) that fit shall suffer. */
export type Fault = {
  kind: FaultKind;
  service?: string;
  storeOrderNo?: string;
  mchId?: string;
  times: number;
  /** How long the answer waits; of `pending-then-success`: how long the money waits. */
  delayMs?: number;
  /** Whether the wait comes before the money moves or after it. */
  when?: "before-effect" | "after-effect";
  /** Whether the call takes effect although its answer is spoilt. */
  effect?: boolean;
  code?: string;
  status?: number;
  bytesPerSecond?: number;
  bytes?: number;
};

/** Outcomes of one service only: a status query must not use them up. */
const servicesOf: Partial<Record<FaultKind, readonly string[]>> = {
  "pending-then-success": ["Refund", "CancelOrder", "Micropay"],
  "refund-fail": ["Refund"],
};

/** Kinds that leave the money alone unless the fault says `"effect": true`. */
const effectless: readonly FaultKind[] = ["lost-before-effect", "http-status", "redirect", "code"];

export function hasEffect(fault: Fault | undefined): boolean {
  return !fault || (fault.effect ?? !effectless.includes(fault.kind));
}

/** The first waiting fault of these kinds that fits; it is used up by one. */
export function takeFault(
  waiting: Fault[],
  kinds: readonly FaultKind[],
  call: { readonly service: string; readonly mchId: string; readonly storeOrderNo: string | null },
): Fault | undefined {
  const fits = (wanted: string | undefined, is: string | null) => wanted === undefined || wanted === is;
  const fault = waiting.find(
    (one) =>
      kinds.includes(one.kind) &&
      (servicesOf[one.kind]?.includes(call.service) ?? true) &&
      fits(one.service, call.service) &&
      fits(one.mchId, call.mchId) &&
      fits(one.storeOrderNo, call.storeOrderNo),
  );
  if (fault && --fault.times <= 0) waiting.splice(waiting.indexOf(fault), 1);
  return fault;
}
