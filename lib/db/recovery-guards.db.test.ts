import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { freshDatabase } from "#test/database.ts";
import { makePaidOrder, makeShop, makeStaff } from "#test/shop.ts";
import { dailyProof, evidence, foundRefund, incident, moneyOp, refundRequest, settlement } from "./schema.ts";
import { brokenConstraint } from "./with-tx.ts";

const here = freshDatabase();
let shop: Awaited<ReturnType<typeof makeShop>>;
let people: Awaited<ReturnType<typeof makeStaff>>[];
const db = () => here.database.db;
type Order = Awaited<ReturnType<typeof makePaidOrder>>;

beforeAll(async () => {
  shop = await makeShop(here.database);
  people = [];
  for (const role of ["cashier", "manager", "owner"] as const)
    people.push(await makeStaff(here.database, shop.shop.id, role));
});
const person = (place: number) => {
  const one = people[place];
  if (!one) throw new Error("nobody");
  return one;
};

const refusal = (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => null,
    (error: unknown) => brokenConstraint(error) ?? "not a constraint",
  );

async function proof(order: Order, source: "query" | "list" | "person" | "rule" = "query"): Promise<string> {
  const [row] = await db()
    .insert(evidence)
    .values({ orderId: order.id, source, outcome: "done" })
    .returning();
  return row?.id ?? "";
}

async function requested(order: Order, amountMinor: number) {
  const [row] = await db()
    .insert(refundRequest)
    .values({
      clientRequestId: randomUUID(),
      orderId: order.id,
      storeId: order.storeId,
      amountMinor,
      currency: "TWD",
      reason: "returned",
      requestedBy: person(0).id,
      requestedPerson: person(0).personId,
      expiresAt: new Date(Date.now() + 3_600_000),
      snapshot: { gatewayState: "paid", paidMinor: order.paidMinor, remainingMinor: order.paidMinor },
    })
    .returning();
  if (!row) throw new Error("no request");
  return row;
}

async function approved(order: Order, amountMinor: number) {
  const request = await requested(order, amountMinor);
  await db()
    .update(refundRequest)
    .set({
      status: "APPROVED",
      decidedBy: person(1).id,
      decidedPerson: person(1).personId,
      decidedAt: new Date(),
    })
    .where(eq(refundRequest.id, request.id));
  return request;
}

async function operation(request: Awaited<ReturnType<typeof requested>>) {
  const [op] = await db()
    .insert(moneyOp)
    .values({
      kind: "REFUND",
      orderId: request.orderId,
      accountId: shop.account.id,
      requestId: request.id,
      amountMinor: request.amountMinor,
      currency: "TWD",
      merchantNo: randomUUID().slice(0, 16),
      requestedPerson: person(0).personId,
      approvedPerson: person(1).personId,
    })
    .returning();
  if (!op) throw new Error("no operation");
  return op;
}

const move = (id: string, values: Partial<typeof moneyOp.$inferInsert>) =>
  refusal(
    db()
      .update(moneyOp)
      .set({ leaseOwner: null, ...values, fence: sql`${moneyOp.fence} + 1` })
      .where(eq(moneyOp.id, id)),
  );

async function stuck(order: Order, amountMinor = 100) {
  const op = await operation(await approved(order, amountMinor));
  await move(op.id, { state: "SENDING", leaseOwner: randomUUID() });
  await move(op.id, { state: "UNKNOWN" });
  await move(op.id, { state: "NEEDS_PERSON" });
  return op;
}

const found = (order: Order, amountMinor: number, evidenceId: string) => ({
  orderId: order.id,
  accountId: shop.account.id,
  amountMinor,
  currency: "TWD" as const,
  key: randomUUID(),
  source: "list" as const,
  evidenceId,
});

describe("money that went back elsewhere counts", () => {
  test("a request and an operation fit into what is left, and not into a minor unit more", async () => {
    const order = await makePaidOrder(here.database, shop.account, 1_000);
    await db()
      .insert(foundRefund)
      .values(found(order, 600, await proof(order)));
    expect(await refusal(requested(order, 401))).toBe("refund_request_sum");
    const request = await approved(order, 400);
    expect(await refusal(operation(request))).toBeNull();
    const other = await makePaidOrder(here.database, shop.account, 1_000);
    const asked = await approved(other, 1_000);
    await db()
      .insert(foundRefund)
      .values(found(other, 1, await proof(other)));
    expect(await refusal(operation(asked))).toBe("money_op_sum");
  });

  test("what was found is found once, is more than nothing, and stays", async () => {
    const order = await makePaidOrder(here.database, shop.account, 1_000);
    const row = found(order, 600, await proof(order));
    await db().insert(foundRefund).values(row);
    expect(await refusal(db().insert(foundRefund).values(row))).toBe("found_refund_key");
    expect(
      await refusal(
        db()
          .insert(foundRefund)
          .values({ ...row, key: "x", amountMinor: 0 }),
      ),
    ).toBe("found_refund_amount");
    expect(await refusal(db().update(foundRefund).set({ amountMinor: 1 }))).toBe("append_only");
    expect(await refusal(db().delete(foundRefund))).toBe("append_only");
  });
});

describe("one request, one living operation", () => {
  test("a second one is refused while the first is not proven dead, and taken after it", async () => {
    const order = await makePaidOrder(here.database, shop.account, 1_000);
    const request = await approved(order, 100);
    const first = await operation(request);
    expect(await refusal(operation(request))).toBe("money_op_request_once");
    await move(first.id, { state: "SENDING", leaseOwner: randomUUID() });
    await move(first.id, { state: "SUCCEEDED", evidenceId: await proof(order) });
    expect(await refusal(operation(request))).toBe("money_op_request_once");
    const other = await approved(order, 100);
    const dead = await operation(other);
    await move(dead.id, { state: "FAILED", evidenceId: await proof(order, "rule") });
    expect(await refusal(operation(other))).toBeNull();
  });
});

