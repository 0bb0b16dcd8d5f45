import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { appendAudit } from "#lib/db/audit.ts";
import {
  deputy,
  incident,
  lookUp,
  moneyOp,
  payOrder,
  refundRequest,
  settlement,
  staffNotice,
} from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { makePaidOrder } from "#test/shop.ts";
import type { Person, World } from "./world.ts";

/** Fresh things of the world's first store for one cell: whoever may act on them, acts on nobody else's. */
const hour = () => new Date(Date.now() + 3_600_000);
const hourAgo = () => new Date(Date.now() - 3_600_000);

export async function paidOrder({ database, shop }: World) {
  const order = await makePaidOrder(database, { id: shop.account.id, storeId: shop.shop.id }, 1000);
  await database.db.update(payOrder).set({ asOfAt: new Date() }).where(eq(payOrder.id, order.id));
  return { id: order.id, orderNo: order.orderNo, account: shop.account.slug };
}

export async function openOrder(world: World) {
  const order = await paidOrder(world);
  await world.database.db
    .update(payOrder)
    .set({ gatewayState: "waiting", paidMinor: 0 })
    .where(eq(payOrder.id, order.id));
  return order;
}

/** A waiting request over the whole of a paid order. */
export async function request(world: World, asker: Person = world.asker) {
  const order = await paidOrder(world);
  const [row] = await world.database.db
    .insert(refundRequest)
    .values({
      ...{ clientRequestId: randomUUID(), orderId: order.id, storeId: world.shop.shop.id, amountMinor: 1000 },
      ...{ currency: "TWD", reason: "returned", requestedBy: asker.id, requestedPerson: asker.personId },
      ...{ expiresAt: hour(), snapshot: seen },
    })
    .returning();
  if (!row) throw new Error("no request");
  return { ...row, account: order.account, orderNo: order.orderNo };
}

/** The first request of somebody's day over a sale of today. */
export async function lightRequest(world: World) {
  const asked = await request(world, await world.hire("cashier"));
  await world.database.db.update(payOrder).set({ paidAt: new Date() }).where(eq(payOrder.id, asked.orderId));
  return asked;
}

/** The only request that waits at the store. */
export async function onlyRequest(world: World) {
  await world.database.db.execute(
    sql`update refund_request set status = 'WITHDRAWN', decided_at = clock_timestamp() where status = 'REQUESTED'`,
  );
  return request(world);
}

/** What everybody sees of such an order. */
export const seen = { gatewayState: "paid", paidMinor: 1000, remainingMinor: 1000 } as const;

/** A refund that nobody can find out about by machine, an hour old, with its case. */
export async function stuckCase(world: World): Promise<{ caseNo: string; opId: string }> {
  const { database, shop, asker, boss } = world;
  const { db } = database;
  const asked = await request(world);
  await db
    .update(refundRequest)
    .set({
      status: "APPROVED",
      decidedBy: boss.id,
      decidedPerson: boss.personId,
      decidedAt: new Date(),
    })
    .where(eq(refundRequest.id, asked.id));
  const [op] = await db
    .insert(moneyOp)
    .values({
      ...{ kind: "REFUND", orderId: asked.orderId, accountId: shop.account.id, requestId: asked.id },
      ...{ amountMinor: 1000, currency: "TWD", merchantNo: randomUUID().slice(0, 16) },
      ...{ requestedPerson: asker.personId, approvedPerson: boss.personId, createdAt: hourAgo() },
    })
    .returning();
  if (!op) throw new Error("no operation");
  for (const state of ["SENDING", "UNKNOWN", "NEEDS_PERSON"] as const)
    await db
      .update(moneyOp)
      .set({
        ...{ state, leaseOwner: state === "SENDING" ? randomUUID() : null, lastSentAt: hourAgo() },
        fence: sql`${moneyOp.fence} + 1`,
      })
      .where(eq(moneyOp.id, op.id));
  return { caseNo: await openCase(world, "unknownOutcome", op), opId: op.id };
}

export async function proposedCase(world: World): Promise<{ caseNo: string }> {
  const { caseNo, opId } = await stuckCase(world);
  const { id: proposedBy, personId: proposedPerson } = world.boss;
  await world.database.db
    .insert(settlement)
    .values({ opId, outcome: "FAILED", seen: "portal says no", proposedBy, proposedPerson });
  return { caseNo };
}

/** A case that only a person closes. */
export async function foundCase(world: World): Promise<{ caseNo: string }> {
  const order = await paidOrder(world);
  return { caseNo: await openCase(world, "refundedElsewhere", { orderId: order.id }) };
}

async function openCase(
  { database, shop }: World,
  kind: "unknownOutcome" | "refundedElsewhere",
  { orderId, id: opId }: { orderId: string; id?: string },
): Promise<string> {
  const [row] = await database.db
    .insert(incident)
    .values({
      ...{ kind, key: opId ?? orderId, storeId: shop.shop.id, accountId: shop.account.id, orderId },
      ...(opId ? { opId } : {}),
    })
    .returning();
  return row?.caseNo ?? "";
}

export async function notice({ database }: World, { id: staffId }: { id: string }): Promise<string> {
  const [row] = await database.db.insert(staffNotice).values({ staffId, kind: "pinLocked" }).returning();
  return row?.id ?? "";
}

/** An order that this person's device looked up. */
export async function lookedUp(world: World, { id: staffId, deviceId }: Person) {
  const order = await paidOrder(world);
  await world.database.db.insert(lookUp).values({ deviceId, orderId: order.id, staffId });
  return order;
}

/** A line of the audit about an order of the world's store; its number. */
export async function lineAbout(world: World): Promise<string> {
  const { id: orderId, orderNo } = await paidOrder(world);
  await withTx(world.database, (tx) =>
    appendAudit(tx, {
      ...{ action: "look-up-order", outcome: "done", staffId: world.asker.id, storeId: world.shop.shop.id },
      ...{ orderId, subject: null, deviceId: null, facts: { orderNo } },
    }),
  );
  return orderNo;
}

/** Somebody's deputy, a day long past any other. */
export async function deputyship(world: World, { id: principalId }: { id: string }): Promise<string> {
  const { id: deputyId } = await world.hire("manager");
  const days = { fromOn: "2998-01-01", untilOn: "2998-01-02" };
  const [row] = await world.database.db
    .insert(deputy)
    .values({ principalId, deputyId, ...days })
    .returning();
  return row?.id ?? "";
}

/** An approved refund of an order that was cancelled; its order's number. */
export async function oddRefund(world: World): Promise<string> {
  const { boss, database } = world;
  const asked = await request(world);
  const decided = { decidedBy: boss.id, decidedPerson: boss.personId, decidedAt: new Date() };
  await database.db
    .update(refundRequest)
    .set({ status: "APPROVED", ...decided })
    .where(eq(refundRequest.id, asked.id));
  await database.db.update(payOrder).set({ cancelledAt: new Date() }).where(eq(payOrder.id, asked.orderId));
  return asked.orderNo;
}
