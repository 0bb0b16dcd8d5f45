import "server-only";
import { appendAudit } from "#lib/db/audit.ts";
import type { Db } from "#lib/db/client.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";

/** What was done about an account, for the record: never a password, a seed or a code. */
export type AccountDeed = {
  readonly action: string;
  /** Whose account; left out, it is one's own. */
  readonly subject?: string;
  /** Null: done. */
  readonly why: string | null;
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>;
};

/** Writes the audit line of a deed about an account, one's own or another's, done or refused. */
export async function auditAccount(
  tx: Db,
  by: Pick<CurrentStaff, "staffId" | "username" | "deviceId">,
  { action, subject = by.username, why, facts = {} }: AccountDeed,
): Promise<void> {
  await appendAudit(tx, {
    action,
    outcome: why ? "refused" : "done",
    staffId: by.staffId,
    storeId: null,
    orderId: null,
    subject,
    deviceId: by.deviceId,
    facts: { ...facts, ...(why ? { why } : {}) },
  });
}
