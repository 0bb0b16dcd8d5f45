import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { appendAudit } from "#lib/db/audit.ts";
import type { Db } from "#lib/db/client.ts";
import { foundRefund, guardCheck, moneyOp, payOrder, refundRequest } from "#lib/db/schema.ts";
import {
  type Finding,
  type FindingFacts,
  findingsByState,
  findingsBySum,
} from "#lib/domain/recovery/findings.ts";
import { canQueryRefund, isReserving, sumMoney } from "#lib/domain/refund.ts";
import { assertNever } from "#lib/domain/result.ts";
import { auditOp } from "../audit-op.ts";
import type { Context } from "../context.ts";
import { wantSweep } from "../find-out/want-sweep.ts";
import { factsOf, type OrderBooks, readBooks } from "../order-books.ts";
import { openIncident } from "./open-incident.ts";
import { prepareRefund } from "./prepare-refund.ts";

/** Where a finding comes from: the evidence that shows it, and the sum of a list where one was read. */
export type Seen = {
  readonly evidenceId: string;
  readonly source: "query" | "list" | "restore";
  readonly theirsMinor?: number;
};

/**
 * Holds the books against what was just read and writes down what they cannot explain: paid after cancel, a late effect, a
 * refund made elsewhere. The caller holds the order's lock and has stored the reading.
 */
export async function noteFindings(ctx: Context, tx: Db, orderId: string, seen: Seen): Promise<void> {
  const books = await readBooks(tx, orderId);
  const facts = findingFacts(ctx, books);
  const findings =
    seen.theirsMinor === undefined ? findingsByState(facts) : findingsBySum(facts, seen.theirsMinor);
  for (const finding of findings) await note(ctx, tx, books, { finding, seen });
}

function findingFacts(ctx: Context, books: OrderBooks): FindingFacts {
  const money = factsOf(books);
  return {
    ...money,
    ops: books.ops,
    returnedMinor: sumMoney(money).returnedMinor,
    canPartial: ctx.capabilitiesOf(books.account).refund.canPartial,
  };
}

/** Whether the books and what was just read of this order disagree; read before evidence is stored. */
export function hasFindings(ctx: Context, books: OrderBooks): boolean {
  return findingsByState(findingFacts(ctx, books)).length > 0;
}

type Noting = { finding: Finding; seen: Seen };

async function note(ctx: Context, tx: Db, books: OrderBooks, { finding, seen }: Noting): Promise<void> {
  switch (finding.kind) {
    case "paidAfterCancel":
      return notePaidAfterCancel(ctx, tx, books, seen);
    case "lateEffect":
      return noteLateEffect(tx, books, finding.opId, seen);
    case "refundedElsewhere":
      return noteElsewhere(ctx, tx, books, { ...seen, amountMinor: finding.amountMinor });
    default:
      return assertNever(finding);
  }
}

const about = ({ order }: OrderBooks) => ({
  accountId: order.accountId,
  storeId: order.storeId,
  orderId: order.id,
});

/** One incident a payment: the guard has done its work, a manager decides about the prepared refund. */
async function notePaidAfterCancel(ctx: Context, tx: Db, books: OrderBooks, seen: Seen): Promise<void> {
  const { order } = books;
  const opened = await openIncident(tx, {
    ...about(books),
    kind: "paidAfterCancel",
    key: `${order.id}:${order.gatewayOrderNo ?? order.orderNo}`,
    evidenceId: seen.evidenceId,
    facts: { amountMinor: order.paidMinor, currency: order.currency },
  });
  if (!opened) return;
  await prepareRefund(ctx, tx, books, opened);
  await tx
    .update(guardCheck)
    .set({ doneAt: sql`clock_timestamp()` })
    .where(and(eq(guardCheck.orderId, order.id), isNull(guardCheck.doneAt)));
}

/** What was called failed has happened: the books say so, and people are told, because it must not be. */
async function noteLateEffect(tx: Db, books: OrderBooks, opId: string, seen: Seen): Promise<void> {
  const op = books.ops.find(({ id }) => id === opId);
  if (op?.state !== "FAILED") return;
  const move = { to: "SUCCEEDED" as const, why: "lateEffect" };
  await tx
    .update(moneyOp)
    .set({
      state: move.to,
      why: move.why,
      evidenceId: seen.evidenceId,
      fence: op.fence + 1,
      settledAt: books.now,
      confirmedAt: books.now,
      nextAskAt: null,
    })
    .where(eq(moneyOp.id, opId));
  const { amountMinor, currency } = op;
  await auditOp(
    tx,
    "settle",
    { ...op, order: books.order },
    { from: "FAILED", ...move, amountMinor, currency },
  );
  const facts = { amountMinor, currency };
  await openIncident(tx, { ...about(books), kind: "lateEffect", key: opId, opId, ...seenBy(seen), facts });
  await supersede(tx, books, amountMinor);
}

const seenBy = ({ evidenceId }: Seen) => ({ evidenceId });

type Elsewhere = Seen & { readonly amountMinor: number | null };

async function noteElsewhere(ctx: Context, tx: Db, books: OrderBooks, seen: Elsewhere): Promise<void> {
  const { order, account } = books;
  const capabilities = ctx.capabilitiesOf(account);
  const isTold = capabilities.canListOrders || canQueryRefund(capabilities, order.wallet);
  if (seen.amountMinor === null && isTold) {
    if (capabilities.canListOrders) return wantSweep(tx, order.accountId, { inMs: 0 });
    await tx.update(payOrder).set({ refundsWantedAt: books.now }).where(eq(payOrder.id, order.id));
    return;
  }
  const sums = sumMoney(factsOf(books));
  const totalMinor = sums.returnedMinor + (seen.amountMinor ?? 0);
  const key = `${order.id}:${seen.amountMinor === null ? "untold" : totalMinor}`;
  if (seen.amountMinor !== null) {
    await tx
      .insert(foundRefund)
      .values({
        orderId: order.id,
        accountId: order.accountId,
        amountMinor: seen.amountMinor,
        currency: order.currency,
        key,
        source: seen.source,
        evidenceId: seen.evidenceId,
      })
      .onConflictDoNothing();
  }
  await openIncident(tx, {
    ...about(books),
    kind: "refundedElsewhere",
    key,
    ...seenBy(seen),
    facts: { amountMinor: seen.amountMinor, currency: order.currency },
  });
  await supersede(tx, books, seen.amountMinor ?? order.paidMinor);
}

/** Requests that ask for money that is no longer there are superseded (screens.md 30); what still fits stays. */
async function supersede(tx: Db, books: OrderBooks, goneMinor: number): Promise<void> {
  const { order, requests } = books;
  const sums = sumMoney(factsOf(books));
  let freeMinor = order.paidMinor - sums.returnedMinor - sums.movingMinor - goneMinor;
  for (const request of requests.filter(({ status }) => isReserving(status))) {
    if (request.amountMinor <= freeMinor) {
      freeMinor -= request.amountMinor;
      continue;
    }
    await tx.update(refundRequest).set({ status: "SUPERSEDED" }).where(eq(refundRequest.id, request.id));
    await appendAudit(tx, {
      action: "supersede-refund",
      outcome: "done",
      staffId: null,
      storeId: order.storeId,
      orderId: order.id,
      subject: request.requestNo,
      deviceId: null,
      facts: {
        orderNo: order.orderNo,
        amountMinor: request.amountMinor,
        currency: request.currency,
      },
    });
  }
}
