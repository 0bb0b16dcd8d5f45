import { z } from "zod";
import { isoDay } from "./iso-day.ts";
import { isStorable } from "./storable-text.ts";

/** What audit lines can be narrowed to; message keys under `audit.kind`. */
export const auditKinds = ["money", "decisions", "cases", "lookups", "people"] as const;
export type AuditKind = (typeof auditKinds)[number];

/** The actions of each kind. */
export const auditActions: Record<AuditKind, readonly string[]> = {
  money: ["cancel-order", "send-refund", "send-cancel", "settle-refund", "settle-cancel"],
  decisions: [
    "request-refund",
    "resend-refund",
    "withdraw-refund",
    "approve-refund",
    "approve-refund-first",
    "approve-by-rule",
    "reject-refund",
    "return-refund",
    "expire-refund",
  ],
  cases: [
    "open-incident",
    "close-incident",
    "prepare-refund",
    "supersede-refund",
    "propose-settlement",
    "confirm-settlement",
    "pause-sending",
    "test-credentials",
    "run-proof",
    "restore-found",
    "switch-sending-on",
    "practise",
    "begin-anew",
  ],
  lookups: ["look-up-order", "export-orders", "export-audit"],
  people: [
    "sign-in",
    "sign-out",
    "lock-screen",
    "unlock-screen",
    "confirm-code",
    "use-recovery-code",
    "begin-factor",
    "set-up-factor",
    "remove-factor",
    "begin-passkey",
    "add-passkey",
    "use-passkey",
    "remove-passkey",
    "step-up",
    "change-staff-role",
    "ask-staff-role",
    "confirm-staff-role",
    "raise-staff-role",
    "decline-staff-role",
    "change-staff",
    "add-staff",
    "renew-secrets",
    "change-limits",
    "reset-factor",
    "change-sign-in",
    "end-session",
    "change-password",
    "change-pin",
    "end-sessions",
    "change-store",
    "change-reasons",
    "change-second-approval",
    "name-deputy",
    "end-deputy",
    "change-account",
    "begin-key-rotation",
    "end-key-rotation",
  ],
};

/** Search parameters come as one text or several; the first counts. */
const one = z.preprocess(
  (value) => (Array.isArray(value) ? value[0] : value),
  z.string().trim().max(64).refine(isStorable),
);
const optional = <T extends z.ZodType<unknown, string>>(inner: T) => one.pipe(inner).nullable().catch(null);

/**
 * The audit page's address, read once. What cannot be read is left out, never guessed: an unknown kind shows everything.
 * `before` is the number of the line that the page ends above.
 */
const schema = z.object({
  kind: optional(z.enum(auditKinds)),
  order: optional(z.string().min(1)),
  who: optional(z.string().min(1)),
  day: optional(isoDay),
  refused: optional(z.literal("1")),
  before: optional(
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  ),
});
export type AuditFilter = z.output<typeof schema>;

export function readAuditFilter(params: unknown): AuditFilter {
  return schema.parse(params);
}

/** The address of a page of the audit with this filter; empty parts are left out. */
export function auditQuery(filter: Partial<AuditFilter>): string {
  const parts = Object.entries(filter).flatMap(([key, value]) =>
    value === null || value === undefined ? [] : [[key, String(value)]],
  );
  return new URLSearchParams(parts).toString();
}
