import "server-only";
import { eq } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { guardCheck, payOrder } from "#lib/db/schema.ts";
import { guardSchedule } from "#lib/domain/recovery/guard.ts";
import type { Context } from "../context.ts";
import type { OrderBooks } from "../order-books.ts";

/** Marks an order cancelled and, where a cancelled order may still be paid, writes down when it is looked at again (money.md 2.10). */
export async function noteCancelled(
  ctx: Context,
  tx: Db,
  { order, account, now }: OrderBooks,
): Promise<void> {
  await tx.update(payOrder).set({ cancelledAt: now }).where(eq(payOrder.id, order.id));
  if (!ctx.capabilitiesOf(account).cancel.isProvisional) return;
  const rows = guardSchedule(now).map((dueAt, checkNo) => ({
    orderId: order.id,
    accountId: order.accountId,
    checkNo,
    dueAt,
  }));
  await tx.insert(guardCheck).values(rows).onConflictDoNothing();
}
