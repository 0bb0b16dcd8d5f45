import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { auditEvent, guardCheck, refundRequest } from "#lib/db/schema.ts";
import { confirmLagMs } from "#lib/domain/recovery/confirm.ts";
import { verdictOf } from "#lib/domain/verdict.ts";
import { type At, openCounter } from "#test/counter.ts";
import { recoveryOf } from "#test/recovery.ts";
import { cancelOrder } from "../cancel-order.ts";
import { factsOf, readBooks } from "../order-books.ts";

const counter = openCounter();
const { open, control, order, approve, settled, returned } = counter;
const { cases, told, opsOf } = recoveryOf(counter);
const db = () => counter.database.db;

async function cancelled(by = open().cashier): Promise<At> {
  const at = await order("open");
  const answer = await cancelOrder(open().ctx, by, { ...at, clientRequestId: randomUUID() });
  expect(answer.ok).toBe(true);
  await settled(at, "SUCCEEDED");
  // The question that follows every success is over: its answer, older than what a test does next, would do for the guard's look.
  await expect.poll(async () => (await opsOf(at))[0]?.lastAskedAt, { timeout: 10_000 }).not.toBeNull();
  return at;
}

/** The guard's next look is due now. */
const look = (at: At) =>
  db().execute(
    sql`update guard_check set due_at = clock_timestamp() where order_id = ${at.id} and done_at is null
         and check_no = (select min(check_no) from guard_check where order_id = ${at.id} and done_at is null)`,
  );
const looks = (at: At) =>
  db().select().from(guardCheck).where(eq(guardCheck.orderId, at.id)).orderBy(guardCheck.checkNo);
/** The cancel lies so far back that the gateway would show it by now. */
const cancelShows = (at: At) =>
  db().execute(
    sql`update pay_order set cancelled_at = cancelled_at - ${confirmLagMs} * interval '1 ms' where id = ${at.id}`,
  );
const verdict = async (at: At) => verdictOf(factsOf(await readBooks(db(), at.id)));

describe("scenario 20: a cancelled order stays under guard", () => {
  test("its looks are written down: one minute after the cancel, and the last nine days after", async () => {
    const rows = await looks(await cancelled());
    expect(rows).toHaveLength(21);
    const [first, last] = [rows[0], rows.at(-1)];
    const days = ((last?.dueAt.getTime() ?? 0) - (first?.dueAt.getTime() ?? 0) + 60_000) / 86_400_000;
    expect(days).toBe(9);
  });

  test("a look that finds it still unpaid is done, and nobody is told", async () => {
    const at = await cancelled();
    await look(at);
    await expect.poll(async () => (await looks(at)).filter(({ doneAt }) => doneAt).length).toBe(1);
    expect(await cases(at, "paidAfterCancel")).toEqual([]);
  });

  test("a look without an answer comes again and is not done", async () => {
    const at = await cancelled();
    await control("POST", "faults", { kind: "http-status", storeOrderNo: at.orderNo, times: 1 });
    const before = (await looks(at))[0]?.dueAt.getTime() ?? 0;
    await look(at);
    await expect.poll(async () => (await looks(at))[0]?.dueAt.getTime() ?? 0).toBeGreaterThan(before);
    expect((await looks(at))[0]?.doneAt).toBeNull();
  });

  test("the customer pays with the saved code: one case, one refund prepared for another person, no money moves by itself", async () => {
    const at = await cancelled();
    await control("POST", `orders/${at.orderNo}/pay`, {});
    await look(at);
    const row = await told(at, "paidAfterCancel");
    expect(row.facts).toMatchObject({ amountMinor: 1000 });
    expect(await verdict(at)).toBe("paidAfterCancel");
    expect((await looks(at)).every(({ doneAt }) => doneAt)).toBe(true);
    const requests = await db().select().from(refundRequest).where(eq(refundRequest.orderId, at.id));
    expect(requests).toMatchObject([
      { status: "REQUESTED", amountMinor: 1000, requestedBy: open().cashier.staffId },
    ]);
    expect(await returned(at)).toEqual([]);
    await db().execute(
      sql`update guard_check set done_at = null, due_at = clock_timestamp() where order_id = ${at.id}`,
    );
    await expect.poll(async () => (await looks(at)).every(({ doneAt }) => doneAt)).toBe(true);
    expect(await cases(at, "paidAfterCancel")).toHaveLength(1);
    expect(await db().select().from(refundRequest).where(eq(refundRequest.orderId, at.id))).toHaveLength(1);

    await cancelShows(at);
    expect(await approve(at, requests[0]?.requestNo ?? "", open().manager)).toMatchObject({ ok: true });
    await expect.poll(() => returned(at)).toEqual([1000]);
    await expect
      .poll(async () => (await told(at, "paidAfterCancel")).closedWhy, { timeout: 10_000 })
      .toBe("moneyReturned");
    expect(await verdict(at)).toBe("refunded");
    const lines = await db().select().from(auditEvent).where(eq(auditEvent.orderId, at.id));
    expect(lines.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["open-incident", "prepare-refund", "approve-refund", "close-incident"]),
    );
  });

  test("whoever cancelled it does not approve its refund", async () => {
    const at = await cancelled(open().manager);
    await control("POST", `orders/${at.orderNo}/pay`, {});
    await look(at);
    await told(at, "paidAfterCancel");
    const [request] = await db().select().from(refundRequest).where(eq(refundRequest.orderId, at.id));
    const requestNo = request?.requestNo ?? "";
    expect(await approve(at, requestNo, open().manager)).toMatchObject({ refusal: { why: "ownRequest" } });
    expect(await approve(at, requestNo, open().manager2)).toMatchObject({ ok: true });
  });
});

test("scenario 19: a cancel whose answer is lost is unknown, a second one is refused, and the question settles it", async () => {
  const at = await order("open");
  await control("POST", "faults", { kind: "lost-after-effect", service: "CancelOrder" });
  const press = () => cancelOrder(open().ctx, open().cashier, { ...at, clientRequestId: randomUUID() });
  expect(await press()).toMatchObject({ ok: true });
  expect(await press()).toEqual({ ok: false, refusal: { why: "moneyIsMoving" } });
  await settled(at, "SUCCEEDED");
  const books = await readBooks(db(), at.id);
  expect(books.ops).toHaveLength(1);
  expect(books.ops[0]?.why).toBe("seenClosed");
  expect(await looks(at)).toHaveLength(21);
});