describe("scenario 45: what waits for a person is settled by two", () => {
  const proposal = (opId: string) => ({
    opId,
    outcome: "FAILED" as const,
    seen: "portal: no refund of this order",
    proposedBy: person(1).id,
    proposedPerson: person(1).personId,
  });
  const confirmed = (place: number) => ({
    status: "CONFIRMED" as const,
    decidedBy: person(place).id,
    decidedPerson: person(place).personId,
    decidedAt: new Date(),
  });

  test("neither a rule nor one person's word moves it; a proof from the gateway moves it to succeeded only", async () => {
    const order = await makePaidOrder(here.database, shop.account, 1_000);
    const op = await stuck(order);
    const word = await proof(order, "person");
    expect(await move(op.id, { state: "FAILED", evidenceId: await proof(order) })).toBe(
      "money_op_settled_by_two",
    );
    expect(await move(op.id, { state: "SUCCEEDED", evidenceId: word })).toBe("money_op_settled_by_two");
    await db().insert(settlement).values(proposal(op.id));
    expect(await move(op.id, { state: "FAILED", evidenceId: word })).toBe("money_op_settled_by_two");
    expect(await move(op.id, { state: "SUCCEEDED", evidenceId: await proof(order, "list") })).toBeNull();
  });

  test("the second person is another one, and says what the first wrote down", async () => {
    const order = await makePaidOrder(here.database, shop.account, 1_000);
    const op = await stuck(order);
    await db().insert(settlement).values(proposal(op.id));
    expect(await refusal(db().insert(settlement).values(proposal(op.id)))).toBe("settlement_one_open");
    const of = eq(settlement.opId, op.id);
    expect(await refusal(db().update(settlement).set(confirmed(1)).where(of))).toBe("settlement_two_people");
    expect(await refusal(db().update(settlement).set({ seen: "something else" }).where(of))).toBe(
      "settlement_final",
    );
    expect(await refusal(db().update(settlement).set({ status: "CONFIRMED" }).where(of))).toBe(
      "settlement_decided",
    );
    await db().update(settlement).set(confirmed(2)).where(of);
    expect(await refusal(db().update(settlement).set(confirmed(2)).where(of))).toBe("settlement_final");
    expect(await refusal(db().delete(settlement).where(of))).toBe("append_only");
    const word = await proof(order, "person");
    expect(await move(op.id, { state: "SUCCEEDED", evidenceId: word })).toBe("money_op_settled_by_two");
    expect(await move(op.id, { state: "FAILED", evidenceId: word })).toBeNull();
  });

  test("what was read is more than a word", async () => {
    const op = await stuck(await makePaidOrder(here.database, shop.account, 1_000));
    const short = { ...proposal(op.id), seen: "123456789 " };
    expect(await refusal(db().insert(settlement).values(short))).toBe("settlement_seen");
    expect(
      await refusal(
        db()
          .insert(settlement)
          .values({ ...short, seen: "1234567890" }),
      ),
    ).toBeNull();
  });
});

describe("cases", () => {
  const one = (kind: "paidAfterCancel" | "credentialTrouble", key: string) => ({
    kind,
    key,
    storeId: shop.shop.id,
    accountId: shop.account.id,
  });
  const close = { closedAt: new Date(), closedWhy: "x" };

  test("a payment after a cancel is one case for ever; trouble with a key is one at a time", async () => {
    const paid = one("paidAfterCancel", randomUUID());
    await db().insert(incident).values(paid);
    expect(await refusal(db().insert(incident).values(paid))).toMatch(/incident_(open|once)/);
    await db().update(incident).set(close).where(eq(incident.key, paid.key));
    expect(await refusal(db().insert(incident).values(paid))).toBe("incident_once");
    const key = one("credentialTrouble", randomUUID());
    await db().insert(incident).values(key);
    expect(await refusal(db().insert(incident).values(key))).toBe("incident_open");
    await db().update(incident).set(close).where(eq(incident.key, key.key));
    expect(await refusal(db().insert(incident).values(key))).toBeNull();
  });

  test("a case is closed with a reason, once, and never deleted", async () => {
    const { key, ...rest } = one("credentialTrouble", randomUUID());
    await db()
      .insert(incident)
      .values({ key, ...rest });
    const of = eq(incident.key, key);
    expect(await refusal(db().update(incident).set({ closedAt: new Date() }).where(of))).toBe(
      "incident_closed",
    );
    expect(await refusal(db().update(incident).set({ key: "other" }).where(of))).toBe("incident_final");
    await db().update(incident).set(close).where(of);
    expect(await refusal(db().update(incident).set({ closedWhy: "y" }).where(of))).toBe("incident_final");
    expect(await refusal(db().delete(incident).where(of))).toBe("append_only");
  });
});

test("a daily proof stays as it was found", async () => {
  await db()
    .insert(dailyProof)
    .values({
      ...{ accountId: shop.account.id, storeId: shop.shop.id, businessDay: "2026-11-24", method: "list" },
      ...{ isClean: true, ourCount: 0, theirCount: 0 },
      lists: { oursOnly: [], theirsOnly: [], amountDiffers: [], moreThanOne: [] },
    });
  expect(await refusal(db().update(dailyProof).set({ isClean: false }))).toBe("append_only");
  expect(await refusal(db().delete(dailyProof))).toBe("append_only");
});
