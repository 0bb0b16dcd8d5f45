import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { payOrder, refundRequest, staff } from "#lib/db/schema.ts";
import { openCounter } from "#test/counter.ts";
import { makePaidOrder, makeShop } from "#test/shop.ts";
import { rejectRefund } from "../reject-refund.ts";
import { requestRefund } from "../request-refund.ts";
import { returnRefund } from "../return-refund.ts";
import { withdrawRefund } from "../withdraw-refund.ts";
import { findSentRequest } from "./find-sent-request.ts";
import { listApprovals, listOwn, slowestTodayMs, watchWaiting } from "./list-requests.ts";
import { viewRefundForm } from "./view-refund-form.ts";
import { findNeighbours, viewRequest } from "./view-request.ts";
import { watchRequest } from "./watch-request.ts";

const counter = openCounter();
const { open, hire, order, ask, asked, approve, settled } = counter;
const db = () => counter.database.db;
const nos = (rows: readonly { requestNo: string }[]) => rows.map(({ requestNo }) => requestNo);

describe("what managers find waiting", () => {
  test("scenario 36: oldest first, one's own marked, expired and decided ones gone; a decision is in its own parts", async () => {
    const { ctx, shop, manager, manager2, cashier } = open();
    const [first, second, third] = [await order("paid"), await order("paid"), await order("paid")];
    const a = await asked(first);
    const b = await asked(second);
    const own = await requestRefund(ctx, manager, {
      ...third,
      clientRequestId: randomUUID(),
      amountMinor: 1000,
      reason: "returned",
      note: "",
    });
    const c = own.ok ? own.value.requestNo : "";
    expect(nos(await listApprovals(ctx, manager, "waiting"))).toEqual([a, b, c]);
    expect((await listApprovals(ctx, manager, "waiting")).map(({ isOwn }) => isOwn)).toEqual([
      false,
      false,
      true,
    ]);
    expect(await watchWaiting(ctx, cashier)).toMatchObject({ requestNos: [], timeZone: shop.shop.timeZone });
    expect(await findNeighbours(ctx, manager, b)).toEqual({ before: a, after: c, waiting: 2 });
    await db().execute(
      sql`update refund_request set expires_at = clock_timestamp() - interval '1 ms' where request_no = ${a}`,
    );
    await returnRefund(ctx, manager2, { requestNo: b, reason: "Which cup?" });
    expect((await watchWaiting(ctx, manager)).requestNos).toEqual([c]);
    expect(nos(await listApprovals(ctx, manager, "returned"))).toEqual([b]);
    await rejectRefund(ctx, manager2, { requestNo: c, reason: "no receipt" });
    expect(nos(await listApprovals(ctx, manager, "mine"))).toEqual([]);
    expect(new Set(nos(await listApprovals(ctx, manager2, "mine")))).toEqual(new Set([b, c]));
    expect(nos(await listApprovals(ctx, manager, "decided"))).toContain(c);
    expect(await slowestTodayMs(ctx, manager)).toBeGreaterThanOrEqual(0);
    const stranger = await hire((await makeShop(counter.database)).shop.id, "manager");
    expect(await listApprovals(ctx, stranger, "decided")).toEqual([]);
  });

  test("the third request of one person on one store's day is the third, the first of the next day the first again", async () => {
    const { ctx, shop } = open();
    const cashier = await hire(shop.shop.id, "cashier");
    const numbers: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const { orderNo } = await makePaidOrder(counter.database, shop.account, 1000);
      const answer = await requestRefund(ctx, cashier, {
        account: shop.account.slug,
        orderNo,
        clientRequestId: randomUUID(),
        amountMinor: 1000,
        reason: "returned",
        note: "",
      });
      if (answer.ok) numbers.push(answer.value.requestNo);
    }
    const nth = async () => (await listOwn(ctx, cashier)).map(({ nthToday }) => nthToday).toReversed();
    expect(await nth()).toEqual([1, 2, 3]);
    const today = (await viewRequest(ctx, open().manager, numbers[0] ?? ""))?.today;
    expect(today).toEqual({ count: 3, sumMinor: 3000, returnedMinor: 0 });
    await db().execute(sql`alter table refund_request disable trigger refund_request_move`);
    await db().execute(sql`
      update refund_request set requested_at = requested_at - interval '1 day' where request_no in (${numbers[0]}, ${numbers[1]})`);
    await db().execute(sql`alter table refund_request enable trigger refund_request_move`);
    expect(await nth()).toEqual([1, 2, 1]);
  });
});

