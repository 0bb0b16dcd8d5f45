import "server-only";
import { and, eq, inArray } from "drizzle-orm";
import { rightsNow } from "#lib/auth/rights-now.ts";
import { appendAudit } from "#lib/db/audit.ts";
import type { Db } from "#lib/db/client.ts";
import { afterMs } from "#lib/db/clock.ts";
import { refundRequest } from "#lib/db/schema.ts";
import { brokenConstraint, withTx } from "#lib/db/with-tx.ts";
import { limits } from "#lib/domain/limits.ts";
import { mayRequestRefund, type RefundReason, type RefundRefusal } from "#lib/domain/refund.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { type CurrentStaff, roleCan } from "#lib/domain/staff.ts";
import type { Context } from "./context.ts";
import { factsOf, findOrder, type OrderBooks, readBooks, snapshotOf } from "./order-books.ts";

export type RefundAsk = {
  readonly account: string;
  readonly orderNo: string;
  /** Made when the form opened; the same id is the same request. */
  readonly clientRequestId: string;
  readonly amountMinor: number;
  readonly reason: RefundReason;
  readonly note: string;
};
export type RequestRefusal = RefundRefusal | { readonly why: "notFound" | "notAllowed" | "signedOut" };

/**
 * Asks for money back. The amount is reserved from now on; nothing is sent before a second person approves. A repeated
 * form (same `clientRequestId`) finds its first request. Refused attempts are audited too.
 */
export async function requestRefund(
  ctx: Context,
  staff: CurrentStaff,
  ask: RefundAsk,
): Promise<Result<{ requestNo: string }, RequestRefusal>> {
  const found = await findOrder(ctx.database.db, staff, ask);
  if (!found) return refuse({ why: "notFound" });
  const insert = () => withTx(ctx.database, (tx) => writeRequest(ctx, tx, { staff, ask, orderId: found.id }));
  try {
    return await insert();
  } catch (error) {
    // Two presses or two forms at once: the winner's row is committed now, so the rule answers with its facts.
    const constraint = brokenConstraint(error);
    if (constraint === "refund_request_sum" || constraint === "refund_request_client_request_id_unique")
      return insert();
    throw error;
  }
}

type Writing = { staff: CurrentStaff; ask: RefundAsk; orderId: string };

async function writeRequest(
  ctx: Context,
  tx: Db,
  { staff, ask, orderId }: Writing,
): Promise<Result<{ requestNo: string }, RequestRefusal>> {
  const rights = await rightsNow(tx, staff);
  const books = await readBooks(tx, orderId, { isLocked: true });
  const [mine] = await tx
    .select()
    .from(refundRequest)
    .where(
      and(
        eq(refundRequest.clientRequestId, ask.clientRequestId),
        inArray(refundRequest.storeId, [...staff.storeIds]),
      ),
    );
  if (mine) return ok({ requestNo: mine.requestNo });
  const allowed = mayAsk(ctx, { rights, books }, ask);
  const event = {
    action: "request-refund",
    staffId: staff.staffId,
    storeId: books.order.storeId,
    orderId,
    deviceId: staff.deviceId,
    facts: {
      orderNo: books.order.orderNo,
      amountMinor: ask.amountMinor,
      currency: books.order.currency,
      reason: ask.reason,
    },
  };
  if (!allowed.ok) {
    await appendAudit(tx, {
      ...event,
      outcome: "refused",
      subject: null,
      facts: { ...event.facts, why: allowed.refusal.why },
    });
    return allowed;
  }
  const [row] = await tx
    .insert(refundRequest)
    .values({
      clientRequestId: ask.clientRequestId,
      orderId,
      storeId: books.order.storeId,
      amountMinor: ask.amountMinor,
      currency: books.order.currency,
      reason: ask.reason,
      note: ask.note,
      requestedBy: staff.staffId,
      requestedPerson: rights?.personId ?? staff.personId,
      expiresAt: afterMs(limits.requestExpiresMs),
      snapshot: snapshotOf(books, 0),
    })
    .returning({ requestNo: refundRequest.requestNo });
  if (!row) throw new Error("the request was not stored");
  await appendAudit(tx, { ...event, outcome: "done", subject: row.requestNo });
  return ok(row);
}

/** The rights of this moment first, then the rule. */
function mayAsk(
  ctx: Context,
  { rights, books }: { rights: CurrentStaff | null; books: OrderBooks },
  ask: RefundAsk,
): Result<unknown, RequestRefusal> {
  if (!rights) return refuse({ why: "signedOut" });
  if (!rights.storeIds.includes(books.order.storeId)) return refuse({ why: "notFound" });
  if (!roleCan(rights.role, "request-refund")) return refuse({ why: "notAllowed" });
  return mayRequestRefund(factsOf(books), ask.amountMinor, ctx.capabilitiesOf(books.account));
}
