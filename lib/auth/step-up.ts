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
import { clearTries, countTry, lockedForMs } from "./guess-lock.ts";
import { tellPinLocked } from "./notices.ts";
import { isRightSecret } from "./password.ts";

export type PinRefusal =
  | { readonly why: "wrong"; readonly triesLeft: number }
  | { readonly why: "locked"; readonly untilAt: Date; readonly waitMs: number };

export type PinTry = {
  readonly pin: string;
  /** What it is for: a request number. */
  readonly subject: string;
  /** At whose screen, where it is not the person's own. */
  readonly atScreenOf?: string;
};

const ruleOf = ({ staffId, deviceId }: Pick<CurrentStaff, "staffId" | "deviceId">) => ({
  subject: `pin:${staffId}:${deviceId}`,
  triesMax: limits.pinTriesMax,
  lockMs: limits.pinLockMs,
});

/** How long a person's PIN is still locked on a device, in ms; 0: it is not. */
export function pinLockedForMs(
  database: Database,
  at: Pick<CurrentStaff, "staffId" | "deviceId">,
): Promise<number> {
  return lockedForMs(database, ruleOf(at).subject);
}

/**
 * Takes the PIN of a person for one decision on one device: their own, or (`atScreenOf`) a colleague's till, whose session
 * and device `staff` carries then. Five wrong ones lock it on this device, and the person is told wherever they are next.
 */
export async function confirmPin(
  database: Database,
  staff: CurrentStaff,
  { subject, ...tried }: PinTry,
): Promise<Result<string, PinRefusal>> {
  const confirmed = await confirmPinForEach(database, staff, { ...tried, subjects: [subject] });
  if (!confirmed.ok) return confirmed;
  const id = confirmed.value.get(subject);
  if (!id) throw new Error("the step-up was not stored");
  return ok(id);
}

/** The same for several decisions at once: one PIN, and for each subject a step-up of its own, good for it alone. */
export async function confirmPinForEach(
  database: Database,
  staff: CurrentStaff,
  tried: Omit<PinTry, "subject"> & { readonly subjects: readonly string[] },
): Promise<Result<ReadonlyMap<string, string>, PinRefusal>> {
  const rule = ruleOf(staff);
  const { refusedUntil, lockedUntil, waitMs, triesLeft } = await countTry(database, rule);
  const [row] = await database.db
    .select({ pinHash: staffTable.pinHash, isActive: staffTable.isActive })
    .from(staffTable)
    .where(eq(staffTable.id, staff.staffId));
  const pinHash = row?.isActive ? row.pinHash : null;
  if (refusedUntil || !(await isRightSecret(pinHash, tried.pin))) {
    const facts = {
      why: lockedUntil ? "locked" : "wrong",
      ...(tried.atScreenOf ? { host: tried.atScreenOf } : {}),
    };
    await withTx(database, async (tx) => {
      await appendAudit(tx, {
        action: "step-up",
        outcome: "refused",
        staffId: staff.staffId,
        storeId: staff.storeIds[0] ?? null,
        orderId: null,
        subject: tried.subjects.join(" "),
        deviceId: staff.deviceId,
        facts,
      });
      if (lockedUntil && !refusedUntil) await tellPinLocked(tx, staff, tried.atScreenOf ?? null);
    });
    return lockedUntil
      ? refuse({ why: "locked", untilAt: lockedUntil, waitMs })
      : refuse({ why: "wrong", triesLeft });
  }
  await clearTries(database, rule);
  const made = await database.db
    .insert(stepUp)
    .values(
      tried.subjects.map((subject) => ({
        staffId: staff.staffId,
        sessionId: staff.sessionId,
        subject,
        method: tried.atScreenOf ? "counter-pin" : "pin",
        expiresAt: afterMs(limits.stepUpMs),
      })),
    )
    .returning({ subject: stepUp.subject, id: stepUp.id });
  return ok(new Map(made.map(({ subject, id }) => [subject, id])));
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
