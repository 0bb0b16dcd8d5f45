import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { afterMs } from "#lib/db/clock.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { sessionLimits } from "#lib/domain/session-limits.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { auditAccount } from "../audit-account.ts";
import { confirmPin, type PinRefusal, takeStepUp } from "../step-up.ts";
import { isOpen } from "./session-stage.ts";

/** Locks the person's screen: their session answers nothing until the PIN was typed. Locked already, it stays so. */
export async function lockScreen(database: Database, me: CurrentStaff): Promise<Result<null, never>> {
  return withTx(database, async (tx) => {
    const { rows } = await tx.execute(sql`
      update app_session set locked_at = clock_timestamp() where id = ${me.sessionId} and locked_at is null returning id`);
    if (rows.length > 0) await auditAccount(tx, me, { action: "lock-screen", why: null });
    return ok(null);
  });
}

export type UnlockRefusal = PinRefusal | { readonly why: "signedOut" };

/**
 * Unlocks the person's screen with their PIN; wrong ones count with those of approvals on this device. A session that ran
 * out meanwhile stays over. `idle` begins anew, the end of the day does not move.
 */
export async function unlockScreen(
  database: Database,
  me: CurrentStaff,
  { pin }: { pin: string },
): Promise<Result<null, UnlockRefusal>> {
  const subject = "unlock-screen";
  const step = await confirmPin(database, me, { pin, subject });
  if (!step.ok) return step;
  return withTx(database, async (tx) => {
    const isTaken = await takeStepUp(tx, me, { id: step.value, subject });
    const { rows } = await tx.execute(sql`
      update app_session s set locked_at = null, last_action_at = clock_timestamp(), idle_until = ${afterMs(sessionLimits[me.role].idleMs)}
       where s.id = ${me.sessionId} and ${isTaken} and ${isOpen} returning s.id`);
    const why = rows.length > 0 ? null : "signedOut";
    await auditAccount(tx, me, { action: subject, why });
    return why ? refuse({ why }) : ok(null);
  });
}
