import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import { appendAudit } from "#lib/db/audit.ts";
import { lookUp, merchantAccount, payOrder } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { type OrderNoRefusal, parseOrderNo } from "#lib/domain/order-no.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { queryInSlot } from "./ask-gateway.ts";
import type { Context } from "./context.ts";
import { recordQuery } from "./record-answer.ts";
import { waitForLane } from "./wait-for-lane.ts";

export type Found = { readonly account: string; readonly orderNo: string };
/** `gatewayNoAnswer` says nothing about the order: it may well exist. */
export type LookUpRefusal = {
  readonly why: OrderNoRefusal | "notFound" | "gatewayNoAnswer";
  readonly understood: string;
};

/**
 * Finds an order by what was scanned or typed: in our books first, then by asking the gateway once. Orders of other stores
 * answer like ones that do not exist, and the look-up is audited with the raw text.
 */
export async function lookUpOrder(
  ctx: Context,
  staff: CurrentStaff,
  raw: string,
): Promise<Result<readonly Found[], LookUpRefusal>> {
  const read = parseOrderNo(raw);
  if (!read.ok) return refuse({ why: read.refusal, understood: raw.slice(0, 64) });
  const orderNo = read.value;
  const known = await findKnown(ctx, staff, orderNo);
  const asked = known.length > 0 ? null : await askAccounts(ctx, staff, orderNo);
  const found = known.length > 0 ? known : await findKnown(ctx, staff, orderNo);
  await remember(ctx, staff, { raw, orderNo, found });
  if (found.length > 0) return ok(found.map(({ account, orderNo: no }) => ({ account, orderNo: no })));
  return refuse({ why: asked === "no-answer" ? "gatewayNoAnswer" : "notFound", understood: orderNo });
}

type Known = Found & { readonly id: string; readonly storeId: string };

async function findKnown(ctx: Context, staff: CurrentStaff, orderNo: string): Promise<Known[]> {
  if (staff.storeIds.length === 0) return [];
  return ctx.database.db
    .select({
      id: payOrder.id,
      storeId: payOrder.storeId,
      account: merchantAccount.slug,
      orderNo: payOrder.orderNo,
    })
    .from(payOrder)
    .innerJoin(merchantAccount, eq(merchantAccount.id, payOrder.accountId))
    .where(and(eq(payOrder.orderNo, orderNo), inArray(payOrder.storeId, [...staff.storeIds])));
}

/** Asks every account of the person's stores that could have made the number; side by side, each once. */
async function askAccounts(
  ctx: Context,
  staff: CurrentStaff,
  orderNo: string,
): Promise<"answered" | "no-answer"> {
  if (staff.storeIds.length === 0) return "answered";
  const accounts = await ctx.database.db
    .select()
    .from(merchantAccount)
    .where(inArray(merchantAccount.storeId, [...staff.storeIds]));
  const able = accounts.filter((account) => orderNo.length <= ctx.capabilitiesOf(account).orderNoLengthMax);
  const answers = await Promise.all(able.map((account) => askOnce(ctx, account, orderNo)));
  return answers.includes("no-answer") ? "no-answer" : "answered";
}

async function askOnce(
  ctx: Context,
  row: typeof merchantAccount.$inferSelect,
  orderNo: string,
): Promise<"answered" | "no-answer"> {
  const account = await ctx.openAccount(row.id);
  const slot = await waitForLane(ctx, row.id);
  if (!slot) return "no-answer";
  const outcome = await queryInSlot(ctx, { account, slot }, orderNo);
  if (outcome.outcome === "declined" && outcome.reason === "not-found") return "answered";
  if (outcome.outcome !== "done") return "no-answer";
  const [order] = await ctx.database.db
    .insert(payOrder)
    .values({
      accountId: row.id,
      storeId: row.storeId,
      orderNo,
      currency: row.currency,
      gatewayState: outcome.value.state,
    })
    .onConflictDoUpdate({ target: [payOrder.accountId, payOrder.orderNo], set: { orderNo } })
    .returning({ id: payOrder.id });
  if (order) await recordQuery(ctx, order.id, outcome);
  return "answered";
}

async function remember(
  ctx: Context,
  staff: CurrentStaff,
  look: { raw: string; orderNo: string; found: readonly Known[] },
): Promise<void> {
  await withTx(ctx.database, async (tx) => {
    const [first] = look.found;
    if (first) {
      await tx
        .insert(lookUp)
        .values({ deviceId: staff.deviceId, orderId: first.id, staffId: staff.staffId })
        .onConflictDoUpdate({
          target: [lookUp.deviceId, lookUp.orderId],
          set: { lookedUpAt: sql`clock_timestamp()` },
        });
    }
    await appendAudit(tx, {
      action: "look-up-order",
      outcome: first ? "done" : "refused",
      staffId: staff.staffId,
      storeId: first?.storeId ?? staff.storeIds[0] ?? null,
      orderId: first?.id ?? null,
      subject: null,
      deviceId: staff.deviceId,
      facts: { orderNo: look.orderNo, raw: look.raw.slice(0, 64) },
    });
  });
}
