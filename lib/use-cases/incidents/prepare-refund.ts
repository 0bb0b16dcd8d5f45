import "server-only";
import { randomUUID } from "node:crypto";
import { desc, eq } from "drizzle-orm";
import { appendAudit } from "#lib/db/audit.ts";
import type { Db } from "#lib/db/client.ts";
import { afterMs } from "#lib/db/clock.ts";
import { refundRequest, staff } from "#lib/db/schema.ts";
import { mayRequestRefund } from "#lib/domain/refund.ts";
import type { Context } from "../context.ts";
import { factsOf, type OrderBooks, snapshotOf } from "../order-books.ts";

/** How long a prepared request waits for its manager, in ms: as long as the guard looks. */
const preparedExpiresMs = 7 * 24 * 3_600_000;

/**
 * Prepares the refund of an order that was paid after its cancel: the whole amount, asked in the name of the person who
 * cancelled it, so that approving it takes another person as always (docs/adr/0012). Nothing is sent. Null where nothing
 * can be asked for, or the person is no longer in the books.
 */
export async function prepareRefund(
  ctx: Context,
  tx: Db,
  books: OrderBooks,
  { caseNo }: { caseNo: string },
): Promise<string | null> {
  const { order, account, ops } = books;
  const allowed = mayRequestRefund(factsOf(books), null, ctx.capabilitiesOf(account));
  const cancel = ops.findLast(({ kind, state }) => kind === "CANCEL" && state === "SUCCEEDED");
  if (!allowed.ok || !cancel) return null;
  const [asker] = await tx
    .select()
    .from(staff)
    .where(eq(staff.personId, cancel.requestedPerson))
    .orderBy(desc(staff.isActive), staff.createdAt)
    .limit(1);
  if (!asker) return null;
  const [row] = await tx
    .insert(refundRequest)
    .values({
      clientRequestId: randomUUID(),
      orderId: order.id,
      storeId: order.storeId,
      amountMinor: allowed.value.remainingMinor,
      currency: order.currency,
      reason: "other",
      note: `Paid after cancel 取消後付款 ${caseNo}`,
      requestedBy: asker.id,
      requestedPerson: asker.personId,
      expiresAt: afterMs(preparedExpiresMs),
      snapshot: snapshotOf(books, 0),
    })
    .returning({ requestNo: refundRequest.requestNo });
  if (!row) throw new Error("the prepared request was not stored");
  await appendAudit(tx, {
    action: "prepare-refund",
    outcome: "done",
    staffId: null,
    storeId: order.storeId,
    orderId: order.id,
    subject: row.requestNo,
    deviceId: null,
    facts: {
      orderNo: order.orderNo,
      amountMinor: allowed.value.remainingMinor,
      currency: order.currency,
      caseNo,
      askedFor: asker.name,
    },
  });
  return row.requestNo;
}
