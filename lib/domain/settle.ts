import type { GatewayOrderState } from "./gateway-facts.ts";
import type { MoneyOpKind, MoneyOpState } from "./money-op.ts";
import { declinedFor } from "./recovery/send-answer.ts";
import { assertNever } from "./result.ts";

/** What the ladder of money.md 2.5 needs to know of a sent operation. */
export type SentOp = {
  readonly kind: MoneyOpKind;
  readonly state: MoneyOpState;
  readonly amountMinor: number;
  /** Why it stands where it stands (send-answer.ts). */
  readonly why: string | null;
  /** Claims to send so far that may have left: after a second one no refusal speaks for both. */
  readonly attempts: number;
  /** Bytes may have left at the latest then. */
  readonly lastSentAt: Date;
  /** What had gone back of this order besides, whoever did it: then "refunded" alone does not name this one. */
  readonly returnedBeforeMinor: number;
  /** Readings in a row, after the quiet time, that said that nothing went back. */
  readonly negativeReadings: number;
};

/** What was read at the gateway: the order's state, one refund by its number, or the sum of the order's refund rows. */
export type Reading =
  | { readonly by: "order"; readonly state: GatewayOrderState }
  | {
      readonly by: "number";
      readonly state: "refunded" | "moving" | "not-listed";
      /** What went back under the number. */
      readonly refundedMinor: number;
    }
  | { readonly by: "sum"; readonly returnedMinor: number; readonly isClear: boolean };

/** Where a verified answer moves an operation; null: it says nothing yet, keep asking. */
export type Move = { readonly to: MoneyOpState; readonly why: string } | null;

type At = {
  readonly now: Date;
  readonly quietTimeMs: number;
  /** The account's refunds can be summed from a list: then a list tells parts of one order apart, and is waited for. */
  readonly canReadSums: boolean;
};

/** Whether bytes of this operation can no longer take effect (money.md A2). */
export function isQuiet(
  op: Pick<SentOp, "lastSentAt">,
  at: { readonly now: Date; readonly quietTimeMs: number },
): boolean {
  return at.now.getTime() - op.lastSentAt.getTime() >= at.quietTimeMs;
}

/**
 * Reads an answer as a verdict on a sent operation (money.md 2.5, 2.6, 2.9). Time alone never decides: without an answer
 * this is not called. FAILED falls only after the quiet time, with the one exception of a cancel that was sent once,
 * refused by the gateway, and is seen paid. A failed refund and a list without our row need a second reading.
 */
export function verdictOnSent(op: SentOp, reading: Reading, at: At): Move {
  if (op.kind === "CANCEL")
    return reading.by === "order" ? onCancel(op, reading.state, isQuiet(op, at)) : null;
  switch (reading.by) {
    case "order":
      return onRefund(op, reading.state, at);
    case "number":
      return onNumber(op, reading, isQuiet(op, at));
    case "sum":
      return onSum(op, reading, isQuiet(op, at));
    default:
      return assertNever(reading);
  }
}

/** Whether a reading says, after the quiet time, that nothing of this operation went back. */
export function isNegative(op: SentOp, reading: Reading, at: At): boolean {
  if (!isQuiet(op, at)) return false;
  if (reading.by === "order") return reading.state === "paid" || reading.state === "refund-failed";
  if (reading.by === "number") return reading.state === "not-listed";
  return reading.isClear && reading.returnedMinor === op.returnedBeforeMinor;
}

const working = (op: SentOp): Move => (op.state === "UNKNOWN" ? { to: "PENDING", why: "accepted" } : null);

/** The gateway answers and does not know: after the quiet time people look too, who can read its portal. */
const unsure = (quiet: boolean): Move => (quiet ? { to: "NEEDS_PERSON", why: "gatewayUnsure" } : null);

/** Nothing went back: failed where the gateway had refused the one send; otherwise nobody can tell by machine. */
function nothingReturned(op: SentOp, why: string): Move {
  if (declinedFor(op.why) !== null && op.attempts <= 1) return { to: "FAILED", why: op.why ?? "declined" };
  return { to: "NEEDS_PERSON", why };
}

/** "Refunded" names this refund where nothing went back before it; otherwise a list has to tell, or a person. */
function onRefunded(op: SentOp, at: At): Move {
  if (op.returnedBeforeMinor === 0) {
    const isOurs = op.why !== "seenBefore:already-done" || op.attempts > 1;
    return { to: "SUCCEEDED", why: isOurs ? "seenRefunded" : "notAttributable" };
  }
  const quietTimeMs = at.canReadSums ? 2 * at.quietTimeMs : at.quietTimeMs;
  return isQuiet(op, { ...at, quietTimeMs }) ? { to: "NEEDS_PERSON", why: "partsCannotBeTold" } : null;
}

function onRefund(op: SentOp, state: GatewayOrderState, at: At): Move {
  const quiet = isQuiet(op, at);
  switch (state) {
    case "refunded":
      return onRefunded(op, at);
    case "refund-accepted":
      return working(op);
    case "refund-failed":
      return quiet && op.negativeReadings > 0 ? { to: "FAILED", why: "seenRefundFailed" } : null;
    case "paid":
      return quiet ? nothingReturned(op, "seenPaid") : null;
    case "unsure":
      return unsure(quiet);
    default:
      return quiet ? { to: "NEEDS_PERSON", why: "conflict" } : null;
  }
}

function onNumber(op: SentOp, seen: Extract<Reading, { by: "number" }>, quiet: boolean): Move {
  switch (seen.state) {
    case "refunded":
      if (seen.refundedMinor === op.amountMinor) return { to: "SUCCEEDED", why: "seenByNumber" };
      return quiet ? { to: "NEEDS_PERSON", why: "conflict" } : null;
    case "moving":
      return working(op);
    case "not-listed":
      return quiet && op.negativeReadings > 0 ? nothingReturned(op, "numberNotFound") : null;
    default:
      return assertNever(seen.state);
  }
}

function onSum(
  op: SentOp,
  { returnedMinor, isClear }: Extract<Reading, { by: "sum" }>,
  quiet: boolean,
): Move {
  if (!isClear) return null;
  if (returnedMinor >= op.returnedBeforeMinor + op.amountMinor) return { to: "SUCCEEDED", why: "seenInList" };
  if (!quiet) return null;
  if (returnedMinor !== op.returnedBeforeMinor) return { to: "NEEDS_PERSON", why: "conflict" };
  return op.negativeReadings > 0 ? nothingReturned(op, "notInList") : null;
}

function onCancel(op: SentOp, state: GatewayOrderState, quiet: boolean): Move {
  const wasRefused = declinedFor(op.why) !== null && op.attempts <= 1;
  switch (state) {
    case "not-paid":
    case "cancelled":
    case "refunded":
      return { to: "SUCCEEDED", why: "seenClosed" };
    case "paid":
      return wasRefused || quiet ? { to: "FAILED", why: "paidMeanwhile" } : null;
    case "waiting":
    case "attempt-failed":
      return wasRefused && quiet ? { to: "FAILED", why: op.why ?? "declined" } : null;
    case "unsure":
      return unsure(quiet);
    default:
      return null;
  }
}
