import "server-only";
import { eq, sql } from "drizzle-orm";
import { appendAudit } from "#lib/db/audit.ts";
import type { Database, Db } from "#lib/db/client.ts";
import { afterMs } from "#lib/db/clock.ts";
import { staff as staffTable, stepUp } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { limits } from "#lib/domain/limits.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { clearTries, countTry } from "./guess-lock.ts";
import { isRightSecret } from "./password.ts";

export type PinRefusal = { readonly why: "wrong" } | { readonly why: "locked"; readonly untilAt: Date };

/** Takes the PIN of a signed-in person for one decision (`subject`, a request number). Five wrong ones lock it on this device. */
export async function confirmPin(
  database: Database,
  staff: CurrentStaff,
  tried: { pin: string; subject: string },
): Promise<Result<string, PinRefusal>> {
  const rule = {
    subject: `pin:${staff.staffId}:${staff.deviceId}`,
    triesMax: limits.pinTriesMax,
    lockMs: limits.pinLockMs,
  };
  const { refusedUntil, lockedUntil } = await countTry(database, rule);
  const [row] = await database.db
    .select({ pinHash: staffTable.pinHash })
    .from(staffTable)
    .where(eq(staffTable.id, staff.staffId));
  if (refusedUntil || !(await isRightSecret(row?.pinHash ?? null, tried.pin))) {
    await withTx(database, (tx) =>
      appendAudit(tx, {
        action: "step-up",
        outcome: "refused",
        staffId: staff.staffId,
        storeId: staff.storeIds[0] ?? null,
        orderId: null,
        subject: tried.subject,
        deviceId: staff.deviceId,
        facts: { why: lockedUntil ? "locked" : "wrong" },
      }),
    );
    return lockedUntil ? refuse({ why: "locked", untilAt: lockedUntil }) : refuse({ why: "wrong" });
  }
  await clearTries(database, rule);
  const [made] = await database.db
    .insert(stepUp)
    .values({
      staffId: staff.staffId,
      sessionId: staff.sessionId,
      subject: tried.subject,
      method: "pin",
      expiresAt: afterMs(limits.stepUpMs),
    })
    .returning({ id: stepUp.id });
  if (!made) throw new Error("the step-up was not stored");
  return ok(made.id);
}

/** Uses a step-up up, in the transaction of the decision: once, for this person, session and subject, before it runs out. */
export async function takeStepUp(
  tx: Db,
  staff: CurrentStaff,
  { id, subject }: { id: string; subject: string },
): Promise<boolean> {
  const { rows } = await tx.execute(sql`
    update step_up set used_at = clock_timestamp()
     where id = ${id} and staff_id = ${staff.staffId} and session_id = ${staff.sessionId} and subject = ${subject}
       and used_at is null and expires_at > clock_timestamp()
    returning id`);
  return rows.length === 1;
}
