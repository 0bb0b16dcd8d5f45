import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { changeStaff } from "#lib/auth/people/change-staff.ts";
import { auditEvent, deputy, moneyOp, refundRequest, staff, store } from "#lib/db/schema.ts";
import { brokenConstraint } from "#lib/db/with-tx.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { type At, openCounter } from "#test/counter.ts";
import { makeShop } from "#test/shop.ts";
import { rejectRefund } from "../reject-refund.ts";
import { requestRefund } from "../request-refund.ts";
import { viewRequest } from "../requests/view-request.ts";
import { returnRefund } from "../return-refund.ts";
import { endDeputy } from "./end-deputy.ts";
import { nameDeputy } from "./name-deputy.ts";
import { viewDeputies } from "./view-deputies.ts";

const counter = openCounter();
const { open, hire, order, asked, approve, settled, returned } = counter;
const db = () => counter.database.db;

/** Today on the store's calendar, some days on. */
async function day(on = 0): Promise<string> {
  const { rows } = await db().execute<{ on: string }>(
    sql`select ((clock_timestamp() at time zone 'Asia/Taipei')::date + ${on}::int)::text as on`,
  );
  return rows[0]?.on ?? "";
}
let manager: CurrentStaff;
let owner: CurrentStaff;
beforeEach(async () => {
  manager = await hire(open().shop.shop.id, "manager");
  owner = await hire(open().shop.shop.id, "owner");
  await db().update(staff).set({ name: "陳店長" }).where(eq(staff.id, manager.staffId));
});
afterEach(() =>
  db().update(store).set({ secondApprovalAboveMinor: null }).where(eq(store.id, open().shop.shop.id)),
);
const name = async (
  days: readonly [from: number, until: number] = [0, 1],
  { by = manager, to = owner }: { by?: CurrentStaff; to?: CurrentStaff } = {},
) =>
  nameDeputy(open().ctx, by, {
    deputyId: to.staffId,
    fromOn: await day(days[0]),
    untilOn: await day(days[1]),
  });
const standing = async (who = owner) =>
  (await viewDeputies(open().ctx, who)).list.map(({ principal, isNow }) => [principal, isNow]);
const requestOf = async ({ id }: At) =>
  (await db().select().from(refundRequest).where(eq(refundRequest.orderId, id))).at(-1);
const opsOf = ({ id }: At) => db().select().from(moneyOp).where(eq(moneyOp.orderId, id));
const linesOf = async (subject: string, action: string) =>
  (
    await db()
      .select()
      .from(auditEvent)
      .where(and(eq(auditEvent.subject, subject), eq(auditEvent.action, action)))
  ).map(({ outcome, facts }) => [outcome, facts.why ?? null, facts.for ?? null]);
async function askedBy(by: CurrentStaff): Promise<{ at: At; requestNo: string }> {
  const at = await order("paid");
  const wish = { ...at, clientRequestId: randomUUID(), amountMinor: 1000, reason: "returned", note: "" };
  const answer = await requestRefund(open().ctx, by, wish);
  if (!answer.ok) throw new Error(answer.refusal.why);
  return { at, requestNo: answer.value.requestNo };
}

