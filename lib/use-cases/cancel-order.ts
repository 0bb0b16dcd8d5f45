import "server-only";
import { eq } from "drizzle-orm";
import { rightsNow } from "#lib/auth/rights-now.ts";
import { appendAudit } from "#lib/db/audit.ts";
import type { Db } from "#lib/db/client.ts";
import { moneyOp } from "#lib/db/schema.ts";
import { brokenConstraint, withTx } from "#lib/db/with-tx.ts";
import { type CancelRefusal, mayCancel } from "#lib/domain/cancel.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { type CurrentStaff, roleCan } from "#lib/domain/staff.ts";
import { inDeedSpan } from "#lib/trace.ts";
import type { Context } from "./context.ts";
import { factsOf, findOrder, type OrderBooks, readBooks } from "./order-books.ts";
import { refuseNotFound } from "./refuse-not-found.ts";
import { nextMerchantNo } from "./restore/next-merchant-no.ts";

export type CancelOrderRefusal = { readonly why: CancelRefusal | "notFound" | "notAllowed" | "signedOut" };

/**
 * Writes down the intent to cancel; the clerk asks the gateway again and then cancels. Only for orders that wait for
 * payment, inside the gateway's window by the server's clock. A second press finds the first operation. Whoever lost the right
 * since the page was read is refused, by what stands in the deciding transaction; refused attempts are audited too.
 */
export function cancelOrder(
  ctx: Context,
  staff: CurrentStaff,
  ask: CancelAsk,
): Promise<Result<{ opId: string }, CancelOrderRefusal>> {
  return inDeedSpan("cancel-order", () => cancel(ctx, staff, ask));
}

type CancelAsk = { account: string; orderNo: string; clientRequestId: string };

async function cancel(
  ctx: Context,
  staff: CurrentStaff,
  ask: CancelAsk,
): Promise<Result<{ opId: string }, CancelOrderRefusal>> {
  const found = await findOrder(ctx.database.db, staff, ask);
  if (!found) return refuseNotFound(ctx, staff, { action: "cancel-order", orderNo: ask.orderNo });
  try {
    return await withTx(ctx.database, (tx) =>
      writeCancel(ctx, tx, { staff, orderId: found.id, clientRequestId: ask.clientRequestId }),
    );
  } catch (error) {
    if (brokenConstraint(error) === "money_op_one_live") return refuse({ why: "moneyIsMoving" });
    throw error;
  }
}

type Writing = { staff: CurrentStaff; orderId: string; clientRequestId: string };

async function writeCancel(
  ctx: Context,
  tx: Db,
  { staff, orderId, clientRequestId }: Writing,
): Promise<Result<{ opId: string }, CancelOrderRefusal>> {
  const rights = await rightsNow(tx, staff);
  const books = await readBooks(tx, orderId, { isLocked: true });
  const { order } = books;
  const [mine] = await tx
    .select({ id: moneyOp.id })
    .from(moneyOp)
    .where(eq(moneyOp.clientRequestId, clientRequestId));
  if (mine && books.ops.some((op) => op.id === mine.id)) return ok({ opId: mine.id });
  const allowed = mayCancelNow(ctx, rights, books);
  const event = {
    action: "cancel-order",
    staffId: staff.staffId,
    storeId: order.storeId,
    orderId,
    deviceId: staff.deviceId,
  };
  if (!allowed.ok) {
    await appendAudit(tx, {
      ...event,
      outcome: "refused",
      subject: null,
      facts: { orderNo: order.orderNo, why: allowed.refusal },
    });
    return refuse({ why: allowed.refusal });
  }
  const number = await nextMerchantNo(tx);
  const [op] = await tx
    .insert(moneyOp)
    .values({
      kind: "CANCEL",
      orderId,
      accountId: order.accountId,
      clientRequestId,
      amountMinor: 0,
      currency: order.currency,
      merchantNo: number,
      requestedPerson: allowed.value.personId,
    })
    .returning({ id: moneyOp.id });
  if (!op) throw new Error("the operation was not stored");
  await appendAudit(tx, { ...event, outcome: "done", subject: number, facts: { orderNo: order.orderNo } });
  return ok({ opId: op.id });
}

/** The rights it was judged by, where this person may cancel this order now. */
function mayCancelNow(
  ctx: Context,
  rights: CurrentStaff | null,
  books: OrderBooks,
): Result<CurrentStaff, CancelOrderRefusal["why"]> {
  if (!rights) return refuse("signedOut" as const);
  if (!rights.storeIds.includes(books.order.storeId)) return refuse("notFound" as const);
  if (!roleCan(rights.role, "cancel-order")) return refuse("notAllowed" as const);
  const facts = { ...factsOf(books), madeAt: books.order.firstSeenAt };
  const may = mayCancel(facts, ctx.capabilitiesOf(books.account), { now: books.now, by: "send" });
  return may.ok ? ok(rights) : may;
}
