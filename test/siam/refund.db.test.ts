import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { refundRequest } from "#lib/db/schema.ts";
import { sumMoney } from "#lib/domain/refund.ts";
import { verdictOf } from "#lib/domain/verdict.ts";
import { listAttention } from "#lib/use-cases/incidents/view-attention.ts";
import { factsOf, readBooks } from "#lib/use-cases/order-books.ts";
import { confirmSettlement, proposeSettlement } from "#lib/use-cases/settle/settle-by-hand.ts";
import { viewOrder } from "#lib/use-cases/view-order.ts";
import { type At, openCounter } from "../counter.ts";
import { quietMs, recoveryOf } from "../recovery.ts";

const counter = openCounter({ isKsher: true });
const { open, control, hire, order, ask, approve, settled, returned } = counter;
const { told, opsOf, pass, passAndAsk, sent } = recoveryOf(counter);
const db = () => counter.database.db;

const verdict = async (at: At) => verdictOf(factsOf(await readBooks(db(), at.id)));
const sums = async (at: At) => sumMoney(factsOf(await readBooks(db(), at.id)));
const refundQueries = async () => {
  const arrivals: { service: string }[] = await control("GET", "arrivals");
  return arrivals.filter(({ service }) => service === "refund_query").length;
};
/** The gateway took the last refund, and a question of its own has agreed. */
async function confirmed(at: At): Promise<void> {
  await settled(at, "SUCCEEDED");
  await expect.poll(async () => (await opsOf(at)).at(-1)?.confirmedAt ?? null).not.toBeNull();
}
const lay = (at: At, kind: string, service = "order_refund") =>
  control("POST", "faults", { kind, service, storeOrderNo: at.orderNo });

test("scenario 25: 3.33, 3.33 and 3.34 of 10.00 baht go back, each seen by its number; one satang more is refused", async () => {
  const at = await order("paid", { channel: "truemoney" });
  for (const satang of [333, 333]) {
    await sent(at, satang);
    await confirmed(at);
    expect(await verdict(at)).toBe("partlyRefunded");
  }
  expect(await ask(at, crypto.randomUUID(), 335)).toMatchObject({
    refusal: { why: "moreThanRemains", remainingMinor: 334 },
  });
  await sent(at, 334);
  await expect.poll(() => returned(at)).toEqual([333, 333, 334]);
  await expect.poll(() => verdict(at)).toBe("refunded");
  expect(await ask(at, crypto.randomUUID(), 1)).toMatchObject({ refusal: { why: "nothingRemains" } });
});

describe("the refund went back and its answer was lost", () => {
  test("scenario 43: it is found by its number, also when it is the second part", async () => {
    const at = await order("paid", { channel: "truemoney" });
    await sent(at, 400);
    await confirmed(at);
    await lay(at, "lost-after-effect");
    await sent(at, 300);
    await settled(at, "SUCCEEDED");
    expect((await opsOf(at)).at(-1)?.why).toBe("seenByNumber");
    expect(await returned(at)).toEqual([400, 300]);
    expect(await sums(at)).toMatchObject({ returnedMinor: 700, remainingMinor: 300 });
  });

  test("an answer with a false signature counts for nothing; the number says that it went back, once", async () => {
    const at = await order("paid", { channel: "truemoney" });
    await lay(at, "wrong-key");
    await sent(at);
    await settled(at, "SUCCEEDED");
    expect((await opsOf(at))[0]?.why).toMatch(/^seen/);
    expect(await returned(at)).toEqual([1000]);
    await told(at, "brokenAnswer");
  });

  test("scenario 45: a part of a PromptPay payment, whose refunds cannot be asked about, waits for two people", async () => {
    const at = await order("paid", { channel: "promptpay" });
    const before = await refundQueries();
    await sent(at, 400);
    await confirmed(at);
    await lay(at, "lost-after-effect");
    await sent(at, 300);
    await settled(at, "UNKNOWN");
    await passAndAsk(at, 0);
    expect((await opsOf(at)).at(-1)?.state).toBe("UNKNOWN");
    await pass(at, quietMs);
    await settled(at, "NEEDS_PERSON");
    const { caseNo } = await told(at, "unknownOutcome");
    const cases = await listAttention(open().ctx, open().manager);
    expect(cases.find((one) => one.caseNo === caseNo)).toMatchObject({
      ...{ orderNo: at.orderNo, needsPerson: true, canPropose: true, currency: "THB", amountMinor: 300 },
    });
    expect(await refundQueries()).toBe(before);
    expect(await returned(at)).toEqual([400, 300]);
    const { ctx, manager, shop } = open();
    const owner = await hire(shop.shop.id, "owner");
    const seen = "the Ksher app lists the refund of 3.00 baht";
    const settle = { caseNo, outcome: "SUCCEEDED" as const, seen };
    expect(await proposeSettlement(ctx, manager, settle)).toMatchObject({ ok: true });
    expect(await confirmSettlement(ctx, manager, { caseNo, isRight: true })).toMatchObject({ ok: false });
    expect((await opsOf(at)).at(-1)?.state).toBe("NEEDS_PERSON");
    expect(await confirmSettlement(ctx, owner, { caseNo, isRight: true })).toMatchObject({ ok: true });
    expect((await opsOf(at)).at(-1)?.state).toBe("SUCCEEDED");
    expect(await sums(at)).toMatchObject({ returnedMinor: 700, remainingMinor: 300 });
  });

  test("before it left: nothing went back, and nobody calls that failed by a clock", async () => {
    const at = await order("paid", { channel: "truemoney" });
    await lay(at, "lost-before-effect");
    await sent(at);
    await settled(at, "UNKNOWN");
    await passAndAsk(at, 60_000);
    expect((await opsOf(at))[0]?.state).toBe("UNKNOWN");
    await pass(at, quietMs);
    await settled(at, "NEEDS_PERSON");
    expect(await returned(at)).toEqual([]);
  });
});