describe("while a manager is away", () => {
  test("scenario 41: the owner decides for the manager until the last day; audit, request and story say for whom", async () => {
    expect(await name()).toEqual({ ok: true, value: null });
    expect(await standing()).toEqual([["陳店長", true]]);
    const at = await order("paid");
    const requestNo = await asked(at);
    expect((await viewRequest(open().ctx, owner, requestNo))?.hat).toEqual({
      name: "陳店長",
      isAsker: false,
    });
    expect((await approve(at, requestNo, owner)).ok).toBe(true);
    await settled(at, "SUCCEEDED");
    expect(await returned(at)).toEqual([1000]);
    expect(await linesOf(requestNo, "approve-refund")).toEqual([["done", null, "陳店長"]]);
    const view = await viewRequest(open().ctx, open().cashier, requestNo);
    expect(view?.row).toMatchObject({ decidedBy: "owner", decidedFor: "陳店長" });
    expect(view?.thread.find(({ what }) => what === "approve-refund")).toMatchObject({
      by: "owner",
      byFor: "陳店長",
    });
    expect(await requestOf(at)).toMatchObject({
      ...{ decidedPerson: owner.personId, decidedForPerson: manager.personId },
    });
  });

  test("scenario 41: rejecting and giving back are for the manager too", async () => {
    await name();
    const [no, back] = [await asked(await order("paid")), await asked(await order("paid"))];
    await rejectRefund(open().ctx, owner, { requestNo: no, reason: "no receipt" });
    await returnRefund(open().ctx, owner, { requestNo: back, reason: "Which cup?" });
    expect(await linesOf(no, "reject-refund")).toEqual([["done", null, "陳店長"]]);
    expect(await linesOf(back, "return-refund")).toEqual([["done", null, "陳店長"]]);
  });

  test("scenario 35: neither the deputy's own request nor the manager's is decided by the deputy; another person decides both", async () => {
    const second = await hire(open().shop.shop.id, "manager");
    await name([0, 1], { to: second });
    const [own, theirs] = [await askedBy(second), await askedBy(manager)];
    expect((await viewRequest(open().ctx, second, theirs.requestNo))?.hat?.isAsker).toBe(true);
    for (const [one, why] of [
      [own, "ownRequest"],
      [theirs, "deputyOfAsker"],
    ] as const) {
      const { requestNo } = one;
      expect(await approve(one.at, requestNo, second)).toMatchObject({ refusal: { why } });
      expect(await rejectRefund(open().ctx, second, { requestNo, reason: "no" })).toMatchObject({
        refusal: { why },
      });
      expect(await approve(theirs.at, theirs.requestNo, manager)).toMatchObject({
        refusal: { why: "ownRequest" },
      });
      expect(await opsOf(one.at)).toEqual([]);
      expect(await linesOf(requestNo, "approve-refund")).toContainEqual(["refused", why, "陳店長"]);
      expect((await approve(one.at, requestNo, owner)).ok).toBe(true);
    }
  });

  test("where two managers approve, the deputy is no second person beside the one they stand in for, in either order", async () => {
    await db().update(store).set({ secondApprovalAboveMinor: 999 }).where(eq(store.id, open().shop.shop.id));
    await name();
    const one = await askedBy(open().cashier);
    expect(await approve(one.at, one.requestNo, manager)).toEqual({ ok: true, value: { opId: null } });
    expect(await approve(one.at, one.requestNo, owner)).toMatchObject({ refusal: { why: "sameHat" } });
    const other = await askedBy(open().cashier);
    expect(await approve(other.at, other.requestNo, owner)).toEqual({ ok: true, value: { opId: null } });
    expect(await approve(other.at, other.requestNo, manager)).toMatchObject({ refusal: { why: "sameHat" } });
    expect(await opsOf(one.at)).toEqual([]);
    expect(await opsOf(other.at)).toEqual([]);
    expect((await approve(other.at, other.requestNo, open().manager2)).ok).toBe(true);
  });
});

