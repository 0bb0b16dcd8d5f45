import "server-only";
import { type RolePaused, rolePause } from "#lib/auth/raise/role-pause.ts";
import { rightsNow } from "#lib/auth/rights-now.ts";
import { type AuditLine, appendAudit } from "#lib/db/audit.ts";
import type { Db } from "#lib/db/client.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { type Result, refuse } from "#lib/domain/result.ts";
import { type CurrentStaff, isWeighty, type Permission, roleCan } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";

/** Refusals every deed of staff may end in. */
export type DeedRefusal = { readonly why: "notFound" | "notAllowed" | "signedOut" } | RolePaused;

/** What the audit says a deed was about. */
export type DeedAbout = {
  readonly storeId: string | null;
  readonly orderId: string | null;
  readonly subject: string | null;
  readonly facts: AuditLine["facts"];
};

type Deed<T, R, A extends DeedAbout> = {
  readonly permission: Permission;
  /** Finds and locks what it is about, in this person's stores; null: it is none of theirs, or not there. */
  readonly find: (tx: Db, staff: CurrentStaff) => Promise<A | null>;
  readonly act: (tx: Db, staff: CurrentStaff, about: A) => Promise<Result<T, R>>;
};

/**
 * The frame of what staff do about money that needs a person: rights as they are in this transaction, the thing found in
 * their stores, the deed, and one audit line beside it, done or refused.
 */
export async function staffDeed<T, R extends { readonly why: string }, A extends DeedAbout>(
  ctx: Context,
  by: CurrentStaff,
  { permission, find, act }: Deed<T, R, A>,
): Promise<Result<T, R | DeedRefusal>> {
  return withTx(ctx.database, async (tx) => {
    const rights = await rightsNow(tx, by);
    const about = await find(tx, rights ?? by);
    const answer = await decide();
    await appendAudit(tx, {
      action: permission,
      outcome: answer.ok ? "done" : "refused",
      staffId: by.staffId,
      storeId: about?.storeId ?? by.storeIds[0] ?? null,
      orderId: about?.orderId ?? null,
      subject: about?.subject ?? null,
      deviceId: by.deviceId,
      facts: { ...about?.facts, ...(answer.ok ? {} : { reason: null, why: answer.refusal.why }) },
    });
    return answer;

    async function decide(): Promise<Result<T, R | DeedRefusal>> {
      if (!rights) return refuse({ why: "signedOut" as const });
      if (!about) return refuse({ why: "notFound" as const });
      if (!roleCan(rights.role, permission)) return refuse({ why: "notAllowed" as const });
      const pause = isWeighty(permission) ? await rolePause(tx, rights, about.storeId) : null;
      return pause ? refuse(pause) : act(tx, rights, about);
    }
  });
}
