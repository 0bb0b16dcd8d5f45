import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { sealingKey } from "#lib/db/keys/hold-master-key.ts";
import { secondFactor } from "#lib/db/schema.ts";
import { openFactor, sealFactor } from "#lib/db/seal.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { limits } from "#lib/domain/limits.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { showRecoveryCode } from "#lib/domain/second-factor.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { auditAccount } from "../audit-account.ts";
import { newSeed, seedUri } from "./app-codes.ts";
import { newRecoveryCodes } from "./recovery-codes.ts";

/** Makes a new seed and recovery codes for a person's own account; they count once a code of the app confirms them. */
export async function beginFactor(
  database: Database,
  me: CurrentStaff,
): Promise<Result<null, { readonly why: "hasFactor" }>> {
  const secrets = { seed: newSeed(), codes: newRecoveryCodes() };
  return withTx(database, async (tx) => {
    const sealed = sealFactor(await sealingKey(tx), me.staffId, secrets);
    const begun = { sealed, sessionId: me.sessionId, begunAt: sql`clock_timestamp()` };
    const made = await tx
      .insert(secondFactor)
      .values({ staffId: me.staffId, ...begun })
      .onConflictDoUpdate({
        target: secondFactor.staffId,
        set: begun,
        setWhere: sql`second_factor.confirmed_at is null`,
      })
      .returning({ staffId: secondFactor.staffId });
    const why = made.length === 0 ? "hasFactor" : null;
    await auditAccount(tx, me, { action: "begin-factor", why });
    return why ? refuse({ why }) : ok(null);
  });
}

/** What stands on the page while a factor is being set up, in the session that began it and for a short time. */
export type FactorOffer = {
  readonly uri: string;
  /** The seed in groups of four, for an app that cannot scan. */
  readonly seedText: string;
  readonly codes: readonly string[];
};

/** Whether a person has a second factor, since when and with how many recovery codes; or the one they are setting up here. */
export type OwnFactor =
  | { readonly state: "none" }
  | { readonly state: "offered"; readonly offer: FactorOffer }
  | { readonly state: "on"; readonly since: string; readonly codesLeft: number };

/** How it stands with the second factor of somebody's own account. */
export async function viewOwnFactor(database: Database, me: CurrentStaff): Promise<OwnFactor> {
  const [row] = await database.db
    .select({
      sealed: secondFactor.sealed,
      confirmedAt: secondFactor.confirmedAt,
      isOffered: sql<boolean>`session_id = ${me.sessionId}
        and begun_at > clock_timestamp() - make_interval(secs => ${limits.factorSetUpMs}::int / 1000)`,
      codesLeft: sql<number>`(select count(*)::int from recovery_code c where c.staff_id = ${me.staffId} and c.used_at is null)`,
    })
    .from(secondFactor)
    .where(eq(secondFactor.staffId, me.staffId));
  if (row?.confirmedAt)
    return { state: "on", since: row.confirmedAt.toISOString(), codesLeft: row.codesLeft };
  if (!row?.isOffered) return { state: "none" };
  const { seed, codes } = openFactor(me.staffId, row.sealed);
  const seedText = seed.match(/.{1,4}/g)?.join(" ") ?? seed;
  return {
    state: "offered",
    offer: { uri: seedUri(seed, me.username), seedText, codes: codes.map(showRecoveryCode) },
  };
}
