import "server-only";
import { evidenceMessage, evidenceText } from "../evidence-text.ts";
import type { GatewayOutcome, WireEvidence } from "../gateway.ts";
import type { Scan2PayAccount } from "./config.ts";

/** An account, and the clock its requests are dated by. */
export type Line = { readonly account: Scan2PayAccount; readonly now: () => Date };

/** What is known of an answer so far. */
export type Seen = {
  readonly code?: string | null;
  readonly message?: string | null;
  readonly rawText?: string | null;
  readonly httpStatus?: number | null;
  readonly tls?: boolean;
  readonly opened?: boolean;
  readonly echo?: boolean;
};
/** Turns what was seen into evidence, dated by the line's clock. */
export type Witness = (seen: Seen) => WireEvidence;

/** Makes the evidence of one call; the keys are the only secrets an answer could repeat. */
export function witnessOf({ account, now }: Line): Witness {
  const startedAt = now();
  return ({
    code = null,
    message = null,
    rawText = null,
    httpStatus = null,
    tls = false,
    opened = false,
    echo = false,
  }) => ({
    code,
    message: evidenceMessage(message),
    raw: rawText === null ? null : evidenceText(rawText, [account.tradeKey, account.refundKey]),
    httpStatus,
    checks: { tls, opened, echo },
    startedAt,
    endedAt: now(),
  });
}

/** The outcome of a call that we refuse to send: proof that nothing left. */
export function ourRequest(line: Line): GatewayOutcome<never> {
  return { outcome: "not-sent", why: "our-request", evidence: witnessOf(line)({}) };
}
