import "server-only";
import { eq, sql } from "drizzle-orm";
import { payOrder } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { isOpenOutcome } from "#lib/domain/money-op.ts";
import { canQueryRefund } from "#lib/domain/refund.ts";
import type { CallOptions, GatewayOutcome, RefundSeen } from "#lib/gateway/gateway.ts";
import type { Context, OpenAccount } from "../context.ts";
import { noteBrokenAnswer } from "../incidents/note-broken-answer.ts";
import { noteFindings } from "../incidents/note-findings.ts";
import { keepEvidence } from "../keep-evidence.ts";
import { type OrderBooks, readBooks } from "../order-books.ts";
import { moveSent } from "./move-sent.ts";

type Op = OrderBooks["ops"][number];
type Call<T> = (options: CallOptions) => Promise<GatewayOutcome<T>>;

/**
 * The question about one refund by its number, where the gateway and the order's wallet take it; null: the order is asked
 * about instead. Every second question is about the order, so that its own state stays fresh as well.
 */
export function askByNumber(
  ctx: Context,
  { gateway }: OpenAccount,
  books: OrderBooks,
  op: Op,
): Call<RefundSeen> | null {
  const { order, account } = books;
  const { queryRefund } = gateway;
  const isAble = queryRefund !== null && canQueryRefund(ctx.capabilitiesOf(account), order.wallet);
  if (!isAble || op.kind !== "REFUND" || !isOpenOutcome(op.state) || op.askCount % 2 === 1) return null;
  const ask = {
    orderNo: order.orderNo,
    orderAmountMinor: order.paidMinor,
    handles: order.handles,
    refundNo: op.merchantNo,
    refundMinor: op.amountMinor,
  };
  return (options) => queryRefund(ask, options);
}

/** Writes down what the gateway said of one refund's number and moves its operation where that proves it. */
export async function recordNumber(
  ctx: Context,
  { orderId, opId }: { orderId: string; opId: string },
  outcome: GatewayOutcome<RefundSeen>,
): Promise<void> {
  await withTx(ctx.database, async (tx) => {
    const books = await readBooks(tx, orderId, { isLocked: true });
    const op = books.ops.find(({ id }) => id === opId);
    const evidenceId = await keepEvidence(
      tx,
      { orderId, opId, source: "number", outcome: outcome.outcome },
      outcome.evidence,
    );
    await noteBrokenAnswer(tx, books, { evidenceId, outcome });
    if (!op || !isOpenOutcome(op.state)) return;
    const { value } = outcome.outcome === "done" ? outcome : { value: null };
    const reading = value && {
      by: "number" as const,
      state: value.state,
      refundedMinor: value.refundedMinor,
    };
    await moveSent(ctx, tx, books, { op, evidenceId, reading });
  });
}

/** The question about all refunds of an order; null where the gateway has none. */
export function askRefunds(
  { gateway }: OpenAccount,
  { order }: OrderBooks,
): Call<readonly RefundSeen[]> | null {
  const { listRefunds } = gateway;
  if (!listRefunds) return null;
  const ask = { orderNo: order.orderNo, orderAmountMinor: order.paidMinor, handles: order.handles };
  return (options) => listRefunds(ask, options);
}

/** Holds the list of an order's refunds against the books: money that went back elsewhere is found here (scenario 30). */
export async function recordRefunds(
  ctx: Context,
  orderId: string,
  outcome: GatewayOutcome<readonly RefundSeen[]>,
): Promise<void> {
  await withTx(ctx.database, async (tx) => {
    const books = await readBooks(tx, orderId, { isLocked: true });
    const isDone = outcome.outcome === "done";
    await tx
      .update(payOrder)
      .set({ refundsWantedAt: isDone ? null : sql`clock_timestamp() + interval '1 minute'` })
      .where(eq(payOrder.id, orderId));
    const evidenceId = await keepEvidence(
      tx,
      { orderId, opId: null, source: "list", outcome: outcome.outcome },
      outcome.evidence,
    );
    await noteBrokenAnswer(tx, books, { evidenceId, outcome });
    if (!isDone) return;
    const theirsMinor = outcome.value.reduce((sum, { refundedMinor }) => sum + refundedMinor, 0);
    await noteFindings(ctx, tx, orderId, { evidenceId, source: "list", theirsMinor });
  });
}
