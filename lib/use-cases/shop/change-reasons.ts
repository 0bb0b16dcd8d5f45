import "server-only";
import { asc, inArray } from "drizzle-orm";
import { store } from "#lib/db/schema.ts";
import { type ReasonFaults, readReasons, reasonsOf } from "#lib/domain/refund-reasons.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { type CurrentStaff, roleCan } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";
import { type DeedAbout, type DeedRefusal, staffDeed } from "../settle/staff-deed.ts";

export type ReasonsRefusal = DeedRefusal | { readonly why: "badInput"; readonly fields: ReasonFaults };

/**
 * Sets the reasons for refunds, in their order, of all stores of an owner: what is on the list is offered from the next form
 * on, what is left out is retired. Requests and the audit keep the words they were made with. The audit holds before and after.
 */
export async function changeReasons(
  ctx: Context,
  by: CurrentStaff,
  { reasons }: { readonly reasons: readonly string[] },
): Promise<Result<null, ReasonsRefusal>> {
  const read = readReasons(reasons);
  type Refusal = Exclude<ReasonsRefusal, DeedRefusal>;
  return staffDeed<null, Refusal, DeedAbout>(ctx, by, {
    permission: "change-reasons",
    async find(tx, who) {
      if (who.storeIds.length === 0) return null;
      const own = inArray(store.id, [...who.storeIds]);
      const [first] = await tx.select().from(store).where(own).orderBy(asc(store.code)).for("update");
      if (!first) return null;
      const facts = {
        before: reasonsOf(first.refundReasons).join("、"),
        after: read.ok ? read.value.join("、") : null,
      };
      return { storeId: first.id, orderId: null, subject: null, facts };
    },
    async act(tx, who) {
      if (!read.ok) return refuse({ why: "badInput", fields: read.refusal });
      await tx
        .update(store)
        .set({ refundReasons: [...read.value] })
        .where(inArray(store.id, [...who.storeIds]));
      return ok(null);
    },
  });
}

/** The reasons an owner's stores offer, as the first of them has them; null for whoever may not change them. */
export async function viewReasons(ctx: Context, by: CurrentStaff): Promise<readonly string[] | null> {
  if (!roleCan(by.role, "change-reasons") || by.storeIds.length === 0) return null;
  const own = inArray(store.id, [...by.storeIds]);
  const [first] = await ctx.database.db.select().from(store).where(own).orderBy(asc(store.code)).limit(1);
  return reasonsOf(first?.refundReasons ?? null);
}
