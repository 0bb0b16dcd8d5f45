import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { hashSecret } from "#lib/auth/password.ts";
import { auditEvent, moneyOp, payOrder, staff, staffStore, store } from "#lib/db/schema.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { type At, openCounter } from "#test/counter.ts";
import { makeShop } from "#test/shop.ts";
import { requestRefund } from "../request-refund.ts";
import { withdrawRefund } from "../withdraw-refund.ts";
import { approveTogether } from "./approve-together.ts";
import { viewTogether } from "./view-together.ts";

const counter = openCounter({ canPartial: true });
const { open, hire, order, settled, returned } = counter;
const db = () => counter.database.db;
const pin = "918273";
let pinHash = "";
beforeAll(async () => {
  pinHash = await hashSecret(pin);
  await givePin(open().manager);
});
const givePin = ({ staffId }: CurrentStaff) =>
  db().update(staff).set({ pinHash }).where(eq(staff.id, staffId));

type Asked = { at: At; requestNo: string };

/** A request for NT$400 of a fresh order of NT$1,000, by somebody who asked for nothing else that day. */
async function asked(by?: CurrentStaff): Promise<Asked> {
  const at = await order("paid");
  const asker = by ?? (await hire(open().shop.shop.id, "cashier"));
  const wish = { ...at, clientRequestId: randomUUID(), amountMinor: 400, reason: "returned", note: "" };
  const answer = await requestRefund(open().ctx, asker, wish);
  if (!answer.ok) throw new Error(answer.refusal.why);
  return { at, requestNo: answer.value.requestNo };
}

const press = (chosen: readonly Asked[], options: { by?: CurrentStaff; typed?: string } = {}) =>
  approveTogether(open().ctx, options.by ?? open().manager, {
    requestNos: chosen.map(({ requestNo }) => requestNo),
    pin: options.typed ?? pin,
  });
const whys = (answer: Awaited<ReturnType<typeof press>>) =>
  answer.ok ? answer.value.map(({ refusal }) => refusal?.why ?? "went") : answer.refusal.why;
const because = (answer: Awaited<ReturnType<typeof press>>) =>
  answer.ok ? answer.value.map(({ refusal }) => (refusal?.why === "alone" ? refusal.because : null)) : [];
const opsOf = ({ at }: Asked) => db().select().from(moneyOp).where(eq(moneyOp.orderId, at.id));
const linesOf = async ({ requestNo }: Asked) =>
  (
    await db()
      .select()
      .from(auditEvent)
      .where(and(eq(auditEvent.subject, requestNo), eq(auditEvent.action, "approve-refund")))
  ).map(({ outcome, facts }) => [outcome, facts.why ?? null, facts.together]);

describe("several requests with one PIN", () => {
  test("scenario 42: given ten selected requests when batch approve meets one changed and one withdrawn then eight go, two say why", async () => {
    const chosen: Asked[] = [];
    const cashier = await hire(open().shop.shop.id, "cashier");
    for (let n = 0; n < 9; n += 1) chosen.push(await asked());
    chosen.push(await asked(cashier));
    const [changed, withdrawn] = [chosen[3], chosen[9]];
    if (!changed || !withdrawn) throw new Error("ten were asked");
    const other = await hire(open().shop.shop.id, "cashier");
    await requestRefund(open().ctx, other, {
      ...{ ...changed.at, clientRequestId: randomUUID(), amountMinor: 500, reason: "returned", note: "" },
    });
    await withdrawRefund(open().ctx, cashier, { requestNo: withdrawn.requestNo });
    const answer = await press(chosen);
    const went = ["went", "went", "went", "changed", "went", "went", "went", "went", "went", "decided"];
    expect(whys(answer)).toEqual(went);
    expect(answer).toMatchObject({
      value: expect.arrayContaining([
        {
          requestNo: changed.requestNo,
          refusal: { why: "changed", changes: ["remainingMinor"], now: expect.anything() },
        },
        {
          requestNo: withdrawn.requestNo,
          refusal: { why: "decided", status: "WITHDRAWN", by: "cashier", at: expect.any(Date) },
        },
      ]),
    });
    for (const one of chosen) {
      const isGone = one !== changed && one !== withdrawn;
      if (isGone) await settled(one.at, "SUCCEEDED");
      expect(await returned(one.at)).toEqual(isGone ? [400] : []);
      expect(await opsOf(one)).toHaveLength(isGone ? 1 : 0);
    }
    expect(await Promise.all(chosen.map(linesOf))).toEqual(
      went.map((word) => [word === "went" ? ["done", null, 10] : ["refused", word, 10]]),
    );
  }, 60_000);

  test("a second press, and two at the same moment, send nothing twice", async () => {
    const chosen = [await asked(), await asked(), await asked()];
    const both = await Promise.all([press(chosen), press(chosen), press([...chosen, ...chosen])]);
    const went = both.flatMap((answer) => (answer.ok ? answer.value : [])).filter(({ refusal }) => !refusal);
    expect(went.map(({ requestNo }) => requestNo).toSorted()).toEqual(
      chosen.map(({ requestNo }) => requestNo).toSorted(),
    );
    expect(whys(await press(chosen))).toEqual(["decided", "decided", "decided"]);
    for (const one of chosen) {
      await settled(one.at, "SUCCEEDED");
      expect(await returned(one.at)).toEqual([400]);
    }
  });

  test("scenario 39: a wrong PIN approves none, and is on record once", async () => {
    const chosen = [await asked(), await asked()];
    expect(await press(chosen, { typed: "000000" })).toMatchObject({ refusal: { why: "wrong" } });
    for (const one of chosen) expect(await opsOf(one)).toEqual([]);
    const subject = chosen.map(({ requestNo }) => requestNo).join(" ");
    const lines = await db().select().from(auditEvent).where(eq(auditEvent.subject, subject));
    expect(lines.map(({ action, outcome }) => [action, outcome])).toEqual([["step-up", "refused"]]);
  });

  test("scenario 40: another store's manager approves none and sees none, a cashier neither", async () => {
    const { cashier, ctx } = open();
    const mine = await asked();
    const [subject, elsewhere] = [[mine], await hire((await makeShop(counter.database)).shop.id, "manager")];
    await givePin(elsewhere);
    expect(await press(subject, { by: elsewhere })).toEqual({ ok: false, refusal: { why: "notFound" } });
    expect(await press(subject, { by: cashier })).toEqual({ ok: false, refusal: { why: "notAllowed" } });
    expect((await linesOf(mine)).map(([outcome, why]) => [outcome, why])).toEqual([
      ["refused", "notFound"],
      ["refused", "notAllowed"],
    ]);
    expect(await opsOf(mine)).toEqual([]);
    expect((await viewTogether(ctx, elsewhere, [mine.requestNo])).items).toEqual([]);
    expect((await viewTogether(ctx, cashier, [mine.requestNo])).items).toEqual([]);
  });

  test("scenario 35: one's own among them goes not, the others do", async () => {
    const { manager, ctx } = open();
    const [own, other] = [await asked(manager), await asked()];
    const shown = await viewTogether(ctx, manager, [own.requestNo, other.requestNo]);
    expect(shown.items.map(({ why }) => why)).toEqual(["ownRequest", null]);
    expect(whys(await press([own, other]))).toEqual(["ownRequest", "went"]);
    expect(await opsOf(own)).toEqual([]);
  });
});

