import "server-only";
import { sql } from "drizzle-orm";
import { appendAudit } from "#lib/db/audit.ts";
import type { Database } from "#lib/db/client.ts";
import { signInRule } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { type CurrentStaff, type Role, roleCan, roles } from "#lib/domain/staff.ts";
import { rightsNow } from "../rights-now.ts";
import { holdsFactor } from "../session/session-stage.ts";

/** What a role is asked for at sign-in, and how many of its people in sight are ready for it. */
export type RoleSignIn = {
  readonly role: Role;
  readonly needsFactor: boolean;
  readonly people: number;
  readonly withFactor: number;
};

/** How each role signs in, with the open accounts that share a store with whoever asks or belong to none. */
export async function listSignInRules({ db }: Database, by: CurrentStaff): Promise<RoleSignIn[]> {
  const { rows } = await db.execute<RoleSignIn>(sql`
    select r.role, coalesce((select needs_factor from sign_in_rule s where s.role = r.role), false) as "needsFactor",
           count(p.id)::int as people, count(p.id) filter (where ${holdsFactor})::int as "withFactor"
      from unnest(${sql.param([...roles])}::text[]) with ordinality as r(role, place)
      left join staff p on p.role = r.role and p.is_active
       and (exists (select 1 from staff_store y where y.staff_id = p.id and y.store_id = any(${sql.param([...by.storeIds])}::uuid[]))
         or not exists (select 1 from staff_store y where y.staff_id = p.id))
     group by r.role, r.place order by r.place`);
  return rows;
}

/**
 * Says which roles need a second factor, in all stores of the house. Whoever has none is led to set it up at their next
 * click, before they can do anything else. Owners only.
 */
export async function changeSignInRules(
  database: Database,
  by: CurrentStaff,
  { needing }: { needing: readonly Role[] },
): Promise<Result<null, { readonly why: "signedOut" | "notAllowed" }>> {
  return withTx(database, async (tx) => {
    const rights = await rightsNow(tx, by);
    const why = rights ? (roleCan(rights.role, "change-sign-in") ? null : "notAllowed") : "signedOut";
    if (!why)
      await tx
        .insert(signInRule)
        .values(roles.map((role) => ({ role, needsFactor: needing.includes(role) })))
        .onConflictDoUpdate({ target: signInRule.role, set: { needsFactor: sql`excluded.needs_factor` } });
    await appendAudit(tx, {
      action: "change-sign-in",
      outcome: why ? "refused" : "done",
      staffId: by.staffId,
      storeId: null,
      orderId: null,
      subject: roles.filter((role) => needing.includes(role)).join(", ") || "–",
      deviceId: by.deviceId,
      facts: why ? { why } : {},
    });
    return why ? refuse({ why }) : ok(null);
  });
}
