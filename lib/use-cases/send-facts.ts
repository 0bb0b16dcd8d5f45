import "server-only";
import { and, asc, eq } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { evidence, installation, opAttempt } from "#lib/db/schema.ts";
import { quietHourUntil } from "#lib/domain/recovery/business-day.ts";
import type { ClaimFacts } from "#lib/domain/recovery/claim.ts";
import type { ResendFacts } from "#lib/domain/recovery/resend.ts";
import { sumMoney } from "#lib/domain/refund.ts";
import type { Context } from "./context.ts";
import { factsOf, type OrderBooks } from "./order-books.ts";

type Op = OrderBooks["ops"][number];

/** What the books hold for the question whether a number may be sent again (money.md 2.7). */
export async function resendFacts(
  ctx: Context,
  tx: Db,
  books: OrderBooks,
  { op, digestNow }: { op: Op; digestNow: string | null },
): Promise<ResendFacts> {
  const attempts = await tx
    .select()
    .from(opAttempt)
    .where(eq(opAttempt.opId, op.id))
    .orderBy(asc(opAttempt.attemptNo));
  const unsent = await tx
    .select({ id: evidence.id })
    .from(evidence)
    .where(and(eq(evidence.opId, op.id), eq(evidence.source, "send"), eq(evidence.outcome, "not-sent")));
  const [house] = await tx.select().from(installation).where(eq(installation.id, 1));
  const { order, account } = books;
  return {
    canResend: ctx.capabilitiesOf(account).canResend,
    attempts: attempts.length - unsent.length,
    firstDigest: attempts[0]?.digest ?? null,
    digestNow: digestNow ?? attempts[0]?.digest ?? null,
    lastSentAt: op.lastSentAt ?? op.createdAt,
    seenPaidAt: order.gatewayState === "paid" ? order.asOfAt : null,
    sendingOff: account.sendingPausedWhy ?? house?.sendingOffWhy ?? null,
  };
}

/** What the books hold for the decision to send. */
export async function claimFacts(
  ctx: Context,
  tx: Db,
  books: OrderBooks,
  about: { op: Op; digestNow: string },
): Promise<ClaimFacts> {
  const { op } = about;
  const { order } = books;
  return {
    ...(await resendFacts(ctx, tx, books, about)),
    kind: op.kind,
    state: op.state,
    why: op.why,
    createdAt: op.createdAt,
    gatewayState: order.gatewayState,
    asOfAt: order.asOfAt,
    madeAt: order.firstSeenAt,
    amountMinor: op.amountMinor,
    paidMinor: order.paidMinor,
    returnedMinor: sumMoney(factsOf(books)).returnedMinor,
    cancelledAt: order.cancelledAt,
    quietHourUntil: quietHourUntil(books.now, books.store.timeZone, books.account),
  };
}
