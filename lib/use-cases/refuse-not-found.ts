import "server-only";
import { appendAudit } from "#lib/db/audit.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { type Result, refuse } from "#lib/domain/result.ts";
import type { CurrentStaff, Permission } from "#lib/domain/staff.ts";
import type { Context } from "./context.ts";

/**
 * Refuses a deed about an order that is none of this person's stores', or nobody's: both answer alike, and the attempt is
 * on record (security paper T7). The number is kept as it was sent, up to 32 characters.
 */
export async function refuseNotFound(
  ctx: Context,
  staff: CurrentStaff,
  { action, orderNo }: { action: Permission; orderNo: string },
): Promise<Result<never, { why: "notFound" }>> {
  await withTx(ctx.database, (tx) =>
    appendAudit(tx, {
      action,
      outcome: "refused",
      staffId: staff.staffId,
      storeId: staff.storeIds[0] ?? null,
      orderId: null,
      subject: null,
      deviceId: staff.deviceId,
      facts: { orderNo: orderNo.slice(0, 32), why: "notFound" },
    }),
  );
  return refuse({ why: "notFound" });
}
