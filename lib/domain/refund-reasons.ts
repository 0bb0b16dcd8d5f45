import { limits } from "./limits.ts";
import { type RefundReason, refundReasons } from "./refund.ts";
import { ok, type Result, refuse } from "./result.ts";

/** Whether a reason is one of the house's own, whose words come in every language; any other is its own words. */
export function isBuiltIn(reason: string): reason is RefundReason {
  return (refundReasons as readonly string[]).includes(reason);
}

/** The reasons a store offers, in their order; those of the house until an owner made a list. */
export function reasonsOf(list: readonly string[] | null): readonly string[] {
  return list ?? refundReasons;
}

/** Faults by place, `reasons.0`; message keys under `errors`. */
export type ReasonFaults = Readonly<Record<string, "required" | "tooLong" | "twice">>;

/**
 * Reads a list of reasons as it was typed: each with words of its own, none twice, at least one. White space around and
 * within is made single. Refuses with every fault at its place.
 */
export function readReasons(typed: readonly string[]): Result<readonly string[], ReasonFaults> {
  const list = typed.map((text) =>
    text
      .normalize("NFC")
      .replace(/[\s\p{Cc}]+/gu, " ")
      .trim(),
  );
  const faults = list.flatMap((text, at) => {
    const why = faultOf(text, list.slice(0, at));
    return why ? [[`reasons.${at}`, why] as const] : [];
  });
  if (list.length === 0) return refuse({ "reasons.0": "required" });
  return faults.length > 0 ? refuse(Object.fromEntries(faults)) : ok(list);
}

function faultOf(text: string, before: readonly string[]) {
  if (text === "") return "required";
  if ([...text].length > limits.reasonWordsMax) return "tooLong";
  return before.includes(text) ? "twice" : null;
}
