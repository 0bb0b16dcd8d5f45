/** What can go wrong with an answer on its way out, whatever the protocol. */
export const deliveryFaultKinds = [
  "lost-before-effect",
  "lost-after-effect",
  "http-status",
  "redirect",
  "bare-code",
  "garbage",
  "empty",
  "truncated",
  "huge",
  "slow-bytes",
] as const;

/** What the next calls (or notices) that fit shall suffer. */
export type Fault<Kind extends string = string> = {
  kind: Kind;
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

/** Kinds that leave the money alone unless the fault says `"effect": true`. */
const effectless: readonly string[] = ["lost-before-effect", "http-status", "redirect", "code"];

export function hasEffect(fault: Fault | undefined): boolean {
  return !fault || (fault.effect ?? !effectless.includes(fault.kind));
}

/** Which kinds to look for; outcomes of one service only must not be used up by a status query. */
export type Wanted<Kind extends string> = {
  readonly kinds: readonly Kind[];
  readonly servicesOf?: { readonly [kind: string]: readonly string[] | undefined };
};

/** The first waiting fault of these kinds that fits; it is used up by one. */
export function takeFault<Kind extends string>(
  waiting: Fault<Kind>[],
  { kinds, servicesOf = {} }: Wanted<Kind>,
  call: { readonly service: string; readonly mchId: string; readonly storeOrderNo: string | null },
): Fault<Kind> | undefined {
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
