import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { auditEvent, opAttempt } from "#lib/db/schema.ts";
import { openCounter } from "#test/counter.ts";
import { quietMs, recoveryOf } from "#test/recovery.ts";
import { confirmSettlement, proposeSettlement } from "../settle/settle-by-hand.ts";

const counter = openCounter();
const { open, control, hire, order, ask, settled, returned } = counter;
const { tune, pass, passAndAsk, cases, told, opsOf, sent } = recoveryOf(counter);
const db = () => counter.database.db;
type At = Awaited<ReturnType<typeof order>>;

const lose = (when: "before" | "after", at: At) =>
  control("POST", "faults", { kind: `lost-${when}-effect`, service: "Refund", storeOrderNo: at.orderNo });
const attempts = async (at: At) => {
  const [op] = await opsOf(at);
  return db()
    .select()
    .from(opAttempt)
    .where(eq(opAttempt.opId, op?.id ?? ""));
};
const why = async (at: At) => (await opsOf(at)).at(-1)?.why;

describe("the same number once more (money.md 2.7)", () => {
  test("proven safe: after the quiet time and a fresh question it goes out again, with one refund in the ledger", async () => {
    const restore = tune({ canResend: true });
    const at = await order("paid");
    await lose("before", at);
    await sent(at);
    await settled(at, "UNKNOWN");
    expect(await attempts(at)).toHaveLength(1);
    await pass(at, quietMs);
    await settled(at, "SUCCEEDED");
    restore();
    const both = await attempts(at);
    expect(both).toHaveLength(2);
    expect(new Set(both.map(({ digest }) => digest)).size).toBe(1);
    expect(await returned(at)).toEqual([1000]);
    expect(await opsOf(at)).toHaveLength(1);
  });

  test("proven safe, but the money is back: the question finds it and nothing goes out again", async () => {
    const restore = tune({ canResend: true });
    const at = await order("paid");
    await lose("after", at);
    await sent(at);
    await settled(at, "SUCCEEDED");
    restore();
    expect(await attempts(at)).toHaveLength(1);
    expect(await returned(at)).toEqual([1000]);
  });

  test("not proven: it is never sent again and waits for a person", async () => {
    const at = await order("paid");
    await lose("before", at);
    await sent(at);
    await settled(at, "UNKNOWN");
    await pass(at, quietMs);
    await settled(at, "NEEDS_PERSON");
    expect(await attempts(at)).toHaveLength(1);
    expect(await returned(at)).toEqual([]);
  });
});

