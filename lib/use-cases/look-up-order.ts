import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import { appendAudit } from "#lib/db/audit.ts";
import { restOf } from "#lib/db/lane.ts";
import { lookUp, merchantAccount, payOrder } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { type OrderNoRefusal, parseOrderNo } from "#lib/domain/order-no.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { queryInSlot } from "./ask-gateway.ts";
import type { Context } from "./context.ts";
import { recordQuery } from "./record-answer.ts";
import { laneWaitMs, waitForLane } from "./wait-for-lane.ts";

export type Found = { readonly account: string; readonly orderNo: string };
/** `gatewayNoAnswer` says nothing about the order: it may well exist. */
export type LookUpRefusal =
  | { readonly why: OrderNoRefusal | "notFound"; readonly understood: string }
  | {
      readonly why: "gatewayNoAnswer";
      readonly understood: string;
      /** The gateway is left alone until then; null: it can be asked again at once. */
      readonly quietUntil: Date | null;
    };
type LookedUp = Result<readonly Found[], LookUpRefusal>;

/**
 * Finds an order by what was scanned or typed: in our books first, then by asking the gateway once. Orders of other stores
 * answer like ones that do not exist, in words and in what is done meanwhile, and the look-up is audited with the raw text.
 */
export async function lookUpOrder(ctx: Context, staff: CurrentStaff, raw: string): Promise<LookedUp> {
  return (await lookUpInBooks(ctx, staff, raw)) ?? askAbout(ctx, staff, raw);
}

/** The part of a look-up that asks no gateway; null: our books of this person's stores do not have the number. */
export async function lookUpInBooks(
  ctx: Context,
  staff: CurrentStaff,
  raw: string,
): Promise<LookedUp | null> {
  const read = parseOrderNo(raw);
  if (!read.ok) return refuse({ why: read.refusal, understood: raw.slice(0, 64) });
  const orderNo = read.value;
  const found = await findKnown(ctx, staff, orderNo);
  if (found.length === 0) return null;
  await remember(ctx, staff, { raw, orderNo, found });
  return ok(found.map(({ account }) => ({ account, orderNo })));
}

/**
 * The order to go to at once: the only one of these stores' books with this number. Null where a look-up has more to say, which
 * is then made as if nobody had asked here: several orders, none, or no number at all.
 */
export async function findKnownOrder(ctx: Context, staff: CurrentStaff, raw: string): Promise<Found | null> {
  const read = parseOrderNo(raw);
  const found = read.ok ? await findKnown(ctx, staff, read.value) : [];
  const [only, another] = found;
  if (!only || another) return null;
  await remember(ctx, staff, { raw, orderNo: only.orderNo, found });
  return { account: only.account, orderNo: only.orderNo };
}

/** Asks the gateways about a number our books do not have. */
async function askAbout(ctx: Context, staff: CurrentStaff, raw: string): Promise<LookedUp> {
  const read = parseOrderNo(raw);
  if (!read.ok) return refuse({ why: read.refusal, understood: raw.slice(0, 64) });
  const orderNo = read.value;
  const asked = await askAccounts(ctx, staff, orderNo);
  const found = await findKnown(ctx, staff, orderNo);
  await remember(ctx, staff, { raw, orderNo, found });
  if (found.length > 0) return ok(found.map(({ account }) => ({ account, orderNo })));
  const silent = asked.find((answer) => answer !== "answered");
  if (!silent) return refuse({ why: "notFound", understood: orderNo });
  return refuse({ why: "gatewayNoAnswer", understood: orderNo, quietUntil: silent.quietUntil });
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

/** What asking an account came to; silence says until when it is left alone. */
type Asked = "answered" | { readonly quietUntil: Date | null };

/** Asks every account of the person's stores that could have made the number; side by side, each once. */
async function askAccounts(ctx: Context, staff: CurrentStaff, orderNo: string): Promise<Asked[]> {
  if (staff.storeIds.length === 0) return [];
  const accounts = await ctx.database.db
    .select()
    .from(merchantAccount)
    .where(inArray(merchantAccount.storeId, [...staff.storeIds]));
  const able = accounts.filter((account) => orderNo.length <= ctx.capabilitiesOf(account).orderNoLengthMax);
  return Promise.all(able.map((account) => askOnce(ctx, account, orderNo)));
}

async function askOnce(
  ctx: Context,
  row: typeof merchantAccount.$inferSelect,
  orderNo: string,
): Promise<Asked> {
  const account = await ctx.openAccount(row.id);
  // A lane that rests for longer than anybody waits at a counter is not waited for.
  const quietUntil = await restOf(ctx.database, row.id, laneWaitMs);
  const slot = quietUntil ? null : await waitForLane(ctx, row.id);
  if (!slot) return { quietUntil };
  const outcome = await queryInSlot(ctx, { account, slot }, orderNo);
  if (outcome.outcome === "declined" && outcome.reason === "not-found") return "answered";
  if (outcome.outcome !== "done") return { quietUntil: await restOf(ctx.database, row.id, 0) };
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
