import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { listCounterApprovers } from "#lib/auth/counter-approver.ts";
import { auditEvent, moneyOp, refundRequest, staff, store } from "#lib/db/schema.ts";
import { brokenConstraint } from "#lib/db/with-tx.ts";
import { type At, openCounter } from "#test/counter.ts";
import { raiseLimit } from "#test/own-limit.ts";
import { makeShop } from "#test/shop.ts";
import { approveRefund } from "./approve-refund.ts";
import { readBooks, snapshotOf } from "./order-books.ts";
import { rejectRefund } from "./reject-refund.ts";
import { requestRefund } from "./request-refund.ts";
import { listApprovals } from "./requests/list-requests.ts";
import { changeSecondApproval } from "./shop/change-second-approval.ts";
import { withdrawRefund } from "./withdraw-refund.ts";

const counter = openCounter({ canPartial: true });
const { open, hire, order, ask, asked, approve, settled, returned } = counter;
const db = () => counter.database.db;

const askForTwoAbove = (secondApprovalAboveMinor: number | null) =>
  db().update(store).set({ secondApprovalAboveMinor }).where(eq(store.id, open().shop.shop.id));
afterEach(() => askForTwoAbove(null));

const requestOf = async (at: At) =>
  (await db().select().from(refundRequest).where(eq(refundRequest.orderId, at.id))).at(-1);
const opsOf = (at: At) => db().select().from(moneyOp).where(eq(moneyOp.orderId, at.id));
const linesOf = async (at: At, action: string) =>
  (
    await db()
      .select()
      .from(auditEvent)
      .where(and(eq(auditEvent.orderId, at.id), eq(auditEvent.action, action)))
  ).map(({ staffId, outcome }) => [staffId, outcome]);
const first = { ok: true, value: { opId: null } };
const second = { ok: true, value: { opId: expect.any(String) } };

/** A request for NT$1,000 in a store where two approve above NT$999. */
async function askedForTwo() {
  await askForTwoAbove(999);
  const at = await order("paid");
  return { at, requestNo: await asked(at) };
}

describe("above the amount of its store a refund takes two managers", () => {
  test("the first is recorded and nothing leaves; the second, another person, sends it once; both are in the audit", async () => {
    const { at, requestNo } = await askedForTwo();
    expect(await approve(at, requestNo)).toEqual(first);
    expect(await requestOf(at)).toMatchObject({
      ...{ status: "REQUESTED", firstApprovedPerson: open().manager.personId, decidedPerson: null },
      firstSeen: { gatewayState: "paid", paidMinor: 1000, remainingMinor: 1000 },
    });
    expect(await opsOf(at)).toEqual([]);
    expect(await approve(at, requestNo, open().manager2)).toEqual(second);
    await settled(at, "SUCCEEDED");
    expect(await returned(at)).toEqual([1000]);
    expect(await linesOf(at, "approve-refund-first")).toEqual([[open().manager.staffId, "done"]]);
    expect(await linesOf(at, "approve-refund")).toEqual([[open().manager2.staffId, "done"]]);
  });

  test("NT$1,000 in a store where two approve above NT$1,000 takes one", async () => {
    await askForTwoAbove(1000);
    const at = await order("paid");
    expect(await approve(at, await asked(at))).toEqual(second);
    await settled(at, "SUCCEEDED");
  });

  test("one person never approves twice, under whichever account, and the one who asked is neither of the two", async () => {
    const { at, requestNo } = await askedForTwo();
    const twin = await hire(open().shop.shop.id, "owner");
    await db().update(staff).set({ personId: open().manager.personId }).where(eq(staff.id, twin.staffId));
    expect(await approve(at, requestNo)).toEqual(first);
    expect(await approve(at, requestNo)).toMatchObject({ refusal: { why: "approvedByYou" } });
    expect(await approve(at, requestNo, twin)).toMatchObject({ refusal: { why: "approvedByYou" } });
    expect(await opsOf(at)).toEqual([]);
    const own = await order("paid");
    const clientRequestId = randomUUID();
    const wish = { ...own, clientRequestId, amountMinor: 1000, reason: "returned", note: "" } as const;
    const mine = await requestRefund(open().ctx, open().manager, wish);
    const ownNo = mine.ok ? mine.value.requestNo : "";
    expect(await approve(own, ownNo)).toMatchObject({ refusal: { why: "ownRequest" } });
    expect(await approve(own, ownNo, open().manager2)).toEqual(first);
    expect(await approve(own, ownNo)).toMatchObject({ refusal: { why: "ownRequest" } });
    expect(await opsOf(own)).toEqual([]);
  });

  test("two managers at the same moment, ten times: one is the first, the other sends, one refund each", async () => {
    for (let round = 0; round < 10; round += 1) {
      const { at, requestNo } = await askedForTwo();
      const both = await Promise.all([
        approve(at, requestNo, open().manager),
        approve(at, requestNo, open().manager2),
      ]);
      expect(both).toContainEqual(first);
      expect(both).toContainEqual(second);
      await settled(at, "SUCCEEDED");
      expect(await returned(at)).toEqual([1000]);
    }
  }, 60_000);

  test("one manager who presses five times at once is one approval", async () => {
    const { at, requestNo } = await askedForTwo();
    const all = await Promise.all(Array.from({ length: 5 }, () => approve(at, requestNo)));
    expect(all.filter(({ ok }) => ok)).toEqual([first]);
    expect(await opsOf(at)).toEqual([]);
  });

  test("the second needs a step-up of their own", async () => {
    const { at, requestNo } = await askedForTwo();
    expect(await approve(at, requestNo)).toEqual(first);
    const seen = snapshotOf(await readBooks(db(), at.id), 1000);
    const without = { requestNo, seen, takeStepUp: async () => false };
    expect(await approveRefund(open().ctx, open().manager2, without)).toMatchObject({
      refusal: { why: "stepUp" },
    });
    expect(await opsOf(at)).toEqual([]);
  });
});

