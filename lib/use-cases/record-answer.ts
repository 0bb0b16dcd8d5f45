import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { moneyOp, payOrder, queryJob } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import type { OrderFacts } from "#lib/domain/gateway-facts.ts";
import { isLive, isOpenOutcome } from "#lib/domain/money-op.ts";
import { preflightFreshMs } from "#lib/domain/recovery/claim.ts";
import { stepAfterReading } from "#lib/domain/recovery/step.ts";
import { sumMoney } from "#lib/domain/refund.ts";
import type { Reading } from "#lib/domain/settle.ts";
import { isSettled } from "#lib/domain/verdict.ts";
import type { GatewayOutcome } from "#lib/gateway/gateway.ts";
import { auditOp } from "./audit-op.ts";
import type { Context } from "./context.ts";
import { keepEvidence } from "./keep-evidence.ts";
import { factsOf, type OrderBooks, readBooks } from "./order-books.ts";
import { resendFacts } from "./send-facts.ts";

/** Writes a query's outcome into the books and moves a sent operation where the answer proves it (money.md 2.5, 2.6). */
export async function recordQuery(
  ctx: Context,
  orderId: string,
  outcome: GatewayOutcome<OrderFacts>,
): Promise<void> {
  await withTx(ctx.database, async (tx) => {
    const before = await readBooks(tx, orderId, { isLocked: true });
    const live = before.ops.find((op) => isLive(op.state));
    const isNews =
      outcome.outcome !== "done" ||
      outcome.value.state !== before.order.gatewayState ||
      before.order.asOfAt === null;
    const evidenceId =
      live || isNews
        ? await keepEvidence(
            tx,
            { orderId, opId: live?.id ?? null, source: "query", outcome: outcome.outcome },
            outcome.evidence,
          )
        : null;
    if (outcome.outcome === "done") await writeFacts(tx, before, outcome.value);
    else {
      const trouble = outcome.outcome === "declined" ? outcome.reason : outcome.outcome;
      await tx.update(payOrder).set({ lastTrouble: trouble }).where(eq(payOrder.id, orderId));
    }
    if (live && evidenceId && isOpenOutcome(live.state)) {
      const reading =
        outcome.outcome === "done" ? { by: "order" as const, state: outcome.value.state } : null;
      await moveSent(ctx, tx, before, { op: live, evidenceId, reading });
    }
    await planNext(tx, orderId);
  });
}

/** The gateway's facts replace ours; what was once paid stays the paid amount. */
async function writeFacts(tx: Db, { order }: OrderBooks, facts: OrderFacts): Promise<void> {
  const isPaid = facts.state === "paid" || facts.state.startsWith("refund");
  const paidMinor =
    isPaid && order.paidMinor === 0 ? (facts.amountMinor ?? order.amountMinor ?? 0) : order.paidMinor;
  await tx
    .update(payOrder)
    .set({
      gatewayState: facts.state,
      amountMinor: facts.amountMinor ?? order.amountMinor,
      paidMinor,
      gatewayOrderNo: facts.gatewayOrderNo ?? order.gatewayOrderNo,
      wallet: facts.wallet ?? order.wallet,
      title: facts.title ?? order.title,
      paidAt: facts.paidAt ?? order.paidAt,
      handles: { ...facts.handles },
      asOfAt: sql`clock_timestamp()`,
      lastTrouble: null,
    })
    .where(eq(payOrder.id, order.id));
}

type Sent = { op: OrderBooks["ops"][number]; evidenceId: string; reading: Reading | null };

/** Moves an operation whose outcome was open, or plans the next question; every move has its audit line beside it. */
export async function moveSent(
  ctx: Context,
  tx: Db,
  books: OrderBooks,
  { op, evidenceId, reading }: Sent,
): Promise<void> {
  const { order, now } = books;
  const { quietTimeMs, canListOrders } = ctx.capabilitiesOf(books.account);
  const resend = await resendFacts(ctx, tx, books, { op, digestNow: null });
  const sent = {
    ...op,
    attempts: resend.attempts,
    lastSentAt: resend.lastSentAt,
    returnedBeforeMinor: sumMoney(factsOf(books)).returnedMinor,
    resend: reading?.by === "order" && reading.state === "paid" ? { ...resend, seenPaidAt: now } : resend,
  };
  const at = { now, quietTimeMs, canReadSums: canListOrders, freshMs: preflightFreshMs };
  const { move, ...step } = stepAfterReading(sent, reading, at);
  const isFinal = move?.to === "SUCCEEDED" || move?.to === "FAILED";
  await tx
    .update(moneyOp)
    .set({
      ...(move ? { state: move.to, why: move.why, evidenceId } : {}),
      fence: op.fence + 1,
      askCount: step.askCount,
      negativeReadings: step.negativeReadings,
      resendAt: step.isToBeResent ? now : null,
      lastAskedAt: now,
      nextAskAt: step.nextAskAfterMs === null ? null : new Date(now.getTime() + step.nextAskAfterMs),
      settledAt: isFinal ? now : null,
      confirmedAt: move?.to === "SUCCEEDED" ? now : null,
    })
    .where(eq(moneyOp.id, op.id));
  if (move?.to === "SUCCEEDED" && op.kind === "CANCEL") {
    await tx.update(payOrder).set({ cancelledAt: now }).where(eq(payOrder.id, order.id));
  }
  if (move) {
    const { state: from, amountMinor, currency } = op;
    await auditOp(
      tx,
      "settle",
      { ...op, order },
      { from, to: move.to, why: move.why, amountMinor, currency },
    );
  }
}

/** Keeps the order in the line of questions while somebody looks and it can still change; takes it out otherwise. */
export async function planNext(tx: Db, orderId: string): Promise<void> {
  const books = await readBooks(tx, orderId);
  const { rows } = await tx.execute(
    sql`select 1 from order_watch where order_id = ${orderId} and until_at > clock_timestamp() limit 1`,
  );
  if (rows.length === 0 || isSettled(factsOf(books))) {
    await tx.delete(queryJob).where(eq(queryJob.orderId, orderId));
    return;
  }
  await tx
    .update(queryJob)
    .set({
      priority: 3,
      dueAt: sql`clock_timestamp()`,
      lastAskedAt: sql`clock_timestamp()`,
      askCount: sql`${queryJob.askCount} + 1`,
    })
    .where(eq(queryJob.orderId, orderId));
}
