import type { Fault } from "../state/faults.ts";
import { Refusal } from "../state/refusal.ts";
import { atLeast, type Body, flag, oneOf, refuseOthers, text } from "./input.ts";

const known = [
  ...["kind", "service", "storeOrderNo", "mchId", "times", "delayMs", "when", "effect"],
  ...["code", "status", "bytes", "bytesPerSecond"],
];
const usualDelayMs = 20_000;

/** Lays a fault in wait for the next call, or notice, that fits. */
export function addFault<Kind extends string>(
  waiting: Fault<Kind>[],
  body: Body,
  { kinds, codeNeeded }: { readonly kinds: readonly Kind[]; readonly codeNeeded: readonly Kind[] },
): Fault<Kind> {
  refuseOthers(body, known);
  const kind = oneOf(body, "kind", kinds);
  if (!kind) throw new Refusal(400, '"kind" is missing.');
  const code = text(body, "code");
  if (codeNeeded.includes(kind) && code === undefined) throw new Refusal(400, '"code" is missing.');
  const status = atLeast(body, "status", 200);
  if (status !== undefined && status > 599) throw new Refusal(400, '"status" must be an HTTP status.');
  const wished: Record<Exclude<keyof Fault, "kind" | "times">, unknown> = {
    service: text(body, "service"),
    storeOrderNo: text(body, "storeOrderNo"),
    mchId: text(body, "mchId"),
    delayMs: atLeast(body, "delayMs", 0) ?? (kind === "delay" ? usualDelayMs : undefined),
    when: oneOf(body, "when", ["before-effect", "after-effect"]),
    effect: flag(body, "effect"),
    code,
    status,
    bytesPerSecond: atLeast(body, "bytesPerSecond", 1),
    bytes: atLeast(body, "bytes", 0),
  };
  const given = Object.fromEntries(Object.entries(wished).filter(([, value]) => value !== undefined));
  const fault: Fault<Kind> = { ...given, kind, times: atLeast(body, "times", 1) ?? 1 };
  waiting.push(fault);
  return fault;
}
