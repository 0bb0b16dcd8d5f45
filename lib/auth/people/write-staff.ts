import "server-only";
import { and, eq, inArray } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { staffStore } from "#lib/db/schema.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { auditAccount } from "../audit-account.ts";

/** A deed about an account, for the record; `subject` is the account's username. Never a password, a PIN or a hash. */
export type AuditedChange = {
  readonly action:
    | "change-staff-role"
    | "ask-staff-role"
    | "raise-staff-role"
    | "confirm-staff-role"
    | "decline-staff-role"
    | "change-staff"
    | "add-staff"
    | "renew-secrets"
    | "reset-factor"
    | "end-session"
    | "change-limits";
  readonly subject: string;
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
};

/** Writes the audit line of a deed about an account, done or refused. */
export async function auditChange(
  tx: Db,
  by: CurrentStaff,
  { action, subject, facts, why }: AuditedChange & { why: string | null },
): Promise<void> {
  await auditAccount(tx, by, { action, subject, facts, why });
}

/** Makes an account work in `storeIds`; stores outside `within` are not the caller's to touch and stay as they are. */
export async function putStores(
  tx: Db,
  { staffId, storeIds, within }: { staffId: string; storeIds: readonly string[]; within: readonly string[] },
): Promise<void> {
  if (within.length > 0)
    await tx
      .delete(staffStore)
      .where(and(eq(staffStore.staffId, staffId), inArray(staffStore.storeId, [...within])));
  for (const storeId of storeIds) await tx.insert(staffStore).values({ staffId, storeId });
}