describe("between the first and the second", () => {
  test("either of them still rejects, the amount is free, and nobody approves any more", async () => {
    for (const by of ["manager", "manager2"] as const) {
      const { at, requestNo } = await askedForTwo();
      expect(await approve(at, requestNo)).toEqual(first);
      expect((await rejectRefund(open().ctx, open()[by], { requestNo, reason: "no" })).ok).toBe(true);
      expect(await approve(at, requestNo, open().manager2)).toMatchObject({
        refusal: { why: "decided", status: "REJECTED" },
      });
      expect((await ask(at)).ok).toBe(true);
      expect(await returned(at)).toEqual([]);
    }
  });

  test("the cashier withdraws, and nothing leaves", async () => {
    const { at, requestNo } = await askedForTwo();
    expect(await approve(at, requestNo)).toEqual(first);
    expect((await withdrawRefund(open().ctx, open().cashier, { requestNo })).ok).toBe(true);
    expect(await approve(at, requestNo, open().manager2)).toMatchObject({ refusal: { why: "decided" } });
  });

  test("scenario 37: facts that moved refuse the second from the old screen; on the new facts the first counts no more", async () => {
    await askForTwoAbove(399);
    const at = await order("paid");
    const answer = await ask(at, randomUUID(), 400);
    const requestNo = answer.ok ? answer.value.requestNo : "";
    const seenNow = async () => snapshotOf(await readBooks(db(), at.id), 400);
    const by = (person: "manager" | "manager2", seen: Awaited<ReturnType<typeof seenNow>>) =>
      approveRefund(open().ctx, open()[person], { requestNo, seen, takeStepUp: async () => true });
    const old = await seenNow();
    expect(await by("manager", old)).toEqual(first);
    expect((await ask(at, randomUUID(), 500)).ok).toBe(true);
    expect(await by("manager2", old)).toMatchObject({ refusal: { why: "changed" } });
    expect(await by("manager2", await seenNow())).toEqual(first);
    expect(await opsOf(at)).toEqual([]);
    expect(await by("manager", await seenNow())).toEqual(second);
    await settled(at, "SUCCEEDED");
    expect(await returned(at)).toEqual([400]);
  });

  test("the list says that one of two is there, and the first is not called to the counter again; once it counts no more, both are as before", async () => {
    const { ctx, cashier, manager, manager2 } = open();
    const { at, requestNo } = await askedForTwo();
    const listed = async () =>
      (await listApprovals(ctx, manager2, "waiting"))
        .filter((row) => row.requestNo === requestNo)
        .map(({ firstBy, isFirstDone }) => [firstBy, isFirstDone]);
    const called = async (hasFirst: boolean) =>
      (await listCounterApprovers(counter.database, cashier, { requestNo, hasFirst })).map(
        ({ staffId }) => staffId,
      );
    expect(await listed()).toEqual([[null, false]]);
    expect(await called(false)).toEqual(expect.arrayContaining([manager.staffId, manager2.staffId]));
    expect(await approve(at, requestNo)).toEqual(first);
    expect(await listed()).toEqual([["manager", true]]);
    expect(await called(true)).toContain(manager2.staffId);
    expect(await called(true)).not.toContain(manager.staffId);
    await db().update(staff).set({ isActive: false }).where(eq(staff.id, manager.staffId));
    expect(await listed()).toEqual([["manager", false]]);
    await db().update(staff).set({ isActive: true }).where(eq(staff.id, manager.staffId));
    await askForTwoAbove(1000);
    expect(await listed()).toEqual([["manager", false]]);
    expect(await called(false)).toContain(manager.staffId);
  });

  test("a first one whose account was closed counts no more", async () => {
    const { at, requestNo } = await askedForTwo();
    const leaving = await hire(open().shop.shop.id, "manager");
    expect(await approve(at, requestNo, leaving)).toEqual(first);
    await db().update(staff).set({ isActive: false }).where(eq(staff.id, leaving.staffId));
    expect(await approve(at, requestNo)).toEqual(first);
    expect(await approve(at, requestNo, open().manager2)).toEqual(second);
  });
});

