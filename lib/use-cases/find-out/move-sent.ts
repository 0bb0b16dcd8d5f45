import "server-only";
import { eq } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { moneyOp } from "#lib/db/schema.ts";
import { preflightFreshMs } from "#lib/domain/recovery/claim.ts";
import { stepAfterReading } from "#lib/domain/recovery/step.ts";
import { sumMoney } from "#lib/domain/refund.ts";
import type { Reading } from "#lib/domain/settle.ts";
import { inSpan, type NoteOnSpan } from "#lib/trace.ts";
import { auditOp } from "../audit-op.ts";
import type { Context } from "../context.ts";
import { noteCancelled } from "../incidents/note-cancelled.ts";
import { factsOf, type OrderBooks } from "../order-books.ts";
import { resendFacts } from "../send-facts.ts";
import { sendOnceMore } from "./send-once-more.ts";

export type Sent = { op: OrderBooks["ops"][number]; evidenceId: string; reading: Reading | null };

/** Moves an operation whose outcome was open, or plans the next question; every move has its audit line beside it. */
export function moveSent(ctx: Context, tx: Db, books: OrderBooks, sent: Sent): Promise<void> {
  return inSpan("settle", { op: sent.op.id }, (note) => moveOp(ctx, { tx, books, note }, sent));
}

type At = { readonly tx: Db; readonly books: OrderBooks; readonly note: NoteOnSpan };

async function moveOp(
  ctx: Context,
  { tx, books, note }: At,
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
  note({ state: move?.to ?? op.state });
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
    await noteCancelled(ctx, tx, books);
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
  if (move?.to === "FAILED") await sendOnceMore(tx, books, { ...op, why: move.why });
}
