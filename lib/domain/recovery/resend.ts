import { ok, type Result, refuse } from "../result.ts";

/** How often one number is written to a gateway at most (money.md 2.7 e). */
export const attemptsMax = 3;

/** What decides whether the same number may be sent again. */
export type ResendFacts = {
  /** Proven in the sandbox that a repeated number is refused or replayed (a). */
  readonly canResend: boolean;
  /** Claims to send so far, without those of which it is proven that nothing left. */
  readonly attempts: number;
  /** SHA-256 of the business fields of attempt 1, and of what would be sent now (b). */
  readonly firstDigest: string | null;
  readonly digestNow: string | null;
  /** Bytes may have left at the latest then (c). */
  readonly lastSentAt: Date;
  /** When a query last said "paid, not refunded"; null: its last answer was another (d). */
  readonly seenPaidAt: Date | null;
  /** Why sending is off for the account or the whole house: a pause, a restore in progress; null: it is on (f). */
  readonly sendingOff: string | null;
};

/** Which condition of money.md 2.7 does not hold. */
export type ResendRefusal =
  | "notProven"
  | "otherFields"
  | "tooEarly"
  | "notSeenPaid"
  | "triedEnough"
  | "sendingOff";

/**
 * May the same number be sent again at `now`? All of money.md 2.7 must hold. The query of (d) must itself be younger than
 * the quiet time's end, and not older than `freshMs`.
 */
export function mayResend(
  facts: ResendFacts,
  at: { readonly now: Date; readonly quietTimeMs: number; readonly freshMs: number },
): Result<null, ResendRefusal> {
  const quietFrom = facts.lastSentAt.getTime() + at.quietTimeMs;
  const seen = facts.seenPaidAt?.getTime() ?? null;
  if (!facts.canResend) return refuse("notProven");
  if (facts.firstDigest === null || facts.firstDigest !== facts.digestNow) return refuse("otherFields");
  if (at.now.getTime() < quietFrom) return refuse("tooEarly");
  if (seen === null || seen < quietFrom || at.now.getTime() - seen > at.freshMs) return refuse("notSeenPaid");
  if (facts.attempts >= attemptsMax) return refuse("triedEnough");
  return facts.sendingOff === null ? ok(null) : refuse("sendingOff");
}
