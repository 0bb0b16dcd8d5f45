import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { payOrder, queryJob } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import type { OrderFacts } from "#lib/domain/gateway-facts.ts";
import { isLive, isOpenOutcome } from "#lib/domain/money-op.ts";
import { isSettled } from "#lib/domain/verdict.ts";
import type { GatewayOutcome } from "#lib/gateway/gateway.ts";
import type { Context } from "./context.ts";
import { confirmOp, unconfirmedOf } from "./find-out/confirm-op.ts";
import { moveSent } from "./find-out/move-sent.ts";
import { planPreflight } from "./find-out/plan-preflight.ts";
import { noteBrokenAnswer } from "./incidents/note-broken-answer.ts";
import { hasFindings, noteFindings } from "./incidents/note-findings.ts";
import { noteGuardLook } from "./incidents/note-guard-look.ts";
import { keepEvidence } from "./keep-evidence.ts";
import { factsOf, type OrderBooks, readBooks } from "./order-books.ts";

/** Writes a query's outcome into the books and moves a sent operation where the answer proves it (money.md 2.5, 2.6). */
export async function recordQuery(
  ctx: Context,
  orderId: string,
  outcome: GatewayOutcome<OrderFacts>,
): Promise<void> {
  await withTx(ctx.database, async (tx) => {
    const before = await readBooks(tx, orderId, { isLocked: true });
    if (outcome.outcome === "done") await writeFacts(tx, before, outcome.value);
    else {
      const trouble = outcome.outcome === "declined" ? outcome.reason : outcome.outcome;
      await tx.update(payOrder).set({ lastTrouble: trouble }).where(eq(payOrder.id, orderId));
    }
    const evidenceId = await keepWhatMatters(ctx, tx, before, outcome);
    if (evidenceId) await followUp(ctx, tx, before, { evidenceId, outcome });
    await planPreflight(tx, before, outcome.outcome === "done" ? outcome.value.state : null);
    await noteGuardLook(tx, before.order.id, outcome.outcome === "done");
    await planNext(tx, orderId);
  });
}

type Answer = GatewayOutcome<OrderFacts>;

/** Keeps an answer as evidence where money moves, the facts changed, or the books cannot explain it. */
async function keepWhatMatters(
  ctx: Context,
  tx: Db,
  before: OrderBooks,
  outcome: Answer,
): Promise<string | null> {
  const { order } = before;
  const open = before.ops.find((op) => isLive(op.state)) ?? unconfirmedOf(before).at(-1);
  const isNews =
    outcome.outcome !== "done" || outcome.value.state !== order.gatewayState || order.asOfAt === null;
  if (!open && !isNews && !hasFindings(ctx, await readBooks(tx, order.id))) return null;
  return keepEvidence(
    tx,
    { orderId: order.id, opId: open?.id ?? null, source: "query", outcome: outcome.outcome },
    outcome.evidence,
  );
}

type FollowUp = { evidenceId: string; outcome: Answer };

/** What an answer changes: an open outcome moves, a success is confirmed, and what nobody can explain is told. */
async function followUp(
  ctx: Context,
  tx: Db,
  before: OrderBooks,
  { evidenceId, outcome }: FollowUp,
): Promise<void> {
  await noteBrokenAnswer(tx, before, { evidenceId, outcome });
  const state = outcome.outcome === "done" ? outcome.value.state : null;
  const open = before.ops.find((op) => isOpenOutcome(op.state));
  if (open) {
    const reading = state === null ? null : { by: "order" as const, state };
    await moveSent(ctx, tx, before, { op: open, evidenceId, reading });
  }
  for (const op of unconfirmedOf(before)) await confirmOp(tx, before, { op, evidenceId, state });
  if (state !== null) await noteFindings(ctx, tx, before.order.id, { evidenceId, source: "query" });
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

/**
 * Keeps the order in the line of questions while somebody looks and it can still change; takes it out otherwise. Where lists answer
 * for the account's orders it comes right behind the next of them, which may answer it first.
 */
export async function planNext(tx: Db, orderId: string): Promise<void> {
  const { rows } = await tx.execute(
    sql`select 1 from order_watch where order_id = ${orderId} and until_at > clock_timestamp() limit 1`,
  );
  const books = rows.length > 0 ? await readBooks(tx, orderId) : null;
  if (!books || isSettled(factsOf(books))) {
    await tx.delete(queryJob).where(eq(queryJob.orderId, orderId));
    return;
  }
  await tx
    .update(queryJob)
    .set({
      priority: 3,
      dueAt: sql`greatest(clock_timestamp(), (select c.due_at + interval '1 ms' from account_chore c
        where c.account_id = ${books.order.accountId} and c.kind = 'watched' and c.ask_count = 0))`,
      lastAskedAt: sql`clock_timestamp()`,
      askCount: sql`${queryJob.askCount} + 1`,
    })
    .where(eq(queryJob.orderId, orderId));
}
