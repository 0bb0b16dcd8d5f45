import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { freshDatabase } from "#test/database.ts";
import { raiseLimit } from "#test/own-limit.ts";
import { makePaidOrder, makeShop, makeStaff } from "#test/shop.ts";
import { moneyOp, refundRequest, staff } from "./schema.ts";
import { brokenConstraint } from "./with-tx.ts";

const here = freshDatabase();
let shop: Awaited<ReturnType<typeof makeShop>>;
let manager: Person;
const db = () => here.database.db;
type Person = Awaited<ReturnType<typeof makeStaff>>;

beforeAll(async () => {
  shop = await makeShop(here.database);
  manager = await makeStaff(here.database, shop.shop.id, "manager");
});

/** A cashier with a limit of 500 a refund, three and 1,000 a day. */
async function cashierWithLimit(): Promise<Person> {
  const person = await makeStaff(here.database, shop.shop.id, "cashier");
  const limit = { refundDayCountMax: 3, refundDaySumMinor: 1_000 };
  await raiseLimit(here.database, { staffId: person.id }, limit);
  return person;
}

const judgement = {
  why: null,
  limits: { currency: "TWD", perRefundMinor: 500, dayCountMax: 3, daySumMinor: 1_000, saleAgeMaxDays: 30 },
  today: { count: 0, sumMinor: 0 },
  saleAgeMs: 0,
} as const;

async function ask(by: Person, amountMinor: number) {
  const order = await makePaidOrder(here.database, shop.account, 10_000);
  const [row] = await db()
    .insert(refundRequest)
    .values({
      ...{ clientRequestId: randomUUID(), orderId: order.id, storeId: order.storeId, amountMinor },
      ...{ currency: "TWD", reason: "returned", requestedBy: by.id, requestedPerson: by.personId, judgement },
      expiresAt: new Date(Date.now() + 3_600_000),
      snapshot: { gatewayState: "paid", paidMinor: 10_000, remainingMinor: 10_000 },
    })
    .returning();
  if (!row) throw new Error("no request");
  return row;
}
type Request = Awaited<ReturnType<typeof ask>>;

const refusal = (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => null,
    (error: unknown) => brokenConstraint(error) ?? "not a constraint",
  );
const byRule = { status: "APPROVED", approvedByRule: "own-limit", decidedAt: new Date() } as const;
const decide = ({ id }: Request, values: Partial<typeof refundRequest.$inferInsert> = byRule) =>
  refusal(db().update(refundRequest).set(values).where(eq(refundRequest.id, id)));
const put = (request: Request, by: Partial<typeof moneyOp.$inferInsert>) =>
  refusal(
    db()
      .insert(moneyOp)
      .values({
        ...{ kind: "REFUND", orderId: request.orderId, accountId: shop.account.id, requestId: request.id },
        ...{ amountMinor: request.amountMinor, currency: "TWD", merchantNo: randomUUID() },
        ...{ requestedPerson: request.requestedPerson, ...by },
      }),
  );

describe("the books hold the own limit, whoever writes", () => {
  test("at the limit a rule approves; one unit over it is refused, and so is anybody without a limit", async () => {
    const cashier = await cashierWithLimit();
    expect(await decide(await ask(cashier, 501))).toBe("refund_request_rule_amount");
    expect(await decide(await ask(cashier, 500))).toBeNull();
    expect(await decide(await ask(manager, 1))).toBe("refund_request_rule_amount");
  });

  test("the sum and the number of a day: met exactly it passes, one unit or one refund more does not", async () => {
    const rich = await cashierWithLimit();
    expect(await decide(await ask(rich, 500))).toBeNull();
    expect(await decide(await ask(rich, 500))).toBeNull();
    expect(await decide(await ask(rich, 1))).toBe("refund_request_rule_day");
    const many = await cashierWithLimit();
    for (let n = 0; n < 3; n += 1) expect(await decide(await ask(many, 1))).toBeNull();
    expect(await decide(await ask(many, 1))).toBe("refund_request_rule_day");
  });

  test("twenty approved straight in the books at once: the sum of the day stands", async () => {
    const cashier = await cashierWithLimit();
    await raiseLimit(here.database, { staffId: cashier.id }, { refundDaySumMinor: 700 });
    const requests = [];
    for (let n = 0; n < 20; n += 1) requests.push(await ask(cashier, 100));
    const answers = await Promise.all(requests.map((request) => decide(request)));
    expect(answers.filter((answer) => answer === null)).toHaveLength(7);
    expect(answers.filter((answer) => answer === "refund_request_rule_day")).toHaveLength(13);
  });

  test("500 of another currency, and a closed account, have no limit", async () => {
    const cashier = await cashierWithLimit();
    await db().update(staff).set({ refundLimitCurrency: "THB" }).where(eq(staff.id, cashier.id));
    expect(await decide(await ask(cashier, 1))).toBe("refund_request_rule_amount");
    await db()
      .update(staff)
      .set({ refundLimitCurrency: "TWD", isActive: false })
      .where(eq(staff.id, cashier.id));
    expect(await decide(await ask(cashier, 1))).toBe("refund_request_rule_amount");
    const nameless = db().update(staff).set({ refundLimitCurrency: null }).where(eq(staff.id, cashier.id));
    expect(await refusal(nameless)).toBe("staff_own_limit");
  });
});

describe("a request is approved by one of both: a second person, or the rule", () => {
  test("by neither, by both, or by the one who asked is refused", async () => {
    const cashier = await cashierWithLimit();
    const request = await ask(cashier, 100);
    const decided = { decidedBy: manager.id, decidedPerson: manager.personId, decidedAt: new Date() };
    expect(await decide(request, { status: "APPROVED", decidedAt: new Date() })).toBe(
      "refund_request_approved_once",
    );
    expect(await decide(request, { ...byRule, ...decided })).toMatch(/approved_once|refund_request_rule/);
    const self = { decidedBy: cashier.id, decidedPerson: cashier.personId };
    expect(await decide(request, { status: "APPROVED", ...self })).toBe("refund_request_two_people");
    expect(await decide(request, { status: "REJECTED", approvedByRule: "own-limit" })).toMatch(/rule/);
    expect(await decide(request, { status: "APPROVED", ...decided })).toBeNull();
  });

  test("how it was judged does not change afterwards", async () => {
    const request = await ask(await cashierWithLimit(), 100);
    const edit = { judgement: { ...judgement, why: "aboveLimit" as const } };
    expect(await decide(request, edit)).toBe("refund_request_immutable");
  });

  test("money moves by what approved its request: no refund without an approver, and none with another one", async () => {
    const request = await ask(await cashierWithLimit(), 100);
    expect(await decide(request)).toBeNull();
    expect(await put(request, {})).toMatch(/money_op_(approved_once|request_approver)/);
    expect(await put(request, { approvedPerson: manager.personId })).toBe("money_op_request_approver");
    const both = { approvedPerson: manager.personId, approvedByRule: "own-limit" } as const;
    expect(await put(request, both)).toMatch(/money_op_(approved_once|request_approver)/);
    expect(await put(request, { approvedByRule: "own-limit" })).toBeNull();
  });

  test("what a manager approved does not move by the rule", async () => {
    const request = await ask(await cashierWithLimit(), 100);
    const by = { decidedBy: manager.id, decidedPerson: manager.personId, decidedAt: new Date() };
    expect(await decide(request, { status: "APPROVED", ...by })).toBeNull();
    expect(await put(request, { approvedByRule: "own-limit" })).toBe("money_op_request_approver");
    expect(await put(request, { approvedPerson: manager.personId })).toBeNull();
  });
});
