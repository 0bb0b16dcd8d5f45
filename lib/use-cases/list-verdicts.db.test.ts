import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { foundRefund, moneyOp, payOrder, refundRequest } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { gatewayOrderStates } from "#lib/domain/gateway-facts.ts";
import { moneyOpStates } from "#lib/domain/money-op.ts";
import { readOrderFilter } from "#lib/domain/order-filter.ts";
import { type RequestStatus, requestStatuses } from "#lib/domain/refund.ts";
import { type Verdict, verdictOf, verdicts } from "#lib/domain/verdict.ts";
import { freshDatabase } from "#test/database.ts";
import { makeShop, makeStaff, staffWith } from "#test/shop.ts";
import { makeContext } from "./app-context.ts";
import { listChoices } from "./list-choices.ts";
import { listOrders } from "./list-orders.ts";
import { factsOf, readBooks } from "./order-books.ts";

const here = freshDatabase();
type Shop = Awaited<ReturnType<typeof makeShop>>;
type Order = typeof payOrder.$inferInsert & { id: string };
type Request = typeof refundRequest.$inferInsert;
type Op = typeof moneyOp.$inferInsert;

const requestOf = ({ id, storeId }: Order, status: RequestStatus): Request => ({
  ...{ orderId: id, storeId, status, amountMinor: 100, currency: "TWD", reason: "returned" },
  ...{ clientRequestId: randomUUID(), requestedBy: randomUUID(), requestedPerson: randomUUID() },
  ...(status === "APPROVED" ? { decidedBy: randomUUID(), decidedPerson: randomUUID() } : {}),
  expiresAt: new Date(Date.now() + 3_600_000),
  snapshot: { gatewayState: "paid", paidMinor: 250, remainingMinor: 250 },
});
const opOf = ({ id, accountId }: Order, of: Pick<Op, "kind" | "state" | "amountMinor">): Op => ({
  ...{ ...of, orderId: id, accountId, currency: "TWD", merchantNo: randomUUID().slice(0, 16) },
  ...{ requestedPerson: randomUUID(), approvedPerson: randomUUID(), clientRequestId: randomUUID() },
  requestId: of.kind === "REFUND" ? randomUUID() : null,
  leaseOwner: of.state === "SENDING" ? randomUUID() : null,
  evidenceId: randomUUID(),
});

const foundOf = ({ id, accountId }: Order, amountMinor: number): typeof foundRefund.$inferInsert => ({
  ...{ orderId: id, accountId, amountMinor, currency: "TWD", key: randomUUID() },
  ...{ source: "list", evidenceId: randomUUID() },
});

/** Every state at the gateway beside every state of a refund, of a cancel and of a request, and a refund made elsewhere; cancelled in our books or not. */
function everything(account: Shop["account"]) {
  const orders: Order[] = [];
  const order = (facts: Pick<Order, "gatewayState" | "cancelledAt" | "asOfAt">) => {
    const made: Order = {
      ...{ ...facts, id: randomUUID(), accountId: account.id, storeId: account.storeId, currency: "TWD" },
      ...{ orderNo: `V${orders.length}`, amountMinor: 250, paidMinor: 250 },
    };
    orders.push(made);
    return made;
  };
  const asOfAt = new Date();
  order({ gatewayState: "waiting", cancelledAt: null, asOfAt: null });
  const facts = gatewayOrderStates.flatMap((gatewayState) =>
    [null, new Date()].map((cancelledAt) => ({ gatewayState, cancelledAt, asOfAt })),
  );
  for (const one of facts) order(one);
  const requests = facts.flatMap((one) => requestStatuses.map((status) => requestOf(order(one), status)));
  const kinds = [
    { kind: "CANCEL", amountMinor: 0 },
    { kind: "REFUND", amountMinor: 100 },
    { kind: "REFUND", amountMinor: 250 },
  ] as const;
  const ops = facts.flatMap((one) =>
    moneyOpStates.flatMap((state) => kinds.map((kind) => opOf(order(one), { ...kind, state }))),
  );
  const elsewhere = facts.flatMap((one) => [100, 250].map((amountMinor) => foundOf(order(one), amountMinor)));
  return { orders, requests, ops, elsewhere };
}

describe("the list of a verdict", () => {
  const wanted = new Map<string, Verdict>();
  const held: { shop?: Shop } = {};
  const shopHere = () => {
    if (!held.shop) throw new Error("the shop is open once the tests run");
    return held.shop;
  };

  beforeAll(async () => {
    held.shop = await makeShop(here.database);
    const { orders, requests, ops, elsewhere } = everything(held.shop.account);
    // Straight into the books, past the guards of moves: every state must be listed, however it came about.
    await withTx(here.database, async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      await tx.insert(payOrder).values(orders);
      await tx.insert(refundRequest).values(requests);
      await tx.insert(moneyOp).values(ops);
      await tx.insert(foundRefund).values(elsewhere);
    });
    await Promise.all(
      orders.map(async ({ id, orderNo }) =>
        wanted.set(orderNo, verdictOf(factsOf(await readBooks(here.database.db, id)))),
      ),
    );
  });

  test.each(verdicts)("%s lists every order that has it and no other", async (verdict) => {
    const mine = [...wanted].filter(([, of]) => of === verdict).map(([no]) => no);
    expect(mine.length).toBeGreaterThan(0);
    const staff = staffWith(await makeStaff(here.database, shopHere().shop.id, "cashier"), shopHere());
    const ctx = makeContext(here.database);
    const choices = await listChoices(ctx, staff);
    const listed: string[] = [];
    for (let before = ""; ; ) {
      const page = await listOrders(ctx, staff, readOrderFilter({ state: verdict, before }, choices));
      listed.push(...page.rows.map(({ orderNo }) => orderNo));
      expect(page.count).toBe(mine.length);
      if (!page.older) break;
      before = `${page.older.at}~${page.older.id}`;
    }
    expect(listed.toSorted()).toEqual(mine.toSorted());
  });
});
