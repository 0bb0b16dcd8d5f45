import type { MoneyOpState } from "../money-op.ts";
import { isNegative, type Reading, type SentOp, verdictOnSent } from "../settle.ts";
import { askAgainAfterMs } from "./ask-again.ts";
import { mayResend, type ResendFacts } from "./resend.ts";

/** A sent operation with what the next step needs besides. */
export type OpenOp = SentOp & {
  readonly askCount: number;
  readonly resend: ResendFacts;
};

/** What a question changes about an operation: where it stands, and when the next question comes. */
export type Step = {
  /** The new state; null: it stays where it is. */
  readonly move: { readonly to: MoneyOpState; readonly why: string } | null;
  /** The same number goes out again (money.md 2.7); the claim decides once more. */
  readonly isToBeResent: boolean;
  readonly askCount: number;
  readonly negativeReadings: number;
  /** In ms from now; null: nothing more to ask about this operation. */
  readonly nextAskAfterMs: number | null;
};

/** Why a person is needed although nothing says "paid, not refunded": such a number never goes out again. */
const saysSomethingElse: readonly string[] = ["conflict", "partsCannotBeTold", "gatewayUnsure"];

type At = {
  readonly now: Date;
  readonly quietTimeMs: number;
  readonly canReadSums: boolean;
  readonly freshMs: number;
};

/**
 * What follows from one question about an operation whose outcome is open (money.md 2.6). `reading` null: the question
 * brought no usable answer, so nothing moves. An operation that waits for a person is still asked about; only a proof that
 * the money went back moves it, the other way takes two people.
 */
export function stepAfterReading(op: OpenOp, reading: Reading | null, at: At): Step {
  const askCount = op.askCount + 1;
  const negativeReadings = readings(op, reading, at);
  const verdict = reading && verdictOnSent(op, reading, at);
  const isAllowed = op.state !== "NEEDS_PERSON" || verdict?.to === "SUCCEEDED";
  const move = isAllowed ? verdict : null;
  const isToBeResent =
    op.state === "UNKNOWN" &&
    op.kind === "REFUND" &&
    move?.to === "NEEDS_PERSON" &&
    !saysSomethingElse.includes(move.why) &&
    mayResend(op.resend, at).ok;
  if (isToBeResent) return { move: null, isToBeResent, askCount, negativeReadings, nextAskAfterMs: 0 };
  const isFinal = move?.to === "SUCCEEDED" || move?.to === "FAILED";
  return {
    move,
    isToBeResent,
    askCount,
    negativeReadings,
    nextAskAfterMs: isFinal ? null : askAgainAfterMs(askCount),
  };
}

function readings(op: OpenOp, reading: Reading | null, at: At): number {
  if (!reading) return op.negativeReadings;
  return isNegative(op, reading, at) ? op.negativeReadings + 1 : 0;
}
