import "server-only";
import { and, eq, inArray } from "drizzle-orm";
import { rightsNow } from "#lib/auth/rights-now.ts";
import { appendAudit } from "#lib/db/audit.ts";
import type { Db } from "#lib/db/client.ts";
import { afterMs } from "#lib/db/clock.ts";
import { refundRequest } from "#lib/db/schema.ts";
import { brokenConstraint, withTx } from "#lib/db/with-tx.ts";
import { limits } from "#lib/domain/limits.ts";
import { type OwnLimitFacts, whyManager } from "#lib/domain/own-limit.ts";
import type { RequestPath } from "#lib/domain/refund.ts";
import { ok, type Result } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { inDeedSpan } from "#lib/trace.ts";
import type { Context } from "./context.ts";
import { expireRequests } from "./expire-requests.ts";
import { mayAsk, type RequestRefusal } from "./may-ask.ts";
import { findOrder, type OrderBooks, readBooks, snapshotOf } from "./order-books.ts";
import { approveByRule } from "./own-limit/approve-by-rule.ts";
import { lockPerson, readOwnLimit } from "./own-limit/read-own-limit.ts";
import { refuseNotFound } from "./refuse-not-found.ts";

export type RefundAsk = {
  readonly account: string;
  readonly orderNo: string;
  /** Made when the form opened; the same id is the same request. */
  readonly clientRequestId: string;
  readonly amountMinor: number;
  /** One of those the order's store offers at this moment. */
  readonly reason: string;
  readonly note: string;
  /** The request this one follows: returned for change (then it is replaced by this one), or over without a refund. */
  readonly previousNo?: string | undefined;
};

/** `path`: whether a manager decides, or the own limit approved it and it is being sent. */
export type Asked = { readonly requestNo: string; readonly path: RequestPath };

/**
 * Asks for money back. The amount is reserved from now on. Within the own limits of the person who asks, as they stand in
 * this transaction, the rule approves it here and the clerk sends it; else nothing is sent before a second person approves.
 * A person's requests stand in line, so many at once cannot pass the limits of a day. A repeated
 * form (same `clientRequestId`) finds its first request. An answer to a returned request replaces it in the same
 * transaction, so the amount is never reserved twice and never free in between. Refused attempts are audited too.
 */
export function requestRefund(
  ctx: Context,
  staff: CurrentStaff,
  ask: RefundAsk,
): Promise<Result<Asked, RequestRefusal>> {
  return inDeedSpan("request-refund", () => request(ctx, staff, ask));
}

async function request(
  ctx: Context,
  staff: CurrentStaff,
  ask: RefundAsk,
): Promise<Result<Asked, RequestRefusal>> {
  const found = await findOrder(ctx.database.db, staff, ask);
  if (!found) return refuseNotFound(ctx, staff, { action: "request-refund", orderNo: ask.orderNo });
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
): Promise<Result<Asked, RequestRefusal>> {
  await lockPerson(tx, staff);
  const rights = await rightsNow(tx, staff);
  await readBooks(tx, orderId, { isLocked: true });
  await expireRequests(tx, orderId);
  const books = await readBooks(tx, orderId);
  const [mine] = await tx
    .select({ requestNo: refundRequest.requestNo, rule: refundRequest.approvedByRule })
    .from(refundRequest)
    .where(
      and(
        eq(refundRequest.clientRequestId, ask.clientRequestId),
        inArray(refundRequest.storeId, [...staff.storeIds]),
      ),
    );
  if (mine) return ok({ requestNo: mine.requestNo, path: mine.rule ? "sent" : "asked" });
  const previous = books.requests.find(({ requestNo }) => requestNo === ask.previousNo);
  const isAnswer = previous?.status === "RETURNED";
  const { order } = books;
  const event = {
    action: isAnswer ? "resend-refund" : "request-refund",
    staffId: staff.staffId,
    storeId: order.storeId,
    orderId,
    deviceId: staff.deviceId,
    facts: {
      orderNo: order.orderNo,
      amountMinor: ask.amountMinor,
      currency: order.currency,
      reason: ask.reason,
      askedBy: rights?.name ?? staff.name,
      ...(ask.previousNo ? { previousNo: ask.previousNo } : {}),
    },
  };
  const allowed = await mayAsk(ctx, tx, { rights, books, ask });
  if (!allowed.ok) {
    const facts = { ...event.facts, why: allowed.refusal.why };
    await appendAudit(tx, { ...event, outcome: "refused", subject: null, facts });
    return allowed;
  }
  if (isAnswer)
    await tx.update(refundRequest).set({ status: "RESENT" }).where(eq(refundRequest.id, previous.id));
  const by = allowed.value;
  const own = await readOwnLimit(tx, by, books);
  const request = await insertRequest(tx, books, { ask, by, previousId: previous?.id ?? null, own });
  await appendAudit(tx, { ...event, outcome: "done", subject: request.requestNo });
  const isByRule = request.judgement?.why === null;
  if (isByRule) await approveByRule(tx, books, { request, by, own });
  return ok({ requestNo: request.requestNo, path: isByRule ? "sent" : "asked" });
}

type Inserting = { ask: RefundAsk; by: CurrentStaff; previousId: string | null; own: OwnLimitFacts };

async function insertRequest(
  tx: Db,
  books: OrderBooks,
  { ask, by, previousId, own }: Inserting,
): Promise<OrderBooks["requests"][number]> {
  const replaced = books.requests.find(({ id, status }) => id === previousId && status === "RETURNED");
  const [row] = await tx
    .insert(refundRequest)
    .values({
      clientRequestId: ask.clientRequestId,
      orderId: books.order.id,
      storeId: books.order.storeId,
      amountMinor: ask.amountMinor,
      currency: books.order.currency,
      reason: ask.reason,
      note: ask.note,
      requestedBy: by.staffId,
      requestedPerson: by.personId,
      expiresAt: afterMs(limits.requestExpiresMs),
      snapshot: snapshotOf(books, replaced?.amountMinor ?? 0),
      previousId,
      judgement: {
        why: whyManager(ask.amountMinor, own),
        limits: own.limits,
        today: own.today,
        saleAgeMs: own.sale.ageMs,
        secondAboveMinor: own.sale.secondAboveMinor,
      },
    })
    .returning();
  if (!row) throw new Error("the request was not stored");
  return row;
}
