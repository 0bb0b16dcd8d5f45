import "server-only";
import { eq, sql } from "drizzle-orm";
import { isPausedAt } from "#lib/auth/raise/role-pause.ts";
import { refundRequest } from "#lib/db/schema.ts";
import { areTwo, type Hat } from "#lib/domain/deputy.ts";
import { changesSince, type RequestSnapshot } from "#lib/domain/refund.ts";
import { needsTwo } from "#lib/domain/second-approval.ts";
import { type CurrentStaff, roleCan, roles } from "#lib/domain/staff.ts";
import type { Deciding } from "./decide-refund.ts";

/**
 * The person of a first approval that still counts, where the store asks for two: their account is open, may approve in this
 * store at this moment, and nothing of the facts they saw has changed. Null: whoever approves now is the first.
 */
export async function standingFirst(
  { tx, request }: Pick<Deciding, "tx" | "request">,
  now: RequestSnapshot,
): Promise<Hat | null> {
  const { firstApprovedBy, firstApprovedPerson: person, firstApprovedForPerson, firstSeen } = request;
  if (!firstApprovedBy || !person || !firstSeen || changesSince(firstSeen, now).length > 0) return null;
  const able = roles.filter((role) => roleCan(role, "approve-refund"));
  const { rows } = await tx.execute(sql`
    select 1 from staff p join staff_store y on y.staff_id = p.id and y.store_id = ${request.storeId}
     where p.id = ${firstApprovedBy} and p.is_active and p.role = any(${sql.param([...able])}::text[])
       and not ${isPausedAt(sql`y.store_id`)}`);
  return rows.length === 1 ? { person, forPerson: firstApprovedForPerson } : null;
}

/** Why somebody is not the second of two: they gave the first approval, or one of the two stands behind the other. */
export function whyNotSecond(
  { principal }: Deciding,
  { personId: person }: CurrentStaff,
  first: Hat | null,
): "approvedByYou" | "sameHat" | null {
  if (first === null) return null;
  if (first.person === person) return "approvedByYou";
  return areTwo(first, { person, forPerson: principal?.personId ?? null }) ? null : "sameHat";
}

/** Whether this request takes two managers by its store's rule of this moment. */
export function takesTwo({ books, request }: Deciding): boolean {
  return needsTwo(request.amountMinor, books.store.secondApprovalAboveMinor);
}

/** Records the first of two approvals with what was on its screen; the request goes on waiting, its amount reserved. */
export async function recordFirst(
  { tx, request, principal }: Deciding,
  { staffId, personId }: CurrentStaff,
  seen: RequestSnapshot,
): Promise<void> {
  await tx
    .update(refundRequest)
    .set({
      firstApprovedBy: staffId,
      firstApprovedPerson: personId,
      firstApprovedFor: principal?.staffId ?? null,
      firstApprovedForPerson: principal?.personId ?? null,
      firstApprovedAt: sql`clock_timestamp()`,
      firstSeen: seen,
    })
    .where(eq(refundRequest.id, request.id));
}
