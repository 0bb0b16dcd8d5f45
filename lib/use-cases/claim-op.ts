import "server-only";
import { createHash } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { afterMs } from "#lib/db/clock.ts";
import { moneyOp, opAttempt, refundRequest, staff } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { limits } from "#lib/domain/limits.ts";
import type { MoneyOpState } from "#lib/domain/money-op.ts";
import { sumMoney } from "#lib/domain/refund.ts";
import { auditOp } from "./audit-op.ts";
import type { Context } from "./context.ts";
import { factsOf, type OrderBooks, readBooks } from "./order-books.ts";
import { keepEvidence } from "./record-answer.ts";

type Op = OrderBooks["ops"][number];

/** An operation that this process may send, once, and what the gateway is told with it. */
export type Claim = { op: Op; fence: number; books: OrderBooks; reason: string; cashier: string };

/** Commit 1: the intent. Null when there is nothing to send any more. */
export async function claimOp(ctx: Context, opId: string): Promise<Claim | null> {
  return withTx(ctx.database, async (tx) => {
    const [found] = await tx.select().from(moneyOp).where(eq(moneyOp.id, opId));
    if (!found) return null;
    const books = await readBooks(tx, found.orderId, { isLocked: true });
    const op = books.ops.find((one) => one.id === opId);
    if (op?.state !== "READY") return null;
    const refusal = refusalBeforeSend(ctx, books, op);
    if (refusal) {
      await failUnsent(tx, books, op, refusal);
      return null;
    }
    const words = await wordsOf(tx, op);
    const fence = op.fence + 1;
    await tx
      .update(moneyOp)
      .set({
        state: "SENDING",
        fence,
        leaseOwner: ctx.instanceId,
        leaseUntil: afterMs(limits.sendLeaseMs),
        lastSentAt: sql`clock_timestamp()`,
      })
      .where(and(eq(moneyOp.id, opId), eq(moneyOp.state, "READY"), eq(moneyOp.fence, op.fence)));
    const { rows } = await tx.execute<{ n: number }>(
      sql`select count(*)::int as n from op_attempt where op_id = ${opId}`,
    );
    const digest = createHash("sha256")
      .update(
        JSON.stringify([
          op.kind,
          books.order.orderNo,
          op.merchantNo,
          op.amountMinor,
          op.currency,
          words.reason,
        ]),
      )
      .digest("hex");
    await tx
      .insert(opAttempt)
      .values({ opId, attemptNo: Number(rows[0]?.n ?? 0) + 1, digest, claimedBy: ctx.instanceId });
    await auditSend(tx, books, op, { to: "SENDING", why: "claimed" });
    return { op, fence, books, ...words };
  });
}

/** Why the fresh facts forbid the send; null: go. */
function refusalBeforeSend(ctx: Context, books: OrderBooks, op: Op): string | null {
  const { gatewayState, firstSeenAt } = books.order;
  if (op.kind === "CANCEL") {
    if (gatewayState === "paid") return "paidMeanwhile";
    if (gatewayState !== "waiting") return "notWaiting";
    const { windowMs } = ctx.capabilitiesOf(books.account).cancel;
    return windowMs !== null && books.now.getTime() - firstSeenAt.getTime() >= windowMs ? "tooLate" : null;
  }
  if (gatewayState === "paid" || gatewayState === "refund-failed") return null;
  const returnedByUs = sumMoney(factsOf(books)).returnedMinor;
  return gatewayState === "refunded" && returnedByUs > 0 ? null : "nothingToRefund";
}

async function wordsOf(tx: Db, op: Op): Promise<{ reason: string; cashier: string }> {
  if (!op.requestId) return { reason: "", cashier: "" };
  const [row] = await tx
    .select({ reason: refundRequest.reason, note: refundRequest.note, cashier: staff.name })
    .from(refundRequest)
    .innerJoin(staff, eq(staff.id, refundRequest.requestedBy))
    .where(eq(refundRequest.id, op.requestId));
  return { reason: row?.note || row?.reason || "refund", cashier: row?.cashier ?? "" };
}

async function failUnsent(tx: Db, books: OrderBooks, op: Op, why: string): Promise<void> {
  const evidenceId = await keepEvidence(
    tx,
    { orderId: op.orderId, opId: op.id, source: "rule", outcome: `${why}: ${books.order.gatewayState}` },
    null,
  );
  await tx
    .update(moneyOp)
    .set({ state: "FAILED", why, evidenceId, fence: op.fence + 1, settledAt: books.now })
    .where(eq(moneyOp.id, op.id));
  await auditSend(tx, books, op, { to: "FAILED", why });
}

/** The audit line of a move on the way out. */
export async function auditSend(
  tx: Db,
  { order }: OrderBooks,
  op: Op,
  move: { to: MoneyOpState; why: string },
): Promise<void> {
  const { amountMinor, currency } = op;
  await auditOp(tx, "send", { ...op, order }, { amountMinor, currency, ...move });
}
