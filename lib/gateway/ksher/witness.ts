import "server-only";
import { evidenceMessage, evidenceText } from "../evidence-text.ts";
import type { GatewayOutcome, WireEvidence } from "../gateway.ts";
import type { KsherAccount } from "./config.ts";

/** An account, and the clock its requests are dated by. */
export type Line = { readonly account: KsherAccount; readonly now: () => Date };

/** What is known of an answer so far. `opened`: Ksher's signature held. */
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

/** An answer without the payer's id in the wallet: personal data that decides nothing (protocol 6.2). */
function withoutPayer(text: string): string {
  return text.replace(/("openid"\s*:\s*)"(?:[^"\\]|\\.)+"/g, '$1"[removed]"');
}

/** Makes the evidence of one call. Answers hold no key of ours; what is taken out of them is the payer. */
export function witnessOf({ now }: Line): Witness {
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
    code: evidenceMessage(code),
    message: evidenceMessage(message),
    raw: rawText === null ? null : evidenceText(withoutPayer(rawText), []),
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