test("the own limit of a cashier is no way around it: NT$400 goes, NT$401 waits", async () => {
  await askForTwoAbove(400);
  const cashier = await hire(open().shop.shop.id, "cashier");
  await raiseLimit(counter.database, cashier);
  const path = async (amountMinor: number) => {
    const at = await order("paid");
    const wish = { ...at, clientRequestId: randomUUID(), amountMinor, reason: "returned", note: "" } as const;
    const answer = await requestRefund(open().ctx, cashier, wish);
    return answer.ok ? answer.value.path : answer.refusal.why;
  };
  expect(await path(400)).toBe("sent");
  expect(await path(401)).toBe("asked");
});

describe("the books hold it, whoever writes", () => {
  const write = async (at: At, values: Partial<typeof refundRequest.$inferInsert>) =>
    db()
      .update(refundRequest)
      .set(values)
      .where(eq(refundRequest.orderId, at.id))
      .then(
        () => null,
        (error: unknown) => brokenConstraint(error),
      );
  const decided = ({ staffId, personId }: { staffId: string; personId: string }) => ({
    ...{ status: "APPROVED" as const, decidedBy: staffId, decidedPerson: personId, decidedAt: new Date() },
  });
  const firstBy = ({ staffId, personId }: { staffId: string; personId: string }) => ({
    ...{ firstApprovedBy: staffId, firstApprovedPerson: personId, firstApprovedAt: new Date() },
    firstSeen: { gatewayState: "paid" as const, paidMinor: 1000, remainingMinor: 1000 },
  });

  test("no approval without a first one, none by the same person, and no first one by who asked", async () => {
    const { at } = await askedForTwo();
    const { cashier, manager, manager2 } = open();
    expect(await write(at, decided(manager))).toBe("refund_request_second");
    expect(await write(at, { ...firstBy(manager), ...decided(manager2) })).toBe("refund_request_first_alone");
    expect(await write(at, firstBy(cashier))).toBe("refund_request_first");
    expect(await write(at, firstBy(manager))).toBeNull();
    expect(await write(at, decided(manager))).toBe("refund_request_second");
    expect(await write(at, decided(manager2))).toBeNull();
  });
});

describe("the amount of a store", () => {
  const set = async (secondAbove: string, by = open().cashier, storeCode = open().shop.shop.code) =>
    changeSecondApproval(open().ctx, by, { storeCode, secondAbove });

  test("is set by an owner there, with before and after in the audit; nothing typed takes it away", async () => {
    const owner = await hire(open().shop.shop.id, "owner");
    expect(await set("５，０００", owner)).toEqual({ ok: true, value: null });
    expect(await set("", owner)).toEqual({ ok: true, value: null });
    const lines = await db().select().from(auditEvent).where(eq(auditEvent.action, "change-second-approval"));
    expect(lines.map(({ facts }) => [facts.secondBeforeMinor, facts.secondAboveMinor])).toEqual([
      [null, 5000],
      [5000, null],
    ]);
  });

  test("is no word, no decimal of a dollar, and nobody else's to set", async () => {
    const owner = await hire(open().shop.shop.id, "owner");
    const faulty = { refusal: { why: "badInput", fields: { secondAbove: "noDecimals" } } };
    expect(await set("10.5", owner)).toMatchObject(faulty);
    expect(await set("1", open().manager)).toMatchObject({ refusal: { why: "notAllowed" } });
    const other = await makeShop(counter.database);
    expect(await set("1", owner, other.shop.code)).toMatchObject({ refusal: { why: "notFound" } });
  });
});
