import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Database, Db } from "#lib/db/client.ts";
import { staff as staffTable } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import type { OwnLimits } from "#lib/domain/own-limit.ts";
import { type LimitFaults, readLimits, type TypedLimits } from "#lib/domain/own-limit-form.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { type CurrentStaff, roleCan } from "#lib/domain/staff.ts";
import { rightsNow } from "../rights-now.ts";
import { findPerson, type StaffRow } from "./people-in-sight.ts";
import { auditChange } from "./write-staff.ts";

export type LimitsRefusal =
  | {
      readonly why:
        | "notAllowed"
        | "notYourself"
        | "notFound"
        | "notYourStore"
        | "signedOut"
        | "asksNothing"
        | "twoCurrencies";
    }
  | { readonly why: "badInput"; readonly fields: LimitFaults };

/**
 * Sets what somebody may refund without a manager, in the currency of their stores; it counts from their next request on.
 * Only owners may, by the rights they have in that transaction, for people who ask for refunds and work in the owner's
 * stores only, and nobody for themselves. The audit holds what was before and what is now; refused attempts are audited.
 */
export async function changeLimits(
  database: Database,
  by: CurrentStaff,
  { username, ...typed }: TypedLimits & { readonly username: string },
): Promise<Result<null, LimitsRefusal>> {
  return withTx(database, async (tx) => {
    const rights = await rightsNow(tx, by);
    const person = rights ? await findLocked(tx, rights, username) : null;
    const answer = judge(rights, person, typed);
    const facts = answer.ok && person ? factsOf(answer.value, person.limits) : {};
    if (answer.ok && person) await write(tx, person, answer.value);
    const why = answer.ok ? null : answer.refusal.why;
    await auditChange(tx, by, { action: "change-limits", subject: username, facts, why });
    return answer.ok ? ok(null) : answer;
  });
}

/** The account, locked where it may get limits: it is never an owner's, so two owners cannot wait for each other here. */
async function findLocked(tx: Db, rights: CurrentStaff, username: string): Promise<StaffRow | null> {
  const seen = await findPerson(tx, rights, username);
  if (refusalOf(rights, seen) !== null) return seen;
  await tx.execute(sql`select 1 from staff where username = ${username} for no key update`);
  return findPerson(tx, rights, username);
}

function judge(
  rights: CurrentStaff | null,
  person: StaffRow | null,
  typed: TypedLimits,
): Result<OwnLimits, LimitsRefusal> {
  const why = refusalOf(rights, person);
  if (why !== null) return refuse({ why });
  const read = person?.currency ? readLimits(typed, person.currency) : refuse({});
  return read.ok ? read : refuse({ why: "badInput", fields: read.refusal });
}

type Why = Exclude<LimitsRefusal["why"], "badInput">;

function refusalOf(rights: CurrentStaff | null, person: StaffRow | null): Why | null {
  if (!rights) return "signedOut";
  if (!roleCan(rights.role, "change-limits")) return "notAllowed";
  if (!person) return "notFound";
  if (person.personId === rights.personId) return "notYourself";
  if (!roleCan(person.role, "request-refund")) return "asksNothing";
  if (!person.storeIds.every((id) => rights.storeIds.includes(id))) return "notYourStore";
  return person.currency === null ? "twoCurrencies" : null;
}

async function write(tx: Db, { staffId }: StaffRow, limits: OwnLimits): Promise<void> {
  await tx
    .update(staffTable)
    .set({
      refundLimitMinor: limits.perRefundMinor,
      refundLimitCurrency: limits.currency,
      refundDayCountMax: limits.dayCountMax,
      refundDaySumMinor: limits.daySumMinor,
      refundSaleAgeMaxDays: limits.saleAgeMaxDays,
    })
    .where(eq(staffTable.id, staffId));
}

const factsOf = (now: OwnLimits, before: OwnLimits) => ({
  currency: now.currency,
  limitMinor: now.perRefundMinor,
  countMax: now.dayCountMax,
  sumMaxMinor: now.daySumMinor,
  saleDaysMax: now.saleAgeMaxDays,
  currencyBefore: before.currency,
  limitBeforeMinor: before.perRefundMinor,
  countBeforeMax: before.dayCountMax,
  sumBeforeMaxMinor: before.daySumMinor,
  saleDaysBeforeMax: before.saleAgeMaxDays,
});
