import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { MoneyOpState } from "#lib/domain/money-op.ts";
import { canMove, moneyOpStates } from "#lib/domain/money-op.ts";
import { isReserving, type RequestStatus, requestMoves, requestStatuses } from "#lib/domain/refund.ts";
import { freshDatabase } from "#test/database.ts";
import { makePaidOrder, makeShop, makeStaff } from "#test/shop.ts";
import { auditEvent, evidence, moneyOp, refundRequest, settlement } from "./schema.ts";
import { brokenConstraint } from "./with-tx.ts";

const here = freshDatabase();
let shop: Awaited<ReturnType<typeof makeShop>>;
let cashier: Awaited<ReturnType<typeof makeStaff>>;
let manager: Awaited<ReturnType<typeof makeStaff>>;
const db = () => here.database.db;

beforeAll(async () => {
  shop = await makeShop(here.database);
  cashier = await makeStaff(here.database, shop.shop.id, "cashier");
  manager = await makeStaff(here.database, shop.shop.id, "manager");
});

type Order = Awaited<ReturnType<typeof makePaidOrder>>;

async function ask(order: Order, amountMinor: number) {
  const [row] = await db()
    .insert(refundRequest)
    .values({
      clientRequestId: randomUUID(),
      orderId: order.id,
      storeId: order.storeId,
      amountMinor,
      currency: "TWD",
      reason: "returned",
      requestedBy: cashier.id,
      requestedPerson: cashier.personId,
      expiresAt: new Date(Date.now() + 3_600_000),
      snapshot: { gatewayState: "paid", paidMinor: order.paidMinor, remainingMinor: order.paidMinor },
    })
    .returning();
  if (!row) throw new Error("no request");
  return row;
}

async function approve(request: Awaited<ReturnType<typeof ask>>, approvedPerson: string = manager.personId) {
  await db()
    .update(refundRequest)
    .set({ status: "APPROVED", decidedBy: manager.id, decidedPerson: approvedPerson, decidedAt: new Date() })
    .where(eq(refundRequest.id, request.id));
  const [op] = await db()
    .insert(moneyOp)
    .values({
      kind: "REFUND",
      orderId: request.orderId,
      accountId: shop.account.id,
      requestId: request.id,
      amountMinor: request.amountMinor,
      currency: "TWD",
      merchantNo: `R${randomUUID().replaceAll("-", "").slice(0, 15)}`,
      requestedPerson: cashier.personId,
      approvedPerson,
    })
    .returning();
  if (!op) throw new Error("no operation");
  return op;
}

async function cancel(order: Order) {
  await db().insert(moneyOp).values({
    kind: "CANCEL",
    orderId: order.id,
    accountId: shop.account.id,
    amountMinor: 0,
    currency: "TWD",
    merchantNo: randomUUID(),
    requestedPerson: cashier.personId,
  });
}

/** The constraint that refused, or null when it went through. */
async function refusal(work: Promise<unknown>): Promise<string | null> {
  return work.then(
    () => null,
    (error: unknown) => brokenConstraint(error) ?? "not a constraint",
  );
}

describe("the books refuse to pay too much", () => {
  test("two requests that together pass what was paid: the second is refused, the exact rest is not", async () => {
    const order = await makePaidOrder(here.database, shop.account, 1_000);
    await ask(order, 600);
    expect(await refusal(ask(order, 401))).toBe("refund_request_sum");
    expect(await refusal(ask(order, 400))).toBeNull();
  });

  test("fifty people ask for 40 % of one order at once: exactly two requests stand", async () => {
    const order = await makePaidOrder(here.database, shop.account, 1_000);
    const answers = await Promise.all(Array.from({ length: 50 }, () => refusal(ask(order, 400))));
    expect(answers.filter((answer) => answer === null)).toHaveLength(2);
    expect(answers.filter((answer) => answer === "refund_request_sum")).toHaveLength(48);
  });

  test("one live money movement per order: a cancel waits while a refund is on its way", async () => {
    const order = await makePaidOrder(here.database, shop.account, 500);
    await approve(await ask(order, 200));
    expect(await refusal(cancel(order))).toBe("money_op_one_live");
  });

  test("cancel and refund pressed at once a hundred times: one wins each time", async () => {
    for (let round = 0; round < 10; round += 1) {
      const order = await makePaidOrder(here.database, shop.account, 500);
      const request = await ask(order, 500);
      const both = await Promise.all([
        refusal(approve(request)),
        ...Array.from({ length: 9 }, () => refusal(cancel(order))),
      ]);
      expect(both.filter((answer) => answer === null)).toHaveLength(1);
    }
  });

  test("a full-refund-only account takes the whole amount and nothing less", async () => {
    const full = await makeShop(here.database, { isFullRefundOnly: true });
    const order = await makePaidOrder(here.database, full.account, 900);
    expect(await refusal(ask(order, 899))).toBe("refund_request_full_only");
    expect(await refusal(ask(order, 900))).toBeNull();
  });

  test("a repeated POST of one form finds its number taken", async () => {
    const order = await makePaidOrder(here.database, shop.account, 900);
    const first = await ask(order, 100);
    const again = db()
      .insert(refundRequest)
      .values({ ...first, id: randomUUID(), requestNo: "Q-again" });
    expect(await refusal(again)).toBe("refund_request_client_request_id_unique");
  });
});