describe("who sees a request", () => {
  test("its own person and the managers of its store; a colleague and another store's manager do not", async () => {
    const { ctx, cashier, manager, shop } = open();
    const requestNo = await asked(await order("paid"));
    expect((await viewRequest(ctx, cashier, requestNo))?.row.isOwn).toBe(true);
    expect((await viewRequest(ctx, manager, requestNo))?.row.isOwn).toBe(false);
    expect(await viewRequest(ctx, await hire(shop.shop.id, "cashier"), requestNo)).toBeNull();
    const other = await hire((await makeShop(counter.database)).shop.id, "manager");
    expect(await viewRequest(ctx, other, requestNo)).toBeNull();
    expect(await watchRequest(ctx, other, requestNo)).toBeNull();
  });

  test("its story, from the question over the return and the answer to the money, with who and which words", async () => {
    const { ctx, cashier, manager } = open();
    const at = await order("paid");
    const first = await asked(at);
    await returnRefund(ctx, manager, { requestNo: first, reason: "Which cup?" });
    const again = await requestRefund(ctx, cashier, {
      ...at,
      clientRequestId: randomUUID(),
      amountMinor: 1000,
      reason: "damaged",
      note: "The red one",
      previousNo: first,
    });
    const second = again.ok ? again.value.requestNo : "";
    await approve(at, second);
    await settled(at, "SUCCEEDED");
    const view = await viewRequest(ctx, cashier, second);
    expect(view?.row).toMatchObject({ state: "refunded", previousNo: first, decidedBy: "manager" });
    expect(view?.thread.map(({ what, by, words }) => [what, by, words])).toEqual([
      ["request-refund", "cashier", null],
      ["return-refund", "manager", "Which cup?"],
      ["resend-refund", "cashier", "The red one"],
      ["approve-refund", "manager", null],
      ["moved.SENDING", null, null],
      ["moved.SUCCEEDED", null, null],
    ]);
    const old = await viewRequest(ctx, cashier, first);
    expect(old?.row).toMatchObject({ state: "resent", nextNo: second });
    expect(old?.thread).toEqual(view?.thread);
    expect((await watchRequest(ctx, manager, second))?.thread).toEqual(view?.thread);
  });

  test("scenario 34: whoever has it open reads that it was withdrawn, by whom and when", async () => {
    const { ctx, cashier, manager } = open();
    const requestNo = await asked(await order("paid"));
    expect(await watchRequest(ctx, manager, requestNo)).toMatchObject({ state: "waiting", isOver: false });
    await withdrawRefund(ctx, cashier, { requestNo });
    expect(await watchRequest(ctx, manager, requestNo)).toMatchObject({
      state: "withdrawn",
      isOver: true,
      decidedBy: "cashier",
      decidedAt: expect.stringMatching(/Z$/),
      thread: [{ what: "request-refund" }, { what: "withdraw-refund", by: "cashier" }],
    });
  });

  test("scenario 37: money that went back elsewhere shows as a difference against what was asked", async () => {
    const { ctx, manager } = open();
    const at = await order("paid");
    const requestNo = await asked(at);
    await db().update(payOrder).set({ gatewayState: "refunded" }).where(eq(payOrder.id, at.id));
    const view = await viewRequest(ctx, manager, requestNo);
    expect([view?.asked.gatewayState, view?.now.gatewayState]).toEqual(["paid", "refunded"]);
  });
});

describe("the form", () => {
  test("scenario 22: a page whose answer was lost finds its request by the form's id; another person's id finds nothing", async () => {
    const { ctx, cashier, manager } = open();
    const id = randomUUID();
    const sent = await ask(await order("paid"), id);
    expect(await findSentRequest(ctx, cashier, id)).toBe(sent.ok ? sent.value.requestNo : "");
    expect(await findSentRequest(ctx, cashier, randomUUID())).toBeNull();
    expect(await findSentRequest(ctx, manager, id)).toBeNull();
  });

  test("scenario 24: without the capability only the whole is offered; scenario 23: what is reserved names its request", async () => {
    const { ctx, cashier } = open();
    const at = await order("paid");
    const before = await viewRefundForm(ctx, cashier, { ...at, previousNo: undefined });
    expect(before).toMatchObject({ restMinor: 1000, refusal: null, takes: { canPartial: false } });
    const requestNo = await asked(at);
    expect(await viewRefundForm(ctx, cashier, { ...at, previousNo: undefined })).toMatchObject({
      restMinor: 0,
      refusal: { why: "nothingRemains", reservedBy: [{ requestNo, canOpen: true }] },
    });
    const colleague = await hire(open().shop.shop.id, "cashier");
    expect(await viewRefundForm(ctx, colleague, { ...at, previousNo: undefined })).toMatchObject({
      refusal: { reservedBy: [{ requestNo, canOpen: false }] },
    });
  });

  test("an answer to a returned request may ask for its own amount again", async () => {
    const { ctx, cashier, manager } = open();
    const at = await order("paid");
    const requestNo = await asked(at);
    await returnRefund(ctx, manager, { requestNo, reason: "x" });
    expect(await viewRefundForm(ctx, cashier, { ...at, previousNo: requestNo })).toMatchObject({
      restMinor: 1000,
      refusal: null,
      previous: { requestNo, decisionReason: "x" },
    });
  });
});

test("scenarios 26 and 27: an emoji reason and a long name with a combining mark go out, and stay whole with us", async () => {
  const { ctx, shop } = open();
  const name = "歐陽菁\u0301菁經理代理人員甲乙";
  const cashier = await hire(shop.shop.id, "cashier");
  await db().update(staff).set({ name }).where(eq(staff.id, cashier.staffId));
  const at = await order("paid");
  const answer = await requestRefund(ctx, cashier, {
    ...at,
    clientRequestId: randomUUID(),
    amountMinor: 1000,
    reason: "damaged",
    note: "壞了 😡 #1",
  });
  if (!answer.ok) throw new Error(answer.refusal.why);
  const { requestNo } = answer.value;
  await approve(at, requestNo);
  await settled(at, "SUCCEEDED");
  expect(await counter.returned(at)).toEqual([1000]);
  const [row] = await db().select().from(refundRequest).where(eq(refundRequest.requestNo, requestNo));
  expect(row?.note).toBe("壞了 😡 #1");
  const { rows } = await db().execute<{ by: string }>(
    sql`select facts->>'askedBy' as by from audit_event where action = 'approve-refund' and subject = ${requestNo}`,
  );
  expect(rows).toEqual([{ by: name }]);
});
