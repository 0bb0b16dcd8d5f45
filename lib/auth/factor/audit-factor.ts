import "server-only";
import { appendAudit } from "#lib/db/audit.ts";
import type { Db } from "#lib/db/client.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";

/** A deed about a second factor, for the record: never a seed or a code. `why` null: done. */
type FactorDeed = {
  readonly action: "begin-factor" | "set-up-factor" | "remove-factor" | "use-recovery-code" | "confirm-code";
  readonly why: string | null;
  readonly facts?: Readonly<Record<string, string | number>>;
};

/** Writes the audit line of what a person did with their own second factor, done or refused. */
export async function auditFactor(
  tx: Db,
  me: Pick<CurrentStaff, "staffId" | "username" | "deviceId">,
  { action, why, facts = {} }: FactorDeed,
): Promise<void> {
  await appendAudit(tx, {
    action,
    outcome: why ? "refused" : "done",
    staffId: me.staffId,
    storeId: null,
    orderId: null,
    subject: me.username,
    deviceId: me.deviceId,
    facts: { ...facts, ...(why ? { why } : {}) },
  });
}