describe("the books want two people", () => {
  test("T6: nobody approves a request of their own", async () => {
    const order = await makePaidOrder(here.database, shop.account, 500);
    const request = await ask(order, 500);
    expect(await refusal(approve(request, cashier.personId))).toBe("refund_request_two_people");
  });

  test("a decided request does not change any more", async () => {
    const order = await makePaidOrder(here.database, shop.account, 500);
    const request = await ask(order, 500);
    await approve(request);
    const withdraw = db()
      .update(refundRequest)
      .set({ status: "WITHDRAWN" })
      .where(eq(refundRequest.id, request.id));
    expect(await refusal(withdraw)).toBe("refund_request_final");
  });
});

describe("a request only makes legal moves", () => {
  const paths: Record<RequestStatus, RequestStatus[]> = {
    REQUESTED: [],
    RETURNED: ["RETURNED"],
    RESENT: ["RETURNED", "RESENT"],
    APPROVED: ["APPROVED"],
    REJECTED: ["REJECTED"],
    WITHDRAWN: ["WITHDRAWN"],
    EXPIRED: ["EXPIRED"],
    SUPERSEDED: ["SUPERSEDED"],
  };
  const byManager = () => ({ decidedBy: manager.id, decidedPerson: manager.personId, decidedAt: new Date() });
  const move = (id: string, status: RequestStatus) =>
    db()
      .update(refundRequest)
      .set({ status, ...(status === "APPROVED" ? byManager() : {}) })
      .where(eq(refundRequest.id, id));

  test.each(
    requestStatuses.flatMap((from) =>
      requestStatuses.filter((to) => to !== from).map((to) => [from, to] as const),
    ),
  )("%s → %s is allowed exactly when the rule says so", async (from, to) => {
    const { id } = await ask(await makePaidOrder(here.database, shop.account, 100), 100);
    for (const status of paths[from]) await move(id, status);
    const wanted = requestMoves[from].includes(to)
      ? null
      : isReserving(from)
        ? "refund_request_move"
        : "refund_request_final";
    expect(await refusal(move(id, to))).toBe(wanted);
  });

  test("a returned request keeps its amount reserved, and what was asked never changes", async () => {
    const order = await makePaidOrder(here.database, shop.account, 1_000);
    const { id } = await ask(order, 600);
    await move(id, "RETURNED");
    expect(await refusal(ask(order, 401))).toBe("refund_request_sum");
    const edit = db().update(refundRequest).set({ note: "other words" }).where(eq(refundRequest.id, id));
    expect(await refusal(edit)).toBe("refund_request_immutable");
    await move(id, "RESENT");
    expect(await refusal(ask(order, 1_000))).toBeNull();
  });

  test("no money moves for a request that nobody approved, nor another amount than was asked", async () => {
    const request = await ask(await makePaidOrder(here.database, shop.account, 100), 100);
    const op = (amountMinor: number) =>
      db().insert(moneyOp).values({
        kind: "REFUND",
        orderId: request.orderId,
        accountId: shop.account.id,
        requestId: request.id,
        amountMinor,
        currency: "TWD",
        merchantNo: randomUUID(),
        requestedPerson: cashier.personId,
        approvedPerson: manager.personId,
      });
    expect(await refusal(op(100))).toBe("money_op_request_approved");
    await move(request.id, "APPROVED");
    expect(await refusal(op(99))).toBe("money_op_request_approved");
    expect(await refusal(op(100))).toBeNull();
  });

  test("a request follows only one of its own order", async () => {
    const first = await ask(await makePaidOrder(here.database, shop.account, 100), 100);
    const other = await makePaidOrder(here.database, shop.account, 100);
    const { id, requestNo, orderId, ...rest } = first;
    const follow = db()
      .insert(refundRequest)
      .values({ ...rest, clientRequestId: randomUUID(), orderId: other.id, previousId: id });
    expect(await refusal(follow)).toBe("refund_request_previous");
  });
});

