import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Database, Db } from "#lib/db/client.ts";
import { staff as staffTable } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { type Result, refuse } from "#lib/domain/result.ts";
import { readCode } from "#lib/domain/second-factor.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { auditAccount } from "../audit-account.ts";
import { clearTries, codeRule, countTry, passwordRule } from "../guess-lock.ts";
import { isRightSecret } from "../password.ts";
import { lineUp } from "../session/open-session.ts";
import { isOpen, stageNow } from "../session/session-stage.ts";
import { spendCode } from "./spend-code.ts";

export type ProofRefusal =
  | { readonly why: "signedOut" }
  | { readonly why: "badInput"; readonly fields: { readonly proof: "wrongProof" } }
  | { readonly why: "lockedProof"; readonly untilAt: Date; readonly waitMs: number };

type Proven<T, W extends string> = {
  /** The password, or a code of the app or a recovery code. */
  readonly proof: string;
  readonly action: string;
  readonly facts?: Readonly<Record<string, string>>;
  /** Runs in the transaction in which the code was spent and the audit line is written. */
  readonly deed: (tx: Db) => Promise<Result<T, { readonly why: W }>>;
};

/**
 * Changes how somebody's own account signs in once they gave their password or a code, because whoever finds a till
 * unlocked has neither. Wrong ones count and wait like those at sign-in, and are on record as refusals of the deed.
 */
export async function withProof<T, W extends string>(
  database: Database,
  me: CurrentStaff,
  { proof, action, facts, deed }: Proven<T, W>,
): Promise<Result<T, ProofRefusal | { readonly why: W }>> {
  const isCode = readCode(proof) !== null;
  const rule = isCode ? codeRule(me.staffId, me.deviceId) : passwordRule(me.username, me.deviceId);
  const { refusedUntil, lockedUntil, waitMs } = await countTry(database, rule);
  const isPassword = !refusedUntil && !isCode && (await isOwnPassword(database, me, proof));
  const { step, answer } = await withTx(database, async (tx) => {
    const done = await (async () => {
      if (!(await isHere(tx, me))) return { step: "signedOut" } as const;
      const isRight = isPassword || (isCode && !refusedUntil && (await spendCode(tx, me.staffId, proof)));
      if (!isRight) return { step: lockedUntil ? "lockedProof" : "wrongProof" } as const;
      return { step: "proven", answer: await deed(tx) } as const;
    })();
    const refused = done.answer?.ok ? null : (done.answer?.refusal.why ?? done.step);
    await auditAccount(tx, me, { action, why: refused, facts });
    return done;
  });
  if (step === "signedOut") return refuse({ why: step });
  if (answer) {
    await clearTries(database, rule);
    return answer;
  }
  if (lockedUntil) return refuse({ why: "lockedProof", untilAt: lockedUntil, waitMs });
  return refuse({ why: "badInput", fields: { proof: "wrongProof" } });
}

/** The session still stands and its person may see to their own second factor; others who change the account wait. */
export async function isHere(tx: Db, me: CurrentStaff): Promise<boolean> {
  await lineUp(tx, me.staffId);
  const { rows } = await tx.execute(sql`
    select 1 from app_session s join staff p on p.id = s.staff_id
     where s.id = ${me.sessionId} and p.id = ${me.staffId} and p.is_active and ${isOpen} and ${stageNow} in ('in', 'setUp')`);
  return rows.length > 0;
}

async function isOwnPassword({ db }: Database, { staffId }: CurrentStaff, proof: string): Promise<boolean> {
  const [row] = await db
    .select({ passwordHash: staffTable.passwordHash })
    .from(staffTable)
    .where(eq(staffTable.id, staffId));
  return isRightSecret(row?.passwordHash ?? null, proof);
}