describe("scenario 30: refunded in the Ksher app", () => {
  test("a part: what remains is corrected, and a request that no longer fits is superseded", async () => {
    const at = await order("paid", { channel: "truemoney" });
    const answer = await ask(at, crypto.randomUUID(), 800);
    if (!answer.ok) throw new Error(answer.refusal.why);
    await control("POST", `orders/${at.orderNo}/refund`, { origin: "app", amount: 400 });
    await look(at);
    await told(at, "refundedElsewhere");
    const seen = { returnedMinor: 400, elsewhereMinor: 400, remainingMinor: 600, waitingMinor: 0 };
    expect(await sums(at)).toMatchObject(seen);
    const [request] = await db().select().from(refundRequest).where(eq(refundRequest.orderId, at.id));
    expect(request?.status).toBe("SUPERSEDED");
    expect(await approve(at, answer.value.requestNo)).toMatchObject({ ok: false });
    expect(await verdict(at)).toBe("partlyRefunded");
  });

  test("before anybody here opened the order: the first answer does not call a part the whole", async () => {
    const orderNo = "TH000001";
    await control("POST", "orders", {
      storeOrderNo: orderNo,
      totalFee: 1000,
      state: "paid",
      channel: "truemoney",
    });
    await control("POST", `orders/${orderNo}/refund`, { origin: "app", amount: 290 });
    const { lookUpOrder } = await import("#lib/use-cases/look-up-order.ts");
    expect(await lookUpOrder(open().ctx, open().cashier, orderNo)).toMatchObject({ ok: true });
    const account = open().shop.account.slug;
    const seen = async () => (await viewOrder(open().ctx, open().cashier, { account, orderNo }))?.verdict;
    expect(await seen()).not.toBe("refunded");
    await expect.poll(seen).toBe("partlyRefunded");
  });
});

test("scenario 13: FAIL in answer to a query is no failed payment", async () => {
  const at = await order("paid", { channel: "truemoney" });
  await control("POST", "faults", {
    ...{ kind: "result", code: "FAIL", service: "gateway_order_query", storeOrderNo: at.orderNo },
  });
  await look(at);
  await expect.poll(async () => (await readBooks(db(), at.id)).order.lastTrouble).toBe("unknown");
  expect(await verdict(at)).toBe("paid");
});

const look = (at: At) =>
  db().execute(`insert into query_job (order_id, account_id, priority, due_at)
    values ('${at.id}', '${open().shop.account.id}', 1, clock_timestamp())
    on conflict (order_id) do update set due_at = clock_timestamp()`);