describe("from a day until a day", () => {
  /** The days move past the guard, as if it had been named earlier. */
  const move = async (from: number, until: number) => {
    await db().execute(sql`alter table deputy disable trigger deputy_once`);
    const days = { fromOn: await day(from), untilOn: await day(until) };
    await db().update(deputy).set(days).where(eq(deputy.principalId, manager.staffId));
    await db().execute(sql`alter table deputy enable trigger deputy_once`);
  };
  test.each([
    ["begins tomorrow", 1, 2, false],
    ["begins today", 0, 2, true],
    ["ends today", -2, 0, true],
    ["ended yesterday", -2, -1, false],
  ] as const)("a deputy who %s", async (_, from, until, isNow) => {
    await name();
    await move(from, until);
    const at = await order("paid");
    const requestNo = await asked(at);
    expect((await approve(at, requestNo, owner)).ok).toBe(true);
    expect(await linesOf(requestNo, "approve-refund")).toEqual([["done", null, isNow ? "陳店長" : null]]);
  });

  test("not before today, not for more than sixty days, and not twice: neither of the two in any role on the same days", async () => {
    const fields = (why: Record<string, string>) => ({ refusal: { why: "badInput", fields: why } });
    expect(await name([-1, 1])).toMatchObject(fields({ fromOn: "datePast" }));
    expect(await name([2, 1])).toMatchObject(fields({ untilOn: "endsBefore" }));
    expect(await name([0, 60])).toMatchObject(fields({ untilOn: "tooLongAway" }));
    const both = await Promise.all([name([0, 3]), name([0, 3]), name([0, 3], { by: owner, to: manager })]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    const taken = { refusal: { why: "deputyTaken" } };
    expect(await name([3, 4], { to: open().manager2 })).toMatchObject(taken);
    expect(await name([3, 4], { by: open().manager2, to: owner })).toMatchObject(taken);
    expect(await name([4, 5], { by: open().manager2, to: owner })).toMatchObject({ ok: true });
    const [later] = (await viewDeputies(open().ctx, open().manager2)).list;
    expect(await endDeputy(open().ctx, owner, { id: later?.id ?? "" })).toMatchObject({ ok: true });
  });
});

describe("who may be one", () => {
  test("scenario 48: nobody grants more than they hold: no cashier, nobody of another store, not oneself under another account", async () => {
    const gone = await hire(open().shop.shop.id, "manager");
    await db().update(staff).set({ isActive: false }).where(eq(staff.id, gone.staffId));
    const twin = await hire(open().shop.shop.id, "owner");
    await db().update(staff).set({ personId: manager.personId }).where(eq(staff.id, twin.staffId));
    const stranger = await hire((await makeShop(counter.database)).shop.id, "owner");
    for (const to of [open().cashier, gone, twin, stranger, manager])
      expect(await name([0, 1], { to })).toMatchObject({ refusal: { why: "notFound" } });
    expect(await name([0, 1], { by: open().cashier })).toMatchObject({ refusal: { why: "notAllowed" } });
    const names = (await viewDeputies(open().ctx, manager)).candidates.map(({ staffId }) => staffId);
    expect(names).toContain(owner.staffId);
    for (const { staffId } of [open().cashier, gone, twin, stranger, manager])
      expect(names).not.toContain(staffId);
    expect(await viewDeputies(open().ctx, open().cashier)).toMatchObject({ list: [], candidates: [] });
  });
});

describe("it ends", () => {
  const end = async (by: CurrentStaff, of = manager) => {
    const [row] = await db().select().from(deputy).where(eq(deputy.principalId, of.staffId));
    return endDeputy(open().ctx, by, { id: row?.id ?? randomUUID() });
  };
  test("earlier by either of the two and nobody else, on record, once", async () => {
    await name();
    expect(await end(open().manager2)).toMatchObject({ refusal: { why: "notFound" } });
    expect(await end(owner)).toEqual({ ok: true, value: null });
    expect(await end(manager)).toMatchObject({ refusal: { why: "notFound" } });
    expect(await standing()).toEqual([]);
    const lines = await linesOf(owner.username, "end-deputy");
    expect(lines.map(([outcome]) => outcome)).toEqual(["done"]);
    expect((await linesOf(owner.username, "name-deputy")).map(([outcome]) => outcome)).toEqual(["done"]);
  });

  test.each([
    ["the manager's account is closed", () => manager, { isActive: false }],
    ["the manager is made a cashier", () => manager, { role: "cashier" }],
    ["the deputy's account is closed", () => owner, { isActive: false }],
    ["the deputy is made a cashier", () => owner, { role: "cashier" }],
    ["the deputy's store is taken away", () => owner, { storeIds: [] }],
  ] as const)("scenario 49: when %s, and giving it back brings none back", async (_, whose, change) => {
    const boss = await hire(open().shop.shop.id, "owner");
    await name();
    const at = await order("paid");
    const requestNo = await asked(at);
    const { username } = whose();
    expect((await changeStaff(counter.database, boss, { username, ...change })).ok).toBe(true);
    const [row] = await db().select().from(deputy).where(eq(deputy.principalId, manager.staffId));
    if (!("storeIds" in change)) expect(row?.endedAt).not.toBeNull();
    expect(await standing(whose() === owner ? manager : owner)).not.toContainEqual(["陳店長", true]);
    if (whose() !== owner) {
      expect((await approve(at, requestNo, owner)).ok).toBe(true);
      expect(await linesOf(requestNo, "approve-refund")).toEqual([["done", null, null]]);
    } else expect((await approve(at, requestNo, owner)).ok).toBe(false);
    const back = { isActive: true, role: whose().role };
    if (!("storeIds" in change)) {
      await changeStaff(counter.database, boss, { username, ...back });
      expect(await standing()).not.toContainEqual(["陳店長", true]);
    }
  });
});

describe("the books hold it, whoever writes", () => {
  const write = (at: At, values: Partial<typeof refundRequest.$inferInsert>) =>
    db()
      .update(refundRequest)
      .set(values)
      .where(eq(refundRequest.orderId, at.id))
      .then(
        () => null,
        (error: unknown) => brokenConstraint(error),
      );

  test("no decision stands for who asked, no second one for who gave the first, and what was named stays", async () => {
    await db().update(store).set({ secondApprovalAboveMinor: 1 }).where(eq(store.id, open().shop.shop.id));
    const { at } = await askedBy(manager);
    const { manager2 } = open();
    const decided = {
      ...({ status: "APPROVED", decidedBy: owner.staffId, decidedPerson: owner.personId } as const),
      decidedAt: new Date(),
    };
    const forWhom = ({ staffId, personId }: CurrentStaff) => ({
      ...{ decidedFor: staffId, decidedForPerson: personId },
    });
    const first = {
      ...{ firstApprovedBy: manager2.staffId, firstApprovedPerson: manager2.personId },
      firstApprovedAt: new Date(),
      firstSeen: { gatewayState: "paid", paidMinor: 1000, remainingMinor: 1000 } as const,
    };
    expect(
      await write(at, {
        ...first,
        firstApprovedFor: manager.staffId,
        firstApprovedForPerson: manager.personId,
      }),
    ).toBe("refund_request_first_for");
    expect(await write(at, first)).toBeNull();
    expect(await write(at, { ...decided, ...forWhom(manager) })).toBe("refund_request_for");
    expect(await write(at, { ...decided, ...forWhom(manager2) })).toBe("refund_request_second");
    expect(await write(at, decided)).toBeNull();
    await name();
    const move = db()
      .update(deputy)
      .set({ untilOn: "2999-01-01" })
      .where(eq(deputy.principalId, manager.staffId));
    expect(await move.catch((error: unknown) => brokenConstraint(error))).toBe("deputy_ends_once");
  });
});
