import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { verifyAudit } from "#lib/db/audit.ts";
import { auditEvent, payOrder, refundRequest, type staff } from "#lib/db/schema.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { type At, openCounter } from "#test/counter.ts";
import { raiseLimit } from "#test/own-limit.ts";
import { recoveryOf } from "#test/recovery.ts";
import { rejectRefund } from "../reject-refund.ts";
import { requestRefund } from "../request-refund.ts";
import { viewRefundForm } from "../requests/view-refund-form.ts";
import { viewOrder } from "../view-order.ts";
import { withdrawRefund } from "../withdraw-refund.ts";

const counter = openCounter({ canPartial: true });
const { open, control, hire, order, approve, settled, returned } = counter;
const { opsOf } = recoveryOf(counter);
const db = () => counter.database.db;

/** A cashier with an own limit of NT$500. */
async function hireWithLimit(limit: Partial<typeof staff.$inferInsert> = {}): Promise<CurrentStaff> {
  const person = await hire(open().shop.shop.id, "cashier");
  await raiseLimit(counter.database, person, limit);
  return person;
}
const ask = (by: CurrentStaff, at: At, amountMinor: number, clientRequestId: string = randomUUID()) =>
  requestRefund(open().ctx, by, { ...at, clientRequestId, amountMinor, reason: "returned", note: "" });
/** Which way the request took. */
async function path(by: CurrentStaff, at: At, amountMinor: number) {
  const answer = await ask(by, at, amountMinor);
  return answer.ok ? answer.value.path : answer.refusal.why;
}
const requestsOf = (at: At) => db().select().from(refundRequest).where(eq(refundRequest.orderId, at.id));
const linesOf = (at: At, action: string) =>
  db()
    .select()
    .from(auditEvent)
    .where(and(eq(auditEvent.orderId, at.id), eq(auditEvent.action, action)));

describe("the cashier's own limit is NT$500", () => {
  test("NT$500 goes back at once: one refund at the gateway, and the books say that a rule approved it, with its numbers", async () => {
    const cashier = await hireWithLimit();
    const at = await order("paid");
    expect(await path(cashier, at, 500)).toBe("sent");
    await settled(at, "SUCCEEDED");
    expect(await returned(at)).toEqual([500]);
    const [request] = await requestsOf(at);
    expect(request).toMatchObject({
      ...{ status: "APPROVED", approvedByRule: "own-limit", decidedBy: null, decidedPerson: null },
      judgement: { why: null, limits: { perRefundMinor: 500 }, today: { count: 0, sumMinor: 0 } },
    });
    expect((await opsOf(at))[0]).toMatchObject({ approvedPerson: null, approvedByRule: "own-limit" });
    const [line] = await linesOf(at, "approve-by-rule");
    expect(line).toMatchObject({
      ...{ outcome: "done", staffId: null, subject: request?.requestNo },
      facts: { amountMinor: 500, limitMinor: 500, count: 1, sumMinor: 500, askedBy: cashier.name },
    });
    expect(await linesOf(at, "request-refund")).toHaveLength(1);
    expect(await linesOf(at, "approve-refund")).toEqual([]);
    expect(await verifyAudit(counter.database)).toMatchObject({ isWhole: true });
    const shown = await viewOrder(open().ctx, cashier, at);
    expect(shown?.timeline.map(({ what }) => what)).toContain("byRule");
    expect(shown?.step).toMatchObject({ isByRule: true });
  });

  test("NT$501 waits for a manager, nothing leaves before, and it is not refused", async () => {
    const cashier = await hireWithLimit();
    const at = await order("paid");
    const answer = await ask(cashier, at, 501);
    expect(answer).toMatchObject({ ok: true, value: { path: "asked" } });
    expect((await requestsOf(at))[0]).toMatchObject({
      status: "REQUESTED",
      judgement: { why: "aboveLimit" },
    });
    expect(await opsOf(at)).toEqual([]);
    expect(await returned(at)).toEqual([]);
    expect(await linesOf(at, "approve-by-rule")).toEqual([]);
    const requestNo = answer.ok ? answer.value.requestNo : "";
    expect(await approve(at, requestNo)).toMatchObject({ ok: true });
    await settled(at, "SUCCEEDED");
    expect(await returned(at)).toEqual([501]);
  });

  test("scenario 32: NT$1,200 waits all the same and goes out once when the manager approves", async () => {
    const cashier = await hireWithLimit();
    const at = await order("paid", { totalFee: 1_200 });
    const answer = await ask(cashier, at, 1_200);
    expect(answer).toMatchObject({ value: { path: "asked" } });
    expect(await approve(at, answer.ok ? answer.value.requestNo : "")).toMatchObject({ ok: true });
    await settled(at, "SUCCEEDED");
    expect(await returned(at)).toEqual([1_200]);
  });

  test("scenario 22: fifty parallel posts of one form within the limit are one request and one call at most", async () => {
    const cashier = await hireWithLimit();
    const at = await order("paid");
    const id = randomUUID();
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(cashier, at, 300, id)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ ok: true, value: { path: "sent" } });
    await settled(at, "SUCCEEDED");
    expect(await requestsOf(at)).toHaveLength(1);
    expect(await returned(at)).toEqual([300]);
  });

  test("scenario 23: with NT$600 waiting, NT$401 is refused and NT$400 is within the limit and goes back", async () => {
    const cashier = await hireWithLimit();
    const at = await order("paid");
    expect(await path(cashier, at, 600)).toBe("asked");
    expect(await ask(cashier, at, 401)).toMatchObject({
      refusal: { why: "moreThanRemains", remainingMinor: 400, reservedMinor: 600 },
    });
    expect(await path(cashier, at, 400)).toBe("sent");
    await settled(at, "SUCCEEDED");
    expect(await returned(at)).toEqual([400]);
  });

  test("scenario 35: a manager with an own limit sends within it, and still approves nothing of their own above it", async () => {
    const manager = await hire(open().shop.shop.id, "manager");
    await raiseLimit(counter.database, manager);
    expect(await path(manager, await order("paid"), 500)).toBe("sent");
    const at = await order("paid");
    const answer = await ask(manager, at, 501);
    expect(answer).toMatchObject({ value: { path: "asked" } });
    expect(await approve(at, answer.ok ? answer.value.requestNo : "", manager)).toMatchObject({
      refusal: { why: "ownRequest" },
    });
    expect(await returned(at)).toEqual([]);
  });

  test("a sent one is decided: it can be neither withdrawn nor approved once more", async () => {
    const cashier = await hireWithLimit();
    const at = await order("paid");
    const answer = await ask(cashier, at, 100);
    const requestNo = answer.ok ? answer.value.requestNo : "";
    const decided = { refusal: { why: "decided", status: "APPROVED" } };
    expect(await withdrawRefund(open().ctx, cashier, { requestNo })).toMatchObject(decided);
    expect(await approve(at, requestNo)).toMatchObject(decided);
    await settled(at, "SUCCEEDED");
    expect(await returned(at)).toEqual([100]);
  });
});

