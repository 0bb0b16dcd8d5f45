import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { recoveryKey } from "#lib/db/keys/kept-key.ts";
import { secondFactor } from "#lib/db/schema.ts";
import { openFactor } from "#lib/db/seal.ts";
import { readCode } from "#lib/domain/second-factor.ts";
import { stepOf } from "./app-codes.ts";
import { recoveryHash } from "./recovery-codes.ts";

/**
 * Takes a code of an account's second factor, in the caller's transaction and by the database's clock: a code of
 * the app once and none older after it, a recovery code once. Says which it was; null: no such code. Two at the same
 * moment, at any instance, stand in line at the row.
 */
export async function spendCode(tx: Db, staffId: string, text: string): Promise<"app" | "recovery" | null> {
  const typed = readCode(text);
  if (typed?.kind === "recovery") {
    const codeHash = recoveryHash(await recoveryKey(tx), staffId, typed.code);
    const used = await tx.execute(sql`
      update recovery_code set used_at = clock_timestamp()
       where code_hash = ${codeHash} and staff_id = ${staffId} and used_at is null returning id`);
    return used.rows.length === 1 ? "recovery" : null;
  }
  const { rows } = await tx.execute<{ sealed: Buffer; last_step: string | null; now_ms: string }>(sql`
    select sealed, last_step, floor(extract(epoch from clock_timestamp()) * 1000)::int8 as now_ms
      from second_factor where staff_id = ${staffId} and confirmed_at is not null for update`);
  const [row] = rows;
  if (!row || !typed) return null;
  const step = stepOf(openFactor(staffId, row.sealed).seed, typed.digits, Number(row.now_ms));
  if (step === null || step <= Number(row.last_step ?? 0)) return null;
  await tx.update(secondFactor).set({ lastStep: step }).where(eq(secondFactor.staffId, staffId));
  return "app";
}
