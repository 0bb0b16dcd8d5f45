import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Database, Db } from "#lib/db/client.ts";
import { sealingKey } from "#lib/db/keys/hold-master-key.ts";
import { recoveryKey } from "#lib/db/keys/kept-key.ts";
import { recoveryCode, secondFactor } from "#lib/db/schema.ts";
import { openFactor, sealFactor } from "#lib/db/seal.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { limits } from "#lib/domain/limits.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { readCode } from "#lib/domain/second-factor.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { auditAccount } from "../audit-account.ts";
import { clearTries, codeRule, countTry } from "../guess-lock.ts";
import { endSessions } from "../people/change-staff.ts";
import { stepOf } from "./app-codes.ts";
import { recoveryHash } from "./recovery-codes.ts";

export type FactorRefusal =
  /** Nothing is being set up in this session, or its time is over. */
  | { readonly why: "nothingOffered" }
  | { readonly why: "badInput"; readonly fields: { readonly code: "wrongCode" } }
  | { readonly why: "lockedCode"; readonly untilAt: Date; readonly waitMs: number };

/**
 * Turns the offered second factor on once a code shows that the app has it. From then on the seed is shown nowhere, the
 * recovery codes are kept as keyed hashes alone, and every other session of the account ends, in one transaction.
 */
export async function confirmFactor(
  database: Database,
  me: CurrentStaff,
  { code }: { code: string },
): Promise<Result<null, FactorRefusal>> {
  const rule = codeRule(me.staffId, me.deviceId);
  const { refusedUntil, lockedUntil, waitMs } = await countTry(database, rule);
  const why = await withTx(database, async (tx) => {
    const done = refusedUntil ? "wrongCode" : await turnOn(tx, me, code);
    const reason = done === "wrongCode" && lockedUntil ? "lockedCode" : done;
    await auditAccount(tx, me, { action: "set-up-factor", why: reason });
    return reason;
  });
  if (why !== "wrongCode" && why !== "lockedCode") await clearTries(database, rule);
  if (why === null) return ok(null);
  if (why === "nothingOffered") return refuse({ why });
  if (lockedUntil) return refuse({ why: "lockedCode", untilAt: lockedUntil, waitMs });
  return refuse({ why: "badInput", fields: { code: "wrongCode" } });
}

async function turnOn(
  tx: Db,
  { staffId, sessionId }: CurrentStaff,
  code: string,
): Promise<"nothingOffered" | "wrongCode" | null> {
  const { rows } = await tx.execute<{ sealed: Buffer; now_ms: string }>(sql`
    select f.sealed, floor(extract(epoch from clock_timestamp()) * 1000)::int8 as now_ms
      from second_factor f join app_session s on s.id = f.session_id
     where f.staff_id = ${staffId} and f.session_id = ${sessionId} and f.confirmed_at is null and s.revoked_at is null
       and f.begun_at > clock_timestamp() - make_interval(secs => ${limits.factorSetUpMs}::int / 1000) for update`);
  const [row] = rows;
  if (!row) return "nothingOffered";
  const { seed, codes } = openFactor(staffId, row.sealed);
  const typed = readCode(code);
  const lastStep = typed?.kind === "app" ? stepOf(seed, typed.digits, Number(row.now_ms)) : null;
  if (lastStep === null) return "wrongCode";
  const sealed = sealFactor(await sealingKey(tx), staffId, { seed, codes: [] });
  await tx
    .update(secondFactor)
    .set({ sealed, lastStep, confirmedAt: sql`clock_timestamp()` })
    .where(eq(secondFactor.staffId, staffId));
  await tx.delete(recoveryCode).where(eq(recoveryCode.staffId, staffId));
  const key = await recoveryKey(tx);
  await tx
    .insert(recoveryCode)
    .values(codes.map((one) => ({ staffId, codeHash: recoveryHash(key, staffId, one) })));
  await endSessions(tx, staffId, sessionId);
  return null;
}
