import "server-only";
import { createHash } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { afterMs } from "#lib/db/clock.ts";
import { moneyOp, opAttempt, refundRequest, staff } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { reasonForGateway, reasonStandIn } from "#lib/domain/gateway-words.ts";
import { limits } from "#lib/domain/limits.ts";
import type { MoneyOpState } from "#lib/domain/money-op.ts";
import { type ClaimFacts, decideClaim, preflightFreshMs } from "#lib/domain/recovery/claim.ts";
import { auditOp } from "./audit-op.ts";
import type { Context } from "./context.ts";
import { putOffPreflight } from "./find-out/plan-preflight.ts";
import { keepEvidence } from "./keep-evidence.ts";
import { type OrderBooks, readBooks } from "./order-books.ts";
import { claimFacts } from "./send-facts.ts";

type Op = OrderBooks["ops"][number];

/** An operation that this process may send, once, and what the gateway is told with it. */
export type Claim = { op: Op; fence: number; books: OrderBooks; reason: string; cashier: string };

/** Commit 1: the intent. Null when nothing is to be sent now; what is decided instead is written down. */
export async function claimOp(ctx: Context, opId: string): Promise<Claim | null> {
  return withTx(ctx.database, async (tx) => {
    const [found] = await tx.select().from(moneyOp).where(eq(moneyOp.id, opId));
    if (!found) return null;
    const books = await readBooks(tx, found.orderId, { isLocked: true });
    const op = books.ops.find((one) => one.id === opId);
    if (!op) return null;
    const words = await wordsOf(tx, op);
    const facts = await claimFacts(ctx, tx, books, { op, digestNow: digestOf(books, op, words.reason) });
    const plan = decideClaim(facts, ctx.capabilitiesOf(books.account), books.now);
    switch (plan.act) {
      case "send":
        return await writeClaim(ctx, tx, { op, books, facts, words });
      case "fail":
        await failUnsent(tx, books, op, plan.why);
        return null;
      case "wait":
        await putOff(tx, op, { why: plan.why, until: plan.until ?? new Date(books.now.getTime() + waitMs) });
        return null;
      case "ask":
        await (op.state === "READY"
          ? putOffPreflight(tx, op, { now: books.now, why: "unsure" })
          : putOff(tx, op, { why: "unsure", until: new Date(books.now.getTime() + preflightFreshMs) }));
        return null;
      case "leave":
        if (op.resendAt) await giveUpResend(tx, op);
        return null;
    }
  });
}

/** How often a send that is switched off looks whether it still is, in ms. */
const waitMs = 30_000;

async function giveUpResend(tx: Db, op: Op): Promise<void> {
  await tx
    .update(moneyOp)
    .set({ resendAt: null, fence: op.fence + 1 })
    .where(eq(moneyOp.id, op.id));
}

type Writing = { op: Op; books: OrderBooks; facts: ClaimFacts; words: { reason: string; cashier: string } };

async function writeClaim(ctx: Context, tx: Db, { op, books, facts, words }: Writing): Promise<Claim> {
  const fence = op.fence + 1;
  const claimed = await tx
    .update(moneyOp)
    .set({
      state: "SENDING",
      fence,
      leaseOwner: ctx.instanceId,
      leaseUntil: afterMs(limits.sendLeaseMs),
      lastSentAt: sql`clock_timestamp()`,
      quietUntil: afterMs(ctx.capabilitiesOf(books.account).quietTimeMs),
      negativeReadings: 0,
      resendAt: null,
    })
    .where(and(eq(moneyOp.id, op.id), eq(moneyOp.state, op.state), eq(moneyOp.fence, op.fence)))
    .returning({ id: moneyOp.id });
  if (claimed.length === 0) throw new Error("somebody else moved the operation");
  const { rows } = await tx.execute<{ n: number }>(
    sql`select count(*)::int as n from op_attempt where op_id = ${op.id}`,
  );
  await tx.insert(opAttempt).values({
    opId: op.id,
    attemptNo: Number(rows[0]?.n ?? 0) + 1,
    digest: facts.digestNow ?? "",
    claimedBy: ctx.instanceId,
  });
  await auditSend(tx, books, op, { to: "SENDING", why: facts.state === "READY" ? "claimed" : "resent" });
  return { op, fence, books, ...words };
}

/** SHA-256 of the business fields: the same for every attempt of one operation. */
function digestOf({ order }: OrderBooks, op: Op, reason: string): string {
  const fields = [op.kind, order.orderNo, op.merchantNo, op.amountMinor, op.currency, reason];
  return createHash("sha256").update(JSON.stringify(fields)).digest("hex");
}

async function putOff(tx: Db, op: Op, { why, until }: { why: string; until: Date }): Promise<void> {
  await tx
    .update(moneyOp)
    .set({ why: op.state === "READY" ? why : op.why, nextAskAt: until, fence: op.fence + 1 })
    .where(eq(moneyOp.id, op.id));
}

async function wordsOf(tx: Db, op: Op): Promise<{ reason: string; cashier: string }> {
  if (!op.requestId) return { reason: "", cashier: "" };
  const [row] = await tx
    .select({ reason: refundRequest.reason, note: refundRequest.note, cashier: staff.name })
    .from(refundRequest)
    .innerJoin(staff, eq(staff.id, refundRequest.requestedBy))
    .where(eq(refundRequest.id, op.requestId));
  return row
    ? { reason: reasonForGateway(row), cashier: row.cashier }
    : { reason: reasonStandIn, cashier: "" };
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
