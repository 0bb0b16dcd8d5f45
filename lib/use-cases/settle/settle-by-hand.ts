import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { incident, moneyOp, settlement } from "#lib/db/schema.ts";
import { type HandRefusal, mayDecide, mayPropose } from "#lib/domain/recovery/settle-by-hand.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { auditOp } from "../audit-op.ts";
import type { Context } from "../context.ts";
import { noteCancelled } from "../incidents/note-cancelled.ts";
import { keepEvidence } from "../keep-evidence.ts";
import { type OrderBooks, readBooks } from "../order-books.ts";
import { type DeedAbout, type DeedRefusal, staffDeed } from "./staff-deed.ts";

export type SettleRefusal = DeedRefusal | { readonly why: HandRefusal };

/** What a person read elsewhere: `SUCCEEDED` the money went back (the order is closed), `FAILED` it did not. */
export type Proposal = {
  readonly caseNo: string;
  readonly outcome: "SUCCEEDED" | "FAILED";
  /** Where it was read and what it says, at least ten characters. */
  readonly seen: string;
};

type Case = DeedAbout & {
  readonly books: OrderBooks;
  readonly op: OrderBooks["ops"][number];
  readonly open: typeof settlement.$inferSelect | null;
};

/** The operation behind a case, under its order's lock, with what was written down about it. */
async function findCase(tx: Db, staff: CurrentStaff, caseNo: string): Promise<Case | null> {
  if (staff.storeIds.length === 0) return null;
  const [found] = await tx
    .select()
    .from(incident)
    .where(and(eq(incident.caseNo, caseNo), inArray(incident.storeId, [...staff.storeIds])));
  if (!found?.orderId || !found.opId) return null;
  const books = await readBooks(tx, found.orderId, { isLocked: true });
  const op = books.ops.find(({ id }) => id === found.opId);
  if (!op) return null;
  const [open] = await tx
    .select()
    .from(settlement)
    .where(and(eq(settlement.opId, op.id), eq(settlement.status, "PROPOSED")));
  const { amountMinor, currency } = op;
  const facts = { orderNo: books.order.orderNo, amountMinor, currency, caseNo };
  return {
    ...{ books, op, open: open ?? null, subject: caseNo, facts },
    storeId: found.storeId,
    orderId: found.orderId,
  };
}

const timeOf = (ctx: Context, { books, op }: Case) => ({
  op: { state: op.state, lastSentAt: op.lastSentAt ?? op.createdAt },
  at: { now: books.now, quietTimeMs: ctx.capabilitiesOf(books.account).quietTimeMs },
});

/** Writes down what the first person read about an operation that needs a person; nothing moves yet (money.md 2.6). */
export async function proposeSettlement(
  ctx: Context,
  staff: CurrentStaff,
  { caseNo, outcome, seen }: Proposal,
): Promise<Result<null, SettleRefusal>> {
  return staffDeed<null, { why: HandRefusal }, Case>(ctx, staff, {
    permission: "propose-settlement",
    find: async (tx, who) => {
      const found = await findCase(tx, who, caseNo);
      return found && { ...found, facts: { ...found.facts, outcome, reason: seen } };
    },
    act: async (tx, who, found) => {
      const { op, at } = timeOf(ctx, found);
      const why = mayPropose(op, found.open !== null, at);
      if (why) return refuse({ why });
      await tx.insert(settlement).values({
        opId: found.op.id,
        outcome,
        seen,
        proposedBy: who.staffId,
        proposedPerson: who.personId,
      });
      return ok(null);
    },
  });
}

/**
 * The second person's word: confirmed, the operation is settled as the first wrote, FAILED frees the order for a new request;
 * refused, it waits for another reading. Never the person who wrote it, never before the quiet time; the database holds both.
 */
export async function confirmSettlement(
  ctx: Context,
  staff: CurrentStaff,
  { caseNo, isRight }: { caseNo: string; isRight: boolean },
): Promise<Result<null, SettleRefusal>> {
  return staffDeed<null, { why: HandRefusal }, Case>(ctx, staff, {
    permission: "confirm-settlement",
    find: async (tx, who) => {
      const found = await findCase(tx, who, caseNo);
      const word = found?.open ? `${isRight ? "✓" : "✗"} ${found.open.seen}` : "";
      return found && { ...found, facts: { ...found.facts, isRight, reason: word } };
    },
    act: async (tx, who, found) => {
      const { op, at } = timeOf(ctx, found);
      const people = { proposedPerson: found.open?.proposedPerson ?? null, personId: who.personId };
      const why = mayDecide(op, people, at);
      if (why || !found.open) return refuse({ why: why ?? "noProposal" });
      await tx
        .update(settlement)
        .set({
          status: isRight ? "CONFIRMED" : "REFUSED",
          decidedBy: who.staffId,
          decidedPerson: who.personId,
          decidedAt: sql`clock_timestamp()`,
        })
        .where(eq(settlement.id, found.open.id));
      if (isRight) await settle(ctx, tx, found, found.open);
      return ok(null);
    },
  });
}

async function settle(
  ctx: Context,
  tx: Db,
  { books, op }: Case,
  { outcome, seen }: { outcome: "SUCCEEDED" | "FAILED"; seen: string },
): Promise<void> {
  const { order, now } = books;
  const evidenceId = await keepEvidence(
    tx,
    { orderId: order.id, opId: op.id, source: "person", outcome: `${outcome}: ${seen}` },
    null,
  );
  await tx
    .update(moneyOp)
    .set({
      state: outcome,
      why: "settledByHand",
      evidenceId,
      fence: op.fence + 1,
      settledAt: now,
      nextAskAt: null,
    })
    .where(eq(moneyOp.id, op.id));
  if (outcome === "SUCCEEDED" && op.kind === "CANCEL") await noteCancelled(ctx, tx, books);
  const { amountMinor, currency } = op;
  const facts = { from: op.state, to: outcome, why: "settledByHand", amountMinor, currency };
  await auditOp(tx, "settle", { ...op, order }, facts);
}
