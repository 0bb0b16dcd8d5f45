import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { verifyAudit } from "#lib/db/audit.ts";
import { auditEvent, refundRequest, staff } from "#lib/db/schema.ts";
import { openCounter } from "#test/counter.ts";
import { makeShop } from "#test/shop.ts";
import { approveRefund } from "./approve-refund.ts";
import { cancelOrder } from "./cancel-order.ts";
import { sweep } from "./find-out/sweep.ts";
import { rejectRefund } from "./reject-refund.ts";
import { requestRefund } from "./request-refund.ts";
import { withdrawRefund } from "./withdraw-refund.ts";

const counter = openCounter();
const { open, hire, order, ask, asked, approve, settled, returned } = counter;

describe("a refund from the question to the money", () => {
  test("scenario 32: asked by the cashier, approved by the manager: one refund at the gateway, both named in the audit", async () => {
    const at = await order("paid");
    const requestNo = await asked(at);
    expect(await approve(at, requestNo)).toMatchObject({ ok: true });
    await settled(at, "SUCCEEDED");
    expect(await returned(at)).toEqual([1000]);
    const lines = await counter.database.db.select().from(auditEvent).where(eq(auditEvent.orderId, at.id));
    expect(lines.map(({ action, staffId }) => [action, staffId])).toEqual(
      expect.arrayContaining([
        ["request-refund", open().cashier.staffId],
        ["approve-refund", open().manager.staffId],
        ["send-refund", null],
      ]),
    );
    expect(await verifyAudit(counter.database)).toMatchObject({ isWhole: true });
  });

  test("scenario 22: fifty parallel posts of one form make one request", async () => {
    const at = await order("paid");
    const id = randomUUID();
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(at, id)));
    expect(
      new Set(answers.map((answer) => (answer.ok ? answer.value.requestNo : answer.refusal.why))).size,
    ).toBe(1);
    expect(answers.every(({ ok }) => ok)).toBe(true);
    const { rows } = await counter.database.db.execute(
      sql`select count(*)::int as n from refund_request where order_id = ${at.id}`,
    );
    expect(rows[0]?.n).toBe(1);
  });

  test("scenario 23: two forms whose sum passes what was paid: one wins, the other reads what remains", async () => {
    const at = await order("paid");
    const answers = await Promise.all([ask(at), ask(at)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ refusal: { why: "nothingRemains" } });
  });

  test("scenario 24: a part is refused on an account that refunds in full only", async () => {
    expect(await ask(await order("paid"), randomUUID(), 400)).toMatchObject({
      ok: false,
      refusal: { why: "fullOnly" },
    });
  });

  test("scenario 33: two managers approve in the same second: one wins, one refund goes out", async () => {
    const at = await order("paid");
    const requestNo = await asked(at);
    const answers = await Promise.all([
      approve(at, requestNo, open().manager),
      approve(at, requestNo, open().manager2),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ refusal: { why: "decided", status: "APPROVED" } });
    await settled(at, "SUCCEEDED");
    expect(await returned(at)).toEqual([1000]);
  });

  test("scenario 34: approve against withdraw, ten times: one outcome each time", async () => {
    for (let round = 0; round < 10; round += 1) {
      const at = await order("paid");
      const requestNo = await asked(at);
      const [yes, no] = await Promise.all([
        approve(at, requestNo),
        withdrawRefund(open().ctx, open().cashier, { requestNo }),
      ]);
      expect([yes.ok, no.ok].filter(Boolean)).toHaveLength(1);
      if (yes.ok) await settled(at, "SUCCEEDED");
      expect(await returned(at)).toEqual(yes.ok ? [1000] : []);
    }
  }, 60_000);

  test("T6, scenario 35: nobody approves or rejects a request of their own", async () => {
    const at = await order("paid");
    const answer = await requestRefund(open().ctx, open().manager, {
      ...at,
      clientRequestId: randomUUID(),
      amountMinor: 1000,
      reason: "damaged",
      note: "",
    });
    if (!answer.ok) throw new Error(answer.refusal.why);
    const { requestNo } = answer.value;
    expect(await approve(at, requestNo, open().manager)).toMatchObject({ refusal: { why: "ownRequest" } });
    expect(await rejectRefund(open().ctx, open().manager, { requestNo, reason: "x" })).toMatchObject({
      refusal: { why: "ownRequest" },
    });
    const { personId } = open().manager;
    const twin = await hire(open().shop.shop.id, "manager");
    await counter.database.db.update(staff).set({ personId }).where(eq(staff.id, twin.staffId));
    expect(await approve(at, requestNo, twin)).toMatchObject({ refusal: { why: "ownRequest" } });
  });

  test("scenario 36: an expired request is refused as expired and goes from the list", async () => {
    const at = await order("paid");
    const requestNo = await asked(at);
    await counter.database.db.execute(
      sql`update refund_request set expires_at = clock_timestamp() - interval '1 s' where request_no = ${requestNo}`,
    );
    expect(await approve(at, requestNo)).toMatchObject({
      refusal: { why: expect.stringMatching(/expired|decided/) },
    });
    await sweep(open().ctx);
    const [row] = await counter.database.db
      .select()
      .from(refundRequest)
      .where(eq(refundRequest.requestNo, requestNo));
    expect(row?.status).toBe("EXPIRED");
  });

  test("T12, scenario 37: facts that moved since the manager looked refuse the approval and say what moved", async () => {
    const at = await order("paid");
    const requestNo = await asked(at);
    const stale = { gatewayState: "paid", paidMinor: 1000, remainingMinor: 700 } as const;
    const answer = await approveRefund(open().ctx, open().manager, {
      requestNo,
      seen: stale,
      takeStepUp: async () => true,
    });
    expect(answer).toMatchObject({ refusal: { why: "changed", changes: ["remainingMinor"] } });
    expect(await returned(at)).toEqual([]);
  });

  test("scenario 38: a rejected request carries its reason, frees the amount, and may be asked again", async () => {
    const at = await order("paid");
    const requestNo = await asked(at);
    expect(await rejectRefund(open().ctx, open().manager, { requestNo, reason: "no receipt" })).toEqual({
      ok: true,
      value: null,
    });
    expect(await rejectRefund(open().ctx, open().manager2, { requestNo, reason: "x" })).toMatchObject({
      refusal: { why: "decided", by: "manager" },
    });
    expect((await ask(at)).ok).toBe(true);
  });

  test("T7, scenarios 6 and 40: staff of another store find neither the order nor the request", async () => {
    const at = await order("paid");
    const requestNo = await asked(at);
    const other = await makeShop(counter.database);
    const stranger = await hire(other.shop.id, "manager");
    expect(await approve(at, requestNo, stranger)).toMatchObject({ refusal: { why: "notFound" } });
    expect(await cancelOrder(open().ctx, stranger, { ...at, clientRequestId: randomUUID() })).toMatchObject({
      refusal: { why: "notFound" },
    });
  });

  test("a cashier who approves and an auditor who asks are refused, and the attempt is on record", async () => {
    const at = await order("paid");
    const requestNo = await asked(at);
    expect(await approve(at, requestNo, await hire(open().shop.shop.id, "cashier"))).toMatchObject({
      refusal: { why: "notAllowed" },
    });
    expect(
      await requestRefund(open().ctx, await hire(open().shop.shop.id, "auditor"), {
        ...at,
        clientRequestId: randomUUID(),
        amountMinor: 1000,
        reason: "returned",
        note: "",
      }),
    ).toMatchObject({
      refusal: { why: "notAllowed" },
    });
    const lines = await counter.database.db.select().from(auditEvent).where(eq(auditEvent.orderId, at.id));
    expect(lines.filter(({ outcome }) => outcome === "refused").map(({ action }) => action)).toEqual([
      "approve-refund",
      "request-refund",
    ]);
  });
});
