import "server-only";
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { and, eq, sql } from "drizzle-orm";
import { appendAudit } from "#lib/db/audit.ts";
import type { Db } from "#lib/db/client.ts";
import type { LaneSlot } from "#lib/db/lane.ts";
import { giveLane } from "#lib/db/lane.ts";
import { moneyOp, opAttempt, payOrder, refundRequest, staff } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { limits } from "#lib/domain/limits.ts";
import type { MoneyOpState } from "#lib/domain/money-op.ts";
import { sumMoney } from "#lib/domain/refund.ts";
import type { GatewayOutcome } from "#lib/gateway/gateway.ts";
import { log } from "#lib/log.ts";
import { callInSlot, writeGate } from "./ask-gateway.ts";
import type { Context, OpenAccount } from "./context.ts";
import { factsOf, type OrderBooks, readBooks } from "./order-books.ts";
import { keepEvidence } from "./record-answer.ts";

type Op = OrderBooks["ops"][number];
type Claim = { op: Op; fence: number; books: OrderBooks; reason: string; cashier: string };

/**
 * Sends one READY operation in a slot of its account's lane (money.md 2.4): claim and attempt are committed first, the
 * last gate is asked right before the write, and the answer is committed as long as the process lives. Sends at most
 * once: a claim that finds the operation no longer READY does nothing.
 */
export async function sendOp(ctx: Context, slot: LaneSlot, opId: string): Promise<void> {
  const claim = await claimOp(ctx, opId).catch(async (error: unknown) => {
    await giveLane(ctx.database, slot, "unused");
    throw error;
  });
  if (!claim) return giveLane(ctx.database, slot, "unused");
  const account = await ctx.openAccount(claim.op.accountId);
  const mayWrite = writeGate(ctx, slot, () => isStillOurs(ctx, claim));
  const outcome = await callInSlot(ctx, slot, () => callOut(account, claim, mayWrite));
  log.info({ op: opId, outcome: outcome.outcome, code: outcome.evidence.code }, "answer to a send");
  await commitAnswer(ctx, claim, outcome);
}

/** Commit 1: the intent. Null when there is nothing to send any more. */
async function claimOp(ctx: Context, opId: string): Promise<Claim | null> {
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
        leaseUntil: sql`clock_timestamp() + make_interval(secs => ${limits.sendLeaseMs} / 1000.0)`,
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
    await auditMove(tx, books, op, { to: "SENDING", why: "claimed" });
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
  await auditMove(tx, books, op, { to: "FAILED", why });
}

async function isStillOurs(ctx: Context, { op, fence }: Claim): Promise<boolean> {
  const { rows } = await ctx.database.db.execute(sql`
    select 1 from money_op where id = ${op.id} and state = 'SENDING' and fence = ${fence}
       and lease_owner = ${ctx.instanceId} and lease_until > clock_timestamp()`);
  return rows.length === 1;
}

function callOut(
  account: OpenAccount,
  claim: Claim,
  mayWrite: () => Promise<boolean>,
): Promise<GatewayOutcome<unknown>> {
  const { op, books } = claim;
  const options = { deadlineMs: limits.sendDeadlineMs, mayWrite };
  if (op.kind === "CANCEL") return account.gateway.cancelOrder(books.order.orderNo, options);
  return account.gateway.refund(
    {
      orderNo: books.order.orderNo,
      refundNo: op.merchantNo,
      refundMinor: op.amountMinor,
      orderAmountMinor: books.order.paidMinor,
      reason: claim.reason,
      cashier: claim.cashier,
      storeCode: account.storeCode,
      handles: books.order.handles,
    },
    options,
  );
}

/** Where an answer to a send leads (money.md 2.5): a claimed refusal stays unknown until a later query proves it. */
export function stateAfterSend(outcome: GatewayOutcome<unknown>): { to: MoneyOpState; why: string } {
  switch (outcome.outcome) {
    case "done":
      return { to: "SUCCEEDED", why: "answered" };
    case "not-sent":
      return { to: "READY", why: `notSent:${outcome.why}` };
    case "declined": {
      const mayBeOurs =
        outcome.reason === "duplicate-number" ||
        outcome.reason === "already-done" ||
        outcome.reason === "in-progress";
      return {
        to: "UNKNOWN",
        why: mayBeOurs ? `seenBefore:${outcome.reason}` : `declined:${outcome.reason}`,
      };
    }
    case "unknown":
      return outcome.why === "gateway-pending"
        ? { to: "PENDING", why: "accepted" }
        : { to: "UNKNOWN", why: outcome.why };
    case "broken":
      return { to: "UNKNOWN", why: `broken:${outcome.why}` };
  }
}

/** Commit 2, again and again until the database took it; a stale fence means that somebody took over, then only evidence is kept. */
async function commitAnswer(ctx: Context, claim: Claim, outcome: GatewayOutcome<unknown>): Promise<void> {
  for (let waitMs = 100; ; waitMs = Math.min(waitMs * 2, 5_000)) {
    try {
      return await withTx(ctx.database, (tx) => writeAnswer(tx, claim, outcome));
    } catch (error) {
      log.error({ op: claim.op.id, error: String(error) }, "the answer to a send is not stored yet");
      await sleep(waitMs);
    }
  }
}

async function writeAnswer(
  tx: Db,
  { op, fence, books }: Claim,
  outcome: GatewayOutcome<unknown>,
): Promise<void> {
  const { order } = await readBooks(tx, op.orderId, { isLocked: true });
  const [current] = await tx.select().from(moneyOp).where(eq(moneyOp.id, op.id));
  const evidenceId = await keepEvidence(
    tx,
    { orderId: op.orderId, opId: op.id, source: "send", outcome: outcome.outcome },
    outcome.evidence,
  );
  if (current?.state !== "SENDING" || current.fence !== fence) return;
  const move = stateAfterSend(outcome);
  const isFinal = move.to === "SUCCEEDED";
  await tx
    .update(moneyOp)
    .set({
      state: move.to,
      why: move.why,
      fence: fence + 1,
      leaseOwner: null,
      leaseUntil: null,
      evidenceId,
      nextAskAt: isFinal
        ? null
        : sql`clock_timestamp() + make_interval(secs => ${move.to === "READY" ? 5 : 0})`,
      settledAt: isFinal ? sql`clock_timestamp()` : null,
    })
    .where(eq(moneyOp.id, op.id));
  if (isFinal && op.kind === "CANCEL") {
    await tx.update(payOrder).set({ cancelledAt: sql`clock_timestamp()` }).where(eq(payOrder.id, order.id));
  }
  if (isFinal) await askForProof(tx, order);
  await auditMove(tx, books, op, move);
}

/** A success is confirmed by one query of its own. */
async function askForProof(tx: Db, order: OrderBooks["order"]): Promise<void> {
  await tx.execute(sql`
    insert into query_job (order_id, account_id, priority, due_at) values (${order.id}, ${order.accountId}, 1, clock_timestamp())
    on conflict (order_id) do update set priority = 1, due_at = clock_timestamp()`);
}

async function auditMove(
  tx: Db,
  { order }: OrderBooks,
  op: Op,
  move: { to: MoneyOpState; why: string },
): Promise<void> {
  await appendAudit(tx, {
    action: op.kind === "REFUND" ? "send-refund" : "send-cancel",
    outcome: "done",
    staffId: null,
    storeId: order.storeId,
    orderId: order.id,
    subject: op.merchantNo,
    deviceId: null,
    facts: {
      orderNo: order.orderNo,
      amountMinor: op.amountMinor,
      currency: op.currency,
      to: move.to,
      why: move.why,
    },
  });
}