describe("scenario 45: what nobody can find out by machine", () => {
  async function stuck(): Promise<{ at: At; caseNo: string }> {
    const at = await order("paid");
    await lose("before", at);
    await sent(at);
    await settled(at, "UNKNOWN");
    await pass(at, quietMs);
    await settled(at, "NEEDS_PERSON");
    return { at, caseNo: (await told(at, "unknownOutcome")).caseNo };
  }
  const propose = (caseNo: string, by = open().manager, outcome: "SUCCEEDED" | "FAILED" = "FAILED") =>
    proposeSettlement(open().ctx, by, {
      caseNo,
      outcome,
      seen: "Portal 12:04: no refund row for this order",
    });
  const confirm = async (caseNo: string, role: Parameters<typeof hire>[1] = "owner") => {
    const second = await hire(open().shop.shop.id, role);
    return confirmSettlement(open().ctx, second, { caseNo, isRight: true });
  };

  test("one person writes it down, a second confirms, the order is free for a new request, and both are on record", async () => {
    const { at, caseNo } = await stuck();
    expect(await confirm(caseNo)).toEqual({ ok: false, refusal: { why: "noProposal" } });
    expect(await propose(caseNo)).toEqual({ ok: true, value: null });
    expect(await propose(caseNo, open().manager2)).toEqual({
      ok: false,
      refusal: { why: "proposedAlready" },
    });
    expect((await opsOf(at))[0]?.state).toBe("NEEDS_PERSON");
    expect(await confirm(caseNo)).toEqual({ ok: true, value: null });
    expect((await opsOf(at))[0]).toMatchObject({ state: "FAILED", why: "settledByHand" });
    await expect.poll(async () => (await told(at, "unknownOutcome")).closedWhy).toBe("failed");
    expect(await ask(at)).toMatchObject({ ok: true });
    const lines = await db().select().from(auditEvent).where(eq(auditEvent.orderId, at.id));
    expect(lines.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual(
      expect.arrayContaining([
        "propose-settlement done",
        "propose-settlement refused",
        "confirm-settlement refused",
        "confirm-settlement done",
        "settle-refund done",
      ]),
    );
  });

  test("nobody confirms what they wrote themselves, under whichever account, and cashiers and strangers do neither", async () => {
    const { caseNo } = await stuck();
    expect(await propose(caseNo, open().cashier)).toEqual({ ok: false, refusal: { why: "notAllowed" } });
    await propose(caseNo);
    const { manager } = open();
    const twin = await hire(open().shop.shop.id, "owner");
    await db().execute(sql`update staff set person_id = ${manager.personId} where id = ${twin.staffId}`);
    const answer = await confirmSettlement(open().ctx, twin, { caseNo, isRight: true });
    expect(answer).toEqual({ ok: false, refusal: { why: "samePerson" } });
    expect(await confirm(caseNo, "manager")).toEqual({ ok: false, refusal: { why: "notAllowed" } });
  });

  test("a second person who reads something else refuses it, and it may be written down anew", async () => {
    const { at, caseNo } = await stuck();
    await propose(caseNo);
    const owner = await hire(open().shop.shop.id, "owner");
    expect(await confirmSettlement(open().ctx, owner, { caseNo, isRight: false })).toEqual({
      ok: true,
      value: null,
    });
    expect((await opsOf(at))[0]?.state).toBe("NEEDS_PERSON");
    expect(await propose(caseNo, open().manager2, "SUCCEEDED")).toEqual({ ok: true, value: null });
    expect(await confirm(caseNo, "auditor")).toEqual({ ok: true, value: null });
    expect((await opsOf(at))[0]?.state).toBe("SUCCEEDED");
    expect(await confirm(caseNo)).toEqual({ ok: false, refusal: { why: "noProposal" } });
  });

  test("before the quiet time it is refused, also when it waits for a person already", async () => {
    const { at, caseNo } = await stuck();
    await pass(at, -quietMs);
    expect(await propose(caseNo)).toEqual({ ok: false, refusal: { why: "tooEarly" } });
    await pass(at, quietMs);
    expect(await propose(caseNo)).toEqual({ ok: true, value: null });
  });
});

test("scenario 46: a day without an answer leaves it unknown, told and red, and never failed", async () => {
  const at = await order("paid");
  await lose("before", at);
  await sent(at);
  await settled(at, "UNKNOWN");
  await control("POST", "faults", { kind: "http-status", storeOrderNo: at.orderNo, times: 50 });
  await passAndAsk(at, 26 * 3_600_000);
  expect((await opsOf(at))[0]?.state).toBe("UNKNOWN");
  await told(at, "unknownOutcome");
  await db().execute(sql`update gateway_lane set trouble_count = 0, breaker_until = clock_timestamp()`);
});

/** A gateway whose refunds answer success and move nothing, until the returned function is called. */
function sayDoneWithoutDoing(): () => void {
  const { ctx } = open();
  const { openAccount } = ctx;
  const at = new Date();
  const evidence = {
    ...{ code: "0000", message: null, raw: null, httpStatus: 200, startedAt: at, endedAt: at },
    checks: { tls: true, opened: true, echo: true },
  };
  const value = { gatewayRefundNo: null, refundedAt: null };
  const refund = async () => ({ outcome: "done" as const, value, evidence });
  Object.assign(ctx, {
    openAccount: async (id: string) => {
      const account = await openAccount(id);
      return { ...account, gateway: { ...account.gateway, refund } };
    },
  });
  return () => void Object.assign(ctx, { openAccount });
}

test("a success that the gateway does not show is told, and stays what it is", async () => {
  const at = await order("paid");
  await sent(at);
  await settled(at, "SUCCEEDED");
  await expect.poll(async () => (await opsOf(at))[0]?.confirmedAt).not.toBeNull();
  expect(await cases(at, "successNotSeen")).toEqual([]);
  const lied = await order("paid");
  const honest = sayDoneWithoutDoing();
  await sent(lied);
  await settled(lied, "SUCCEEDED");
  honest();
  await pass(lied, 121_000);
  await told(lied, "successNotSeen");
  expect((await opsOf(lied))[0]).toMatchObject({ state: "SUCCEEDED", confirmedAt: null });
  await control("POST", `orders/${lied.orderNo}/refund`, {});
  await pass(lied, 0);
  await expect.poll(async () => (await told(lied, "successNotSeen")).closedWhy).toBe("seenAfterAll");
});

test("an answer that names another order decides nothing and is told once", async () => {
  const at = await order("paid");
  await control("POST", "faults", { kind: "wrong-echo", service: "Refund", storeOrderNo: at.orderNo });
  await sent(at);
  await settled(at, "SUCCEEDED");
  expect(await why(at)).toBe("seenRefunded");
  expect(await told(at, "brokenAnswer")).toMatchObject({ facts: { fault: "wrong-echo" } });
  expect(await returned(at)).toEqual([1000]);
});

test("a refused amount fails only after the quiet time; money that goes back after that is told as a late effect", async () => {
  const at = await order("paid");
  await control("POST", "faults", {
    kind: "code",
    code: "7110",
    service: "Refund",
    storeOrderNo: at.orderNo,
  });
  await sent(at);
  await settled(at, "UNKNOWN");
  await passAndAsk(at, quietMs - 60_000);
  expect((await opsOf(at))[0]?.state).toBe("UNKNOWN");
  await pass(at, quietMs);
  await settled(at, "FAILED");
  await control("POST", `orders/${at.orderNo}/refund`, {});
  await db().execute(sql`
    insert into query_job (order_id, account_id, priority, due_at) values (${at.id}, ${open().shop.account.id}, 1, clock_timestamp())
    on conflict (order_id) do update set due_at = clock_timestamp()`);
  await settled(at, "SUCCEEDED");
  expect(await why(at)).toBe("lateEffect");
  await told(at, "lateEffect");
});

test("9998 on a cancel that the customer paid meanwhile is failed only after the quiet time", async () => {
  const { cancelOrder } = await import("../cancel-order.ts");
  const at = await order("open");
  await control("POST", "faults", {
    kind: "code",
    code: "9998",
    service: "CancelOrder",
    storeOrderNo: at.orderNo,
  });
  await cancelOrder(open().ctx, open().cashier, { ...at, clientRequestId: randomUUID() });
  await settled(at, "UNKNOWN");
  await control("POST", `orders/${at.orderNo}/pay`, {});
  await passAndAsk(at, 0);
  expect((await opsOf(at))[0]?.state).toBe("UNKNOWN");
  await pass(at, quietMs);
  await settled(at, "FAILED");
});
