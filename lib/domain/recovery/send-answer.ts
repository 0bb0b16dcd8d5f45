import type { MoneyOpState } from "../money-op.ts";

/** What a send came to, as far as money decides on it; every gateway outcome fits (lib/gateway/gateway.ts). */
export type SendAnswer =
  | { readonly outcome: "done" }
  | { readonly outcome: "declined"; readonly reason: string }
  | { readonly outcome: "not-sent"; readonly why: string }
  | { readonly outcome: "unknown"; readonly why: string }
  | { readonly outcome: "broken"; readonly why: string };

/** Where a send leaves its operation. `pausesSending`: every further send of the account would fail the same way. */
export type AfterSend = {
  readonly to: Extract<MoneyOpState, "SUCCEEDED" | "READY" | "PENDING" | "UNKNOWN">;
  readonly why: string;
  readonly pausesSending: boolean;
};

/** Refusals that only prove that an earlier request of this order or number arrived. */
const seenBefore: ReadonlySet<string> = new Set(["duplicate-number", "already-done", "in-progress"]);
/** Refusals that speak of the account's keys and rights, not of the order. */
const aboutAccount: ReadonlySet<string> = new Set(["credentials", "configuration"]);

/**
 * Where the answer to a send leads (money.md 2.5). READY only with proof that no byte left; a claimed refusal stays
 * UNKNOWN until a later query proves it; nothing here ever says FAILED.
 */
export function stateAfterSend(answer: SendAnswer): AfterSend {
  const unknown = (why: string, pausesSending = false) => ({ to: "UNKNOWN" as const, why, pausesSending });
  switch (answer.outcome) {
    case "done":
      return { to: "SUCCEEDED", why: "answered", pausesSending: false };
    case "not-sent":
      return { to: "READY", why: `notSent:${answer.why}`, pausesSending: false };
    case "declined":
      return seenBefore.has(answer.reason)
        ? unknown(`seenBefore:${answer.reason}`)
        : unknown(`declined:${answer.reason}`, aboutAccount.has(answer.reason));
    case "unknown":
      return answer.why === "gateway-pending"
        ? { to: "PENDING", why: "accepted", pausesSending: false }
        : unknown(answer.why);
    case "broken":
      return unknown(`broken:${answer.why}`);
  }
}

/** Our own client would not write this request: nothing left, and nothing will leave however often it is tried. */
export const neverSendable = "notSent:our-request";

/** The reason of a claimed refusal in an operation's `why`; null where the gateway did not refuse. */
export function declinedFor(why: string | null): string | null {
  return why?.startsWith("declined:") ? why.slice("declined:".length) : null;
}

/** Whether an operation's `why` says that the gateway refused the account's key or right, not this refund. */
export function isAboutAccount(why: string | null): boolean {
  return aboutAccount.has(declinedFor(why) ?? "");
}

/** The words in which the gateway refused, or the facts forbade, an operation; message keys under `cancelRefusal` and `refundRefusal`. */
export function refusalOf(why: string | null): string | null {
  const seenBefore = why?.startsWith("seenBefore:") ? why.slice("seenBefore:".length) : null;
  const byFacts: Readonly<Record<string, string>> = { paidMeanwhile: "already-paid", tooLate: "too-late" };
  return declinedFor(why) ?? seenBefore ?? byFacts[why ?? ""] ?? null;
}
