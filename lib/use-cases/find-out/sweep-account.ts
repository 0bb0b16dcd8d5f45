import "server-only";
import { and, eq, inArray, lt, sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { afterMs } from "#lib/db/clock.ts";
import { accountChore, evidence, foundRefund, moneyOp, payOrder } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { isOpenOutcome } from "#lib/domain/money-op.ts";
import { type ListedOrder, sumRows, unlisted } from "#lib/domain/recovery/list-rows.ts";
import { sumMoney } from "#lib/domain/refund.ts";
import type { GatewayOutcome, TransactionRow } from "#lib/gateway/gateway.ts";
import type { Context } from "../context.ts";
import { noteFindings } from "../incidents/note-findings.ts";
import { factsOf, type OrderBooks, readBooks } from "../order-books.ts";
import { moveSent } from "./move-sent.ts";
import { sweepEveryMs } from "./want-sweep.ts";

const dayMs = 24 * 3_600_000;
/** How far back one list is read, in ms; orders whose first refund is older are settled without it. */
const reachMs = 7 * dayMs;

/** How far the gateway's clock may be ahead of ours, in ms. */
const skewMs = 10 * 60_000;

/** The period whose rows cover every refund of the orders with an open outcome: from before their first refund on. */
export async function sweepRange(ctx: Context, accountId: string): Promise<{ from: Date; to: Date }> {
  const { rows } = await ctx.database.db.execute<{ from_at: string | null; now: string }>(sql`
    select min(b.created_at) - interval '1 hour' as from_at, clock_timestamp() as now
      from money_op b
     where b.account_id = ${accountId} and b.kind = 'REFUND'
       and b.created_at > clock_timestamp() - make_interval(secs => ${reachMs / 1_000}::int)
       and exists (select 1 from money_op m where m.order_id = b.order_id and m.state in ('UNKNOWN','PENDING','NEEDS_PERSON'))`);
  const now = new Date(rows[0]?.now ?? Date.now());
  const from = rows[0]?.from_at ? new Date(rows[0].from_at) : new Date(now.getTime() - dayMs);
  return { from, to: new Date(now.getTime() + skewMs) };
}

/**
 * Reads one list as an answer about every order of the account (money.md 2.6, batch): open refunds are settled by the sum of
 * their order's rows, also parts of one order; and what our books do not know is found. One bad list settles nothing.
 */
export async function recordSweep(
  ctx: Context,
  accountId: string,
  { from, outcome }: { from: Date; outcome: GatewayOutcome<readonly TransactionRow[]> },
): Promise<void> {
  if (outcome.outcome === "done") {
    const listed = sumRows(outcome.value);
    for (const orderId of await ordersToRead(ctx, accountId, { from, orderNos: [...listed.keys()] }))
      await readListed(ctx, orderId, { listed, from });
  }
  const isOpen = sql`exists (select 1 from money_op where account_id = ${accountId} and kind = 'REFUND'
                              and state in ('UNKNOWN','PENDING','NEEDS_PERSON'))`;
  await ctx.database.db
    .update(accountChore)
    .set({
      askCount: sql`${accountChore.askCount} + 1`,
      lastAskedAt: sql`clock_timestamp()`,
      dueAt: afterMs(sweepEveryMs),
      doneAt:
        outcome.outcome === "done" ? sql`case when ${isOpen} then null else clock_timestamp() end` : null,
    })
    .where(and(eq(accountChore.accountId, accountId), eq(accountChore.kind, "sweep")));
}

/** Orders of the list that are in our books, and orders with an open refund that the list should know. */
async function ordersToRead(
  ctx: Context,
  accountId: string,
  { from, orderNos }: { from: Date; orderNos: string[] },
): Promise<string[]> {
  const { db } = ctx.database;
  const known =
    orderNos.length === 0
      ? []
      : await db
          .select({ id: payOrder.id })
          .from(payOrder)
          .where(and(eq(payOrder.accountId, accountId), inArray(payOrder.orderNo, orderNos)));
  const open = await db
    .select({ id: moneyOp.orderId })
    .from(moneyOp)
    .where(
      and(
        eq(moneyOp.accountId, accountId),
        eq(moneyOp.kind, "REFUND"),
        inArray(moneyOp.state, ["UNKNOWN", "PENDING", "NEEDS_PERSON"]),
        sql`(select min(b.created_at) from money_op b where b.order_id = ${moneyOp.orderId} and b.kind = 'REFUND') > ${from}`,
      ),
    );
  return [...new Set([...known, ...open].map(({ id }) => id))];
}

type Listed = {
  readonly listed: ReadonlyMap<string, ListedOrder>;
  /** Rows before it are not in the list. */
  readonly from: Date;
  readonly source?: "list" | "restore";
};

/** How far our clock and the gateway's may lie apart where a list begins, in ms. */
const edgeMs = 2 * 60_000;

/** Reads one order's rows: what the list cannot hold because it is older counts as we know it. */
export async function readListed(ctx: Context, orderId: string, list: Listed): Promise<void> {
  const { listed, from, source = "list" } = list;
  await withTx(ctx.database, async (tx) => {
    const books = await readBooks(tx, orderId, { isLocked: true });
    const seen = listed.get(books.order.orderNo) ?? unlisted;
    const theirsMinor = seen.returnedMinor + (await returnedBefore(tx, books, from));
    const op = books.ops.find(({ kind, state }) => kind === "REFUND" && isOpenOutcome(state));
    const { returnedMinor: knownMinor } = sumMoney(factsOf(books));
    if (theirsMinor <= knownMinor && !op) return;
    const evidenceId = await keepListed(tx, { orderId, opId: op?.id ?? null, seen });
    if (op) {
      const reading = { by: "sum" as const, returnedMinor: theirsMinor, isClear: seen.isClear };
      await moveSent(ctx, tx, books, { op, evidenceId, reading });
    }
    await noteFindings(ctx, tx, orderId, { evidenceId, source, theirsMinor });
  });
}

/** What we know to have gone back before a list begins. */
async function returnedBefore(tx: Db, { order, ops }: OrderBooks, from: Date): Promise<number> {
  const edge = new Date(from.getTime() - edgeMs);
  const own = ops.filter(
    ({ kind, state, lastSentAt, createdAt }) =>
      kind === "REFUND" && state === "SUCCEEDED" && (lastSentAt ?? createdAt) < edge,
  );
  const found = await tx
    .select({ amountMinor: foundRefund.amountMinor })
    .from(foundRefund)
    .where(and(eq(foundRefund.orderId, order.id), lt(foundRefund.foundAt, edge)));
  return [...own, ...found].reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

/** What the list says of one order, without the rows of others. */
export async function keepListed(
  tx: Db,
  { orderId, opId, seen }: { orderId: string; opId: string | null; seen: ListedOrder },
): Promise<string> {
  const [row] = await tx
    .insert(evidence)
    .values({ orderId, opId, source: "list", outcome: "done", message: JSON.stringify(seen) })
    .returning({ id: evidence.id });
  if (!row) throw new Error("evidence was not stored");
  return row.id;
}
