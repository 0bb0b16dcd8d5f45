import "server-only";
import { and, eq, inArray, isNull } from "drizzle-orm";
import { incident, payOrder } from "#lib/db/schema.ts";
import { selfClosingKinds } from "#lib/domain/recovery/incident.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";
import { type DeedAbout, type DeedRefusal, staffDeed } from "../settle/staff-deed.ts";
import { closeIncident } from "./open-incident.ts";

export type CloseRefusal = DeedRefusal | { readonly why: "closesItself" };

/**
 * Closes a case that only a person can close, with what they found. Cases about money that is still open close by
 * themselves; one exception is an order that was paid after its cancel, where keeping the payment is a decision too.
 */
export async function closeCase(
  ctx: Context,
  staff: CurrentStaff,
  { caseNo, found }: { caseNo: string; found: string },
): Promise<Result<null, CloseRefusal>> {
  type About = DeedAbout & { readonly row: typeof incident.$inferSelect };
  return staffDeed<null, { why: "closesItself" }, About>(ctx, staff, {
    permission: "close-incident",
    find: async (tx, who) => {
      if (who.storeIds.length === 0) return null;
      const [row] = await tx
        .select({ row: incident, orderNo: payOrder.orderNo })
        .from(incident)
        .leftJoin(payOrder, eq(payOrder.id, incident.orderId))
        .where(
          and(
            eq(incident.caseNo, caseNo),
            inArray(incident.storeId, [...who.storeIds]),
            isNull(incident.closedAt),
          ),
        );
      if (!row) return null;
      const facts = { orderNo: row.orderNo ?? "", reason: caseNo, found };
      const { storeId, orderId } = row.row;
      return { row: row.row, storeId, orderId, subject: caseNo, facts };
    },
    act: async (tx, who, { row }) => {
      const closesItself = (selfClosingKinds as readonly string[]).includes(row.kind);
      if (closesItself && row.kind !== "paidAfterCancel") return refuse({ why: "closesItself" });
      await closeIncident(tx, row.id, { why: found, staff: who, isAudited: true });
      return ok(null);
    },
  });
}
