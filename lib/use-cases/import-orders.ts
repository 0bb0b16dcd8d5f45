import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { afterMs } from "#lib/db/clock.ts";
import { accountChore, merchantAccount, payOrder } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { limits } from "#lib/domain/limits.ts";
import { type ListedOrder, sumRows } from "#lib/domain/recovery/list-rows.ts";
import type { GatewayOutcome, TransactionRow } from "#lib/gateway/gateway.ts";
import type { Context } from "./context.ts";
import { keepListed } from "./find-out/sweep-account.ts";
import { noteFindings } from "./incidents/note-findings.ts";

/** Sees to it that every account whose gateway has lists is read from now and then; nothing where it already is. */
export async function wantImports(ctx: Context): Promise<void> {
  const { db } = ctx.database;
  const accounts = await db.select().from(merchantAccount);
  const listed = accounts.filter((account) => ctx.capabilitiesOf(account).canListOrders);
  for (const { id } of listed) {
    await db
      .insert(accountChore)
      .values({ accountId: id, kind: "import", dueAt: afterMs(limits.importFirstAfterMs) })
      .onConflictDoNothing();
  }
}

/**
 * Puts the paid orders of a list into the books that nobody has looked up yet, so that an order without a receipt is found
 * by amount and time (screens.md 9). A listed row is an answer of the gateway; what went back of an order before we knew
 * it is noted as made elsewhere. Orders in the books already are left alone. The next list is read after `importEveryMs`.
 */
export async function importOrders(
  ctx: Context,
  accountId: string,
  outcome: GatewayOutcome<readonly TransactionRow[]>,
): Promise<void> {
  const { db } = ctx.database;
  if (outcome.outcome === "done") {
    const [account] = await db.select().from(merchantAccount).where(eq(merchantAccount.id, accountId));
    if (account) await importRows(ctx, account, outcome.value);
  }
  await db
    .update(accountChore)
    .set({ dueAt: afterMs(limits.importEveryMs), lastAskedAt: sql`clock_timestamp()` })
    .where(and(eq(accountChore.accountId, accountId), eq(accountChore.kind, "import")));
}

type Account = typeof merchantAccount.$inferSelect;

async function importRows(ctx: Context, account: Account, rows: readonly TransactionRow[]): Promise<void> {
  const listed = sumRows(rows);
  const charges = new Map(
    rows
      .filter((row) => !row.isRefund && row.isSuccess && row.amountMinor > 0)
      .map((row) => [row.orderNo, row]),
  );
  const known = await knownNumbers(ctx.database.db, account.id, [...charges.keys()]);
  for (const [orderNo, charge] of charges) {
    const seen = listed.get(orderNo);
    if (seen && !known.has(orderNo))
      await withTx(ctx.database, (tx) => importOne(ctx, tx, account, { charge, seen }));
  }
}

async function knownNumbers(db: Db, accountId: string, orderNos: string[]): Promise<Set<string>> {
  if (orderNos.length === 0) return new Set();
  const rows = await db
    .select({ orderNo: payOrder.orderNo })
    .from(payOrder)
    .where(and(eq(payOrder.accountId, accountId), inArray(payOrder.orderNo, orderNos)));
  return new Set(rows.map(({ orderNo }) => orderNo));
}

type Listed = { charge: TransactionRow; seen: ListedOrder };

async function importOne(ctx: Context, tx: Db, account: Account, { charge, seen }: Listed): Promise<void> {
  const [order] = await tx
    .insert(payOrder)
    .values({
      accountId: account.id,
      storeId: account.storeId,
      orderNo: charge.orderNo,
      currency: account.currency,
      gatewayState: seen.returnedMinor > 0 ? "refunded" : "paid",
      amountMinor: seen.paidMinor,
      paidMinor: seen.paidMinor,
      gatewayOrderNo: charge.gatewayOrderNo,
      wallet: charge.wallet,
      paidAt: charge.at,
      asOfAt: sql`clock_timestamp()`,
      ...(charge.at ? { firstSeenAt: charge.at } : {}),
    })
    .onConflictDoNothing({ target: [payOrder.accountId, payOrder.orderNo] })
    .returning({ id: payOrder.id });
  if (!order || seen.returnedMinor === 0) return;
  const evidenceId = await keepListed(tx, { orderId: order.id, opId: null, seen });
  await noteFindings(ctx, tx, order.id, { evidenceId, source: "list", theirsMinor: seen.returnedMinor });
}
