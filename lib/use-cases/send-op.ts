import "server-only";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { afterMs } from "#lib/db/clock.ts";
import { giveLane } from "#lib/db/lane.ts";
import { moneyOp } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { limits } from "#lib/domain/limits.ts";
import { stateAfterSend } from "#lib/domain/recovery/send-answer.ts";
import type { GatewayOutcome } from "#lib/gateway/gateway.ts";
import { log, logAbout } from "#lib/log.ts";
import { inSpan, type NoteOnSpan } from "#lib/trace.ts";
import { callInSlot, type Turn, writeGate } from "./ask-gateway.ts";
import { auditSend, type Claim, claimOp } from "./claim-op.ts";
import type { Context, OpenAccount } from "./context.ts";
import { wantSweep } from "./find-out/want-sweep.ts";
import { noteBrokenAnswer } from "./incidents/note-broken-answer.ts";
import { noteCancelled } from "./incidents/note-cancelled.ts";
import { noteKeyWorks, pauseSending } from "./incidents/pause-sending.ts";
import { keepEvidence } from "./keep-evidence.ts";
import { readBooks } from "./order-books.ts";

/** When an operation that provably never left is tried again. */
const sendAgainMs = 5_000;

/**
 * Sends one READY operation in a slot of its account's lane (money.md 2.4): claim and attempt are committed first, the
 * last gate is asked right before the write, and the answer is committed as long as the process lives. Sends at most
 * once: a claim that finds the operation no longer READY does nothing.
 */
export function sendOp(ctx: Context, turn: Turn, opId: string): Promise<void> {
  const work = (note: NoteOnSpan) => send(ctx, turn, { opId, note });
  return logAbout({ op: opId }, () => inSpan("send", { account: turn.account.slug }, work));
}

type Sending = { readonly opId: string; readonly note: NoteOnSpan };

async function send(ctx: Context, { account, slot }: Turn, { opId, note }: Sending): Promise<void> {
  const claim = await claimOp(ctx, opId).catch(async (error: unknown) => {
    await giveLane(ctx.database, slot, "unused");
    throw error;
  });
  note({ outcome: claim ? "claimed" : "not sent" });
  if (!claim) return giveLane(ctx.database, slot, "unused");
  const mayWrite = writeGate(ctx, slot, () => isStillOurs(ctx, claim));
  const outcome = await callInSlot(ctx, { account, slot, kind: "send" }, () =>
    callOut(account, claim, mayWrite),
  );
  note({ outcome: outcome.outcome, state: stateAfterSend(outcome).to });
  log.info({ outcome: outcome.outcome, gatewayCode: outcome.evidence.code }, "answer to a send");
  await commitAnswer(ctx, claim, outcome);
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

/** What the gateway said to one send. A commit that was not acknowledged is repeated: the evidence is the same row then (money.md C8). */
type Answer = { readonly evidenceId: string; readonly outcome: GatewayOutcome<unknown> };

/** Commit 2, again and again until the database took it; a stale fence means that somebody took over, then only evidence is kept. */
async function commitAnswer(ctx: Context, claim: Claim, outcome: GatewayOutcome<unknown>): Promise<void> {
  const answer = { evidenceId: randomUUID(), outcome };
  for (let waitMs = 100; ; waitMs = Math.min(waitMs * 2, 5_000)) {
    try {
      return await withTx(ctx.database, (tx) => writeAnswer(ctx, tx, claim, answer));
    } catch (error) {
      log.error({ error: String(error) }, "the answer to a send is not stored yet");
      await sleep(waitMs);
    }
  }
}

async function writeAnswer(
  ctx: Context,
  tx: Db,
  { op, fence, books: asClaimed }: Claim,
  { evidenceId, outcome }: Answer,
): Promise<void> {
  const books = await readBooks(tx, op.orderId, { isLocked: true });
  const current = books.ops.find(({ id }) => id === op.id);
  await keepEvidence(
    tx,
    { id: evidenceId, orderId: op.orderId, opId: op.id, source: "send", outcome: outcome.outcome },
    outcome.evidence,
  );
  await noteBrokenAnswer(tx, books, { evidenceId, outcome });
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
      // A success is confirmed by one query of its own: asked at once, like an open outcome.
      nextAskAt: afterMs(move.to === "READY" ? sendAgainMs : 0),
      askCount: 0,
      settledAt: isFinal ? sql`clock_timestamp()` : null,
    })
    .where(eq(moneyOp.id, op.id));
  await auditSend(tx, asClaimed, op, { to: move.to, why: move.why });
  if (isFinal && op.kind === "CANCEL") await noteCancelled(ctx, tx, books);
  const isOpen = move.to === "UNKNOWN" || move.to === "PENDING";
  if (isOpen && ctx.capabilitiesOf(books.account).canListOrders) await wantSweep(tx, books.account.id);
  if (move.pausesSending) await pauseSending(tx, books, { opId: op.id, evidenceId, why: move.why });
  if (isFinal) await noteKeyWorks(tx, books.account.id, evidenceId);
}