describe("what the rule never sends", () => {
  test("what a manager rejected waits for a manager the second time, however small", async () => {
    const cashier = await hireWithLimit();
    const at = await order("paid");
    const first = await ask(cashier, at, 501);
    const requestNo = first.ok ? first.value.requestNo : "";
    expect((await rejectRefund(open().ctx, open().manager, { requestNo, reason: "no" })).ok).toBe(true);
    expect(await path(cashier, at, 1)).toBe("asked");
    expect((await requestsOf(at)).at(-1)?.judgement?.why).toBe("decidedBefore");
  });

  test("scenario 20: an order that was cancelled and paid afterwards waits for a manager", async () => {
    const cashier = await hireWithLimit();
    const at = await order("paid");
    await db().update(payOrder).set({ cancelledAt: sql`clock_timestamp()` }).where(eq(payOrder.id, at.id));
    expect(await path(cashier, at, 100)).toBe("asked");
    expect((await requestsOf(at))[0]?.judgement?.why).toBe("unusual");
  });

  test("a sale of thirty days goes at once, a second more waits, and so does one whose date nobody told", async () => {
    const cashier = await hireWithLimit();
    const soldBefore = async (age: string | null) => {
      const at = await order("paid");
      await db()
        .update(payOrder)
        .set({ paidAt: sql`clock_timestamp() - ${age}::interval` })
        .where(eq(payOrder.id, at.id));
      return path(cashier, at, 100);
    };
    expect(await soldBefore("29 days 23 hours 59 minutes")).toBe("sent");
    expect(await soldBefore("30 days 1 second")).toBe("asked");
    expect(await soldBefore(null)).toBe("asked");
  });

  test("refunded in the portal after the form was read: the last look before the send finds it, and nothing goes out twice", async () => {
    const cashier = await hireWithLimit();
    const at = await order("paid", { totalFee: 400 });
    await control("POST", `orders/${at.orderNo}/refund`, {});
    expect(await path(cashier, at, 400)).toBe("sent");
    await settled(at, "FAILED");
    expect((await opsOf(at))[0]).toMatchObject({ why: "nothingToRefund", lastSentAt: null });
    expect(await returned(at)).toEqual([400]);
  });
});

describe("rights of this moment", () => {
  test("a limit that was taken away after the form was read counts no more; the form had told otherwise", async () => {
    const cashier = await hireWithLimit();
    const at = await order("paid");
    const form = await viewRefundForm(open().ctx, cashier, { ...at, previousNo: undefined });
    expect(form?.own).toMatchObject({ limits: { perRefundMinor: 500 }, today: { count: 0, sumMinor: 0 } });
    await raiseLimit(counter.database, cashier, { refundLimitMinor: 0 });
    expect(await path(cashier, at, 1)).toBe("asked");
    expect(await returned(at)).toEqual([]);
  });

  test("500 of another currency are no limit here", async () => {
    const cashier = await hireWithLimit({ refundLimitCurrency: "THB" });
    const at = await order("paid");
    expect(await path(cashier, at, 1)).toBe("asked");
    expect((await requestsOf(at))[0]?.judgement?.why).toBe("noLimit");
  });
});