describe("what is looked at alone is refused among others, and stays approvable by itself", () => {
  const refused = async (one: Asked, reason: string) => {
    const answer = await press([one]);
    expect(because(answer)).toEqual([reason]);
    expect(await opsOf(one)).toEqual([]);
    const [line] = await linesOf(one);
    expect(line).toEqual(["refused", "alone", 1]);
  };

  test("the third of a person's day, an old sale, an unknown day, an order once cancelled, and an old word of the gateway", async () => {
    const cashier = await hire(open().shop.shop.id, "cashier");
    const [first, second, third] = [await asked(cashier), await asked(cashier), await asked(cashier)];
    expect(whys(await press([first, second]))).toEqual(["went", "went"]);
    await refused(third, "lookTwice");
    const set = async (values: Partial<typeof payOrder.$inferInsert>) => {
      const one = await asked();
      await db().update(payOrder).set(values).where(eq(payOrder.id, one.at.id));
      return one;
    };
    const agoMs = (ms: number) => new Date(Date.now() - ms);
    await refused(await set({ paidAt: agoMs(8 * 86_400_000) }), "lookTwice");
    await refused(await set({ paidAt: null }), "saleDateUnknown");
    await refused(await set({ cancelledAt: agoMs(60_000) }), "unusual");
    await refused(await set({ asOfAt: agoMs(6 * 60_000) }), "notFresh");
  });

  test("an amount that takes two managers is no first approval either", async () => {
    await db().update(store).set({ secondApprovalAboveMinor: 399 }).where(eq(store.id, open().shop.shop.id));
    await refused(await asked(), "needsTwo");
    await db().update(store).set({ secondApprovalAboveMinor: 400 }).where(eq(store.id, open().shop.shop.id));
    expect(whys(await press([await asked()]))).toEqual(["went"]);
    await db().update(store).set({ secondApprovalAboveMinor: null }).where(eq(store.id, open().shop.shop.id));
  });

  test("a page of old facts asks the gateway about each of them once and then offers them", async () => {
    const one = await asked();
    await db()
      .update(payOrder)
      .set({ asOfAt: new Date(Date.now() - 6 * 60_000) })
      .where(eq(payOrder.id, one.at.id));
    const why = async () => (await viewTogether(open().ctx, open().manager, [one.requestNo])).items[0]?.why;
    expect(await why()).toBe("notFresh");
    await expect.poll(why, { timeout: 10_000 }).toBeNull();
    expect(whys(await press([one]))).toEqual(["went"]);
  });
});

test("somebody of two stores approves those of one store at a time", async () => {
  const { shop, ctx, cashier } = open();
  const other = await makeShop(counter.database);
  const manager = { ...(await hire(shop.shop.id, "manager")), storeIds: [shop.shop.id, other.shop.id] };
  await givePin(manager);
  await db().insert(staffStore).values({ staffId: manager.staffId, storeId: other.shop.id });
  const mine = await asked();
  const { rows } = await db().execute<{ no: string }>(sql`
    with o as (insert into pay_order (account_id, store_id, order_no, currency, gateway_state, amount_minor, paid_minor)
      values (${other.account.id}, ${other.shop.id}, 'PO-OTHER', 'TWD', 'paid', 400, 400) returning id)
    insert into refund_request (client_request_id, order_id, store_id, amount_minor, currency, reason, requested_by, requested_person, expires_at, snapshot)
    select gen_random_uuid(), o.id, ${other.shop.id}, 400, 'TWD', 'returned', ${cashier.staffId}, ${cashier.personId},
           clock_timestamp() + interval '1 hour', '{"gatewayState":"paid","paidMinor":400,"remainingMinor":400}' from o
    returning request_no as no`);
  const theirs = { at: mine.at, requestNo: rows[0]?.no ?? "" };
  expect(await press([mine, theirs], { by: manager })).toEqual({
    ok: false,
    refusal: { why: "notOneStore" },
  });
  expect((await viewTogether(ctx, manager, [mine.requestNo, theirs.requestNo])).items).toHaveLength(2);
  expect(await opsOf(mine)).toEqual([]);
});
