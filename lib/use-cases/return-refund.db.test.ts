import { randomUUID } from "node:crypto";
import { asc, eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { verifyAudit } from "#lib/db/audit.ts";
import { auditEvent, refundRequest } from "#lib/db/schema.ts";
import { openCounter } from "#test/counter.ts";
import { sweep } from "./find-out/sweep.ts";
import { factsOf, readBooks } from "./order-books.ts";
import { rejectRefund } from "./reject-refund.ts";
import { requestRefund } from "./request-refund.ts";
import { returnRefund } from "./return-refund.ts";
import { withdrawRefund } from "./withdraw-refund.ts";

const counter = openCounter();
const { open, hire, order, ask, asked, approve, settled, returned } = counter;
const db = () => counter.database.db;
type At = Awaited<ReturnType<typeof order>>;

const giveBack = (requestNo: string, by = open().manager) =>
  returnRefund(open().ctx, by, { requestNo, reason: "Write what is damaged" });
const resend = (
  at: At,
  previousNo: string,
  options: { id?: string; by?: ReturnType<typeof open>["cashier"] } = {},
) =>
  requestRefund(open().ctx, options.by ?? open().cashier, {
    ...at,
    clientRequestId: options.id ?? randomUUID(),
    amountMinor: 1000,
    reason: "damaged",
    note: "The lid is broken",
    previousNo,
  });
const statuses = async (at: At) =>
  (
    await db()
      .select({ status: refundRequest.status })
      .from(refundRequest)
      .where(eq(refundRequest.orderId, at.id))
      .orderBy(asc(refundRequest.requestedAt))
  ).map(({ status }) => status);
const audited = async (at: At) =>
  (
    await db().select().from(auditEvent).where(eq(auditEvent.orderId, at.id)).orderBy(asc(auditEvent.seq))
  ).map(({ action, outcome }) => `${action} ${outcome}`);

describe("return for change", () => {
  test("returned, changed, sent again, approved: one refund, and the first request names its successor", async () => {
    const at = await order("paid");
    const first = await asked(at);
    expect(await giveBack(first)).toEqual({ ok: true, value: null });
    const again = await resend(at, first);
    if (!again.ok) throw new Error(again.refusal.why);
    expect(await statuses(at)).toEqual(["RESENT", "REQUESTED"]);
    const [row] = await db()
      .select()
      .from(refundRequest)
      .where(eq(refundRequest.requestNo, again.value.requestNo));
    const [old] = await db().select().from(refundRequest).where(eq(refundRequest.requestNo, first));
    expect(row).toMatchObject({ previousId: old?.id, note: "The lid is broken" });
    expect(old).toMatchObject({
      decisionReason: "Write what is damaged",
      decidedPerson: open().manager.personId,
    });
    expect(await approve(at, first)).toMatchObject({ refusal: { why: "decided", status: "RESENT" } });
    expect(await approve(at, again.value.requestNo)).toMatchObject({ ok: true });
    await settled(at, "SUCCEEDED");
    expect(await returned(at)).toEqual([1000]);
    expect((await audited(at)).filter((line) => line.endsWith("-refund done"))).toEqual([
      "request-refund done",
      "return-refund done",
      "resend-refund done",
      "approve-refund done",
      "send-refund done",
      "send-refund done",
    ]);
    expect(await verifyAudit(counter.database)).toMatchObject({ isWhole: true });
  });

  test("the amount stays reserved while it is with the cashier, and is free once she takes it back", async () => {
    const at = await order("paid");
    const first = await asked(at);
    await giveBack(first);
    expect(factsOf(await readBooks(db(), at.id)).waitingMinor).toEqual([1000]);
    expect(await ask(at)).toMatchObject({
      refusal: { why: "nothingRemains", reservedBy: [{ requestNo: first, by: "cashier", canOpen: true }] },
    });
    expect(await withdrawRefund(open().ctx, open().cashier, { requestNo: first })).toEqual({
      ok: true,
      value: null,
    });
    expect((await ask(at)).ok).toBe(true);
  });

  test("a second press, a form sent fifty times, and a second tab make one successor", async () => {
    const at = await order("paid");
    const first = await asked(at);
    await giveBack(first);
    expect(await giveBack(first, open().manager2)).toMatchObject({
      refusal: { why: "decided", status: "RETURNED", by: "manager", at: expect.any(Date) },
    });
    const id = randomUUID();
    const answers = await Promise.all([
      ...Array.from({ length: 25 }, () => resend(at, first, { id })),
      ...Array.from({ length: 25 }, () => resend(at, first)),
    ]);
    const numbers = new Set(answers.flatMap((answer) => (answer.ok ? [answer.value.requestNo] : [])));
    expect(numbers.size).toBe(1);
    expect(await statuses(at)).toEqual(["RESENT", "REQUESTED"]);
    const late = answers.find(({ ok }) => !ok);
    if (late) expect(late).toMatchObject({ refusal: { why: "decided", status: "RESENT" } });
  });

  test("return against approve, ten times: one outcome each time", async () => {
    for (let round = 0; round < 10; round += 1) {
      const at = await order("paid");
      const requestNo = await asked(at);
      const both = await Promise.all([approve(at, requestNo), giveBack(requestNo, open().manager2)]);
      expect(both.filter(({ ok }) => ok)).toHaveLength(1);
      if (both[0].ok) await settled(at, "SUCCEEDED");
      expect(await returned(at)).toEqual(both[0].ok ? [1000] : []);
    }
  }, 60_000);

  test("nobody returns their own, a cashier returns nothing, nobody answers for another, each on record", async () => {
    const at = await order("paid");
    const first = await asked(at);
    const { cashier } = open();
    expect(await giveBack(first, cashier)).toMatchObject({ refusal: { why: "notAllowed" } });
    const colleague = await hire(open().shop.shop.id, "cashier");
    await giveBack(first);
    expect(await resend(at, first, { by: colleague })).toMatchObject({ refusal: { why: "notYours" } });
    expect(await rejectRefund(open().ctx, open().manager, { requestNo: first, reason: "x" })).toMatchObject({
      refusal: { why: "decided", status: "RETURNED" },
    });
    expect((await audited(at)).filter((line) => line.endsWith("refused"))).toEqual([
      "return-refund refused",
      "resend-refund refused",
      "reject-refund refused",
    ]);
    const mine = await requestRefund(open().ctx, open().manager, {
      ...(await order("paid")),
      clientRequestId: randomUUID(),
      amountMinor: 1000,
      reason: "returned",
      note: "",
    });
    if (!mine.ok) throw new Error(mine.refusal.why);
    expect(await giveBack(mine.value.requestNo)).toMatchObject({ refusal: { why: "ownRequest" } });
  });

  test("scenario 36: a returned request that is never answered expires, frees the amount, and may be followed", async () => {
    const at = await order("paid");
    const first = await asked(at);
    await giveBack(first);
    await db().execute(
      sql`update refund_request set expires_at = clock_timestamp() - interval '1 s' where request_no = ${first}`,
    );
    const next = await resend(at, first);
    expect(next.ok).toBe(true);
    expect(await statuses(at)).toEqual(["EXPIRED", "REQUESTED"]);
    await sweep(open().ctx);
    expect((await audited(at)).filter((line) => line === "expire-refund done")).toHaveLength(1);
  });

  test("scenario 38: after a rejection she asks again with a link to the first; a waiting one cannot be followed", async () => {
    const at = await order("paid");
    const first = await asked(at);
    expect(await resend(at, first)).toMatchObject({ refusal: { why: "decided", status: "REQUESTED" } });
    await rejectRefund(open().ctx, open().manager, { requestNo: first, reason: "no receipt" });
    const again = await resend(at, first);
    if (!again.ok) throw new Error(again.refusal.why);
    const { rows } = await db().execute(sql`
      select p.request_no as first from refund_request r join refund_request p on p.id = r.previous_id where r.request_no = ${again.value.requestNo}`);
    expect(rows).toEqual([{ first }]);
    expect(await resend(await order("paid"), first)).toMatchObject({ refusal: { why: "notFound" } });
  });
});
