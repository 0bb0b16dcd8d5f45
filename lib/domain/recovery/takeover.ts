import type { MoneyOpState } from "../money-op.ts";

/**
 * What becomes of an operation whose sender no longer reports: UNKNOWN once its lease is over, and never anything else.
 * An expired lease sends nothing (money.md 2.3, 2.8).
 */
export function takeOver(
  op: { readonly state: MoneyOpState; readonly leaseUntil: Date | null },
  now: Date,
): { readonly to: "UNKNOWN"; readonly why: "senderLost" } | null {
  const isDead = op.state === "SENDING" && op.leaseUntil !== null && op.leaseUntil < now;
  return isDead ? { to: "UNKNOWN", why: "senderLost" } : null;
}