/** A manager's reading and a second person's word on it: what lets an operation that waits for a person fail. */
async function settleByTwo(opId: string) {
  const second = await makeStaff(here.database, shop.shop.id, "owner");
  await db().insert(settlement).values({
    opId,
    outcome: "FAILED",
    seen: "portal: no refund of this order",
    proposedBy: manager.id,
    proposedPerson: manager.personId,
    status: "CONFIRMED",
    decidedBy: second.id,
    decidedPerson: second.personId,
    decidedAt: new Date(),
  });
}

describe("an operation only makes legal moves", () => {
  /** Walks a fresh operation to `from` by legal moves, then tries `to`. */
  async function tryMove(from: MoneyOpState, to: MoneyOpState): Promise<string | null> {
    const order = await makePaidOrder(here.database, shop.account, 100);
    const op = await approve(await ask(order, 100));
    const paths: Record<MoneyOpState, MoneyOpState[]> = {
      READY: [],
      SENDING: ["SENDING"],
      PENDING: ["SENDING", "PENDING"],
      UNKNOWN: ["SENDING", "UNKNOWN"],
      NEEDS_PERSON: ["SENDING", "UNKNOWN", "NEEDS_PERSON"],
      SUCCEEDED: ["SENDING", "SUCCEEDED"],
      FAILED: ["FAILED"],
    };
    const [proof] = await db()
      .insert(evidence)
      .values({ orderId: order.id, opId: op.id, source: "query", outcome: "done" })
      .returning();
    const move = (state: MoneyOpState) =>
      db()
        .update(moneyOp)
        .set({
          state,
          fence: sql`${moneyOp.fence} + 1`,
          leaseOwner: state === "SENDING" ? randomUUID() : null,
          evidenceId: proof?.id ?? null,
        })
        .where(eq(moneyOp.id, op.id));
    for (const state of paths[from]) await move(state);
    if (from === "NEEDS_PERSON" && to === "FAILED") await settleByTwo(op.id);
    return refusal(move(to));
  }

  test.each(
    moneyOpStates.flatMap((from) =>
      moneyOpStates.filter((to) => to !== from).map((to) => [from, to] as const),
    ),
  )("%s → %s is allowed exactly when the rule says so", async (from, to) => {
    expect(await tryMove(from, to)).toBe(canMove(from, to) ? null : "money_op_move");
  });

  test("scenario 46: no refund is called failed before its quiet time is over, whoever writes; a moment after it may be", async () => {
    const order = await makePaidOrder(here.database, shop.account, 100);
    const op = await approve(await ask(order, 100));
    const [proof] = await db()
      .insert(evidence)
      .values({ orderId: order.id, opId: op.id, source: "query", outcome: "done" })
      .returning();
    const set = (values: Partial<typeof moneyOp.$inferInsert>) =>
      refusal(
        db()
          .update(moneyOp)
          .set({ ...values, fence: sql`${moneyOp.fence} + 1`, evidenceId: proof?.id ?? null })
          .where(eq(moneyOp.id, op.id)),
      );
    const quietUntil = (ms: number) => new Date(Date.now() + ms);
    await set({ state: "SENDING", leaseOwner: randomUUID(), quietUntil: quietUntil(900_000) });
    await set({ state: "UNKNOWN", leaseOwner: null });
    expect(await set({ state: "FAILED" })).toBe("money_op_quiet");
    await set({ quietUntil: quietUntil(-60_000) });
    expect(await set({ state: "FAILED" })).toBeNull();
  });

  test("a worker with an old fence changes nothing, and the amount never changes", async () => {
    const order = await makePaidOrder(here.database, shop.account, 100);
    const op = await approve(await ask(order, 100));
    const set = (values: Record<string, unknown>) =>
      refusal(db().update(moneyOp).set(values).where(eq(moneyOp.id, op.id)));
    expect(await set({ why: "x" })).toBe("money_op_fence");
    expect(await set({ amountMinor: 1, fence: 1 })).toBe("money_op_immutable");
    expect(await set({ state: "FAILED", fence: 1 })).toBe("money_op_evidence");
  });
});

describe("what was written stays", () => {
  test("audit and evidence rows cannot be edited or deleted", async () => {
    await db()
      .insert(auditEvent)
      .values({ seq: 900_000, at: new Date(), action: "x", outcome: "done", facts: {}, hash: "x" });
    expect(await refusal(db().update(auditEvent).set({ action: "y" }))).toBe("append_only");
    expect(await refusal(db().delete(auditEvent))).toBe("append_only");
    expect(await refusal(db().execute(sql`truncate audit_event`))).toBe("append_only");
    expect(await refusal(db().delete(evidence))).toBe("append_only");
  });
});
