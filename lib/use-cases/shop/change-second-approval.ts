import "server-only";
import { eq } from "drizzle-orm";
import { store } from "#lib/db/schema.ts";
import type { AmountRefusal } from "#lib/domain/money.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { readSecondAbove } from "#lib/domain/second-approval.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";
import { type DeedAbout, type DeedRefusal, staffDeed } from "../settle/staff-deed.ts";

export type SecondApprovalRefusal =
  | DeedRefusal
  | { readonly why: "badInput"; readonly fields: { readonly secondAbove: AmountRefusal } };
type Ask = { readonly storeCode: string; readonly secondAbove: string };
type About = DeedAbout & { readonly row: typeof store.$inferSelect };

/**
 * Sets above which amount two different managers approve the refunds of an owner's own store: nothing typed is never, zero
 * is always. It counts from the next approval on, also for what waits already. The audit holds before and after.
 */
export async function changeSecondApproval(
  ctx: Context,
  by: CurrentStaff,
  { storeCode, secondAbove }: Ask,
): Promise<Result<null, SecondApprovalRefusal>> {
  type Refusal = Exclude<SecondApprovalRefusal, DeedRefusal>;
  return staffDeed<null, Refusal, About>(ctx, by, {
    permission: "change-second-approval",
    async find(tx, who) {
      const [row] = await tx.select().from(store).where(eq(store.code, storeCode)).for("update");
      if (!row || !who.storeIds.includes(row.id)) return null;
      const read = readSecondAbove(secondAbove, row.currency);
      const facts = {
        currency: row.currency,
        secondAboveMinor: read.ok ? read.value : null,
        secondBeforeMinor: row.secondApprovalAboveMinor,
      };
      return { storeId: row.id, orderId: null, subject: storeCode, facts, row };
    },
    async act(tx, _, { row }) {
      const read = readSecondAbove(secondAbove, row.currency);
      if (!read.ok) return refuse({ why: "badInput", fields: { secondAbove: read.refusal } });
      await tx.update(store).set({ secondApprovalAboveMinor: read.value }).where(eq(store.id, row.id));
      return ok(null);
    },
  });
}
