import { limits } from "#lib/domain/limits.ts";
import type { MoneyOpState } from "#lib/domain/money-op.ts";
import { decideClaim } from "#lib/domain/recovery/claim.ts";
import { type SendAnswer, stateAfterSend } from "#lib/domain/recovery/send-answer.ts";
import { stepAfterReading } from "#lib/domain/recovery/step.ts";
import { takeOver } from "#lib/domain/recovery/takeover.ts";
import type { BookRules } from "./parts/books.ts";

/** How the clerk's parts are put together. The product's own decisions stand in `productWiring`; a planted bug changes one. */
export type Wiring = {
  readonly decideClaim: typeof decideClaim;
  readonly stateAfterSend: typeof stateAfterSend;
  readonly stepAfterReading: typeof stepAfterReading;
  readonly takeOver: (
    ...args: Parameters<typeof takeOver>
  ) => { readonly to: MoneyOpState; readonly why: string } | null;
  readonly rules: BookRules;
  readonly quietTimeMs: number;
  /** The last gate before the write: 5 s, the lane and the lease. */
  readonly hasGate: boolean;
  /** Updates of a worker that was overtaken hit no row. */
  readonly hasFence: boolean;
  /** An answer must name our number and order. */
  readonly checksEcho: boolean;
  /** The claim is committed before the first byte leaves. */
  readonly writesAhead: boolean;
  /** The sum is counted under the order's lock, not where the page was opened. */
  readonly locksSum: boolean;
  /** A resend waits for a query younger than the quiet time's end. */
  readonly waitsToResend: boolean;
  /** People take their time before they settle by hand. */
  readonly takesTime: boolean;
  /** An answer that makes an operation FAILED on the spot. */
  readonly failsAtOnce: (answer: SendAnswer) => boolean;
  /** An operation open for longer than this is called FAILED by a job. */
  readonly failsAfterMs: number;
};

/** The product. */
export const productWiring: Wiring = {
  decideClaim,
  stateAfterSend,
  stepAfterReading,
  takeOver,
  rules: { oneLive: "order", countsSum: true, waitsQuiet: true },
  quietTimeMs: limits.quietTimeMs,
  hasGate: true,
  hasFence: true,
  checksEcho: true,
  writesAhead: true,
  locksSum: true,
  waitsToResend: true,
  takesTime: true,
  failsAtOnce: () => false,
  failsAfterMs: Number.POSITIVE_INFINITY,
};
