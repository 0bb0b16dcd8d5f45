import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { foundRefund } from "#lib/db/schema.ts";
import { sumMoney } from "#lib/domain/refund.ts";
import { openCounter } from "#test/counter.ts";
import { quietMs, recoveryOf } from "#test/recovery.ts";
import { factsOf, readBooks } from "../order-books.ts";
import { recordQuery } from "../record-answer.ts";
import { wantSweep } from "./want-sweep.ts";

const counter = openCounter({ canPartial: true });
const { open, control, order, settled, returned } = counter;
const { pass, listNow, told, opsOf, sent } = recoveryOf(counter);
const db = () => counter.database.db;
type At = Awaited<ReturnType<typeof order>>;

const lose = (when: "before" | "after", at: At) =>
  control("POST", "faults", { kind: `lost-${when}-effect`, service: "Refund", storeOrderNo: at.orderNo });
const last = async (at: At) => (await opsOf(at)).at(-1);
const askedLists = async () =>
  Number(
    (await db().execute<{ n: number }>(sql`select ask_count as n from account_chore where kind = 'sweep'`))
      .rows[0]?.n ?? 0,
  );
/** The list was asked for once more. */
async function listed(): Promise<void> {
  const before = await askedLists();
  await wantSweep(db(), open().shop.account.id, { inMs: 0 });
  await listNow();
  await expect.poll(askedLists, { timeout: 10_000 }).toBeGreaterThan(before);
}

/** A first part that went back without trouble, and a second one sent. */
async function secondPart(when: "before" | "after"): Promise<At> {
  const at = await order("paid");
  await sent(at, 400);
  await expect.poll(async () => (await last(at))?.confirmedAt ?? null, { timeout: 10_000 }).not.toBeNull();
  await lose(when, at);
  await sent(at, 300);
  await expect.poll(async () => (await last(at))?.state).toBe("UNKNOWN");
  return at;
}

test("two successes that nobody confirmed are both put off by a question without an answer", async () => {
  const at = await order("paid");
  await sent(at, 400);
  await settled(at, "SUCCEEDED");
  await sent(at, 300);
  await settled(at, "SUCCEEDED");
  await expect.poll(async () => (await last(at))?.confirmedAt ?? null, { timeout: 10_000 }).not.toBeNull();
  await db().execute(sql`
    update money_op set fence = fence + 1, confirmed_at = null, ask_count = 9, next_ask_at = clock_timestamp() - interval '1 s'
     where order_id = ${at.id}`);
  const evidence = {
    ...{ code: null, message: null, raw: null, httpStatus: null },
    ...{ checks: { tls: true, opened: false, echo: false }, startedAt: new Date(), endedAt: new Date() },
  };
  await recordQuery(open().ctx, at.id, { outcome: "unknown", why: "timeout", evidence });
  const { now } = await readBooks(db(), at.id);
  const dueMs = (await opsOf(at)).map((op) => (op.nextAskAt?.getTime() ?? 0) - now.getTime());
  expect(dueMs.filter((ms) => ms > 0)).toHaveLength(2);
});

describe("parts of one order are told apart by the list", () => {
  test("scenario 43: the second part went back and its answer was lost: one list settles it, with both parts in the ledger", async () => {
    const at = await secondPart("after");
    await listed();
    await expect.poll(async () => (await last(at))?.why).toBe("seenInList");
    expect(await last(at)).toMatchObject({ state: "SUCCEEDED" });
    expect(await returned(at)).toEqual([400, 300]);
  });

  test("the second part never arrived: lists before the quiet time say nothing, two after it call a person", async () => {
    const at = await secondPart("before");
    await listed();
    await listed();
    expect(await last(at)).toMatchObject({ state: "UNKNOWN", negativeReadings: 0 });
    await pass(at, quietMs);
    await listed();
    expect(await last(at)).toMatchObject({ state: "UNKNOWN", negativeReadings: 1 });
    await listed();
    expect(await last(at)).toMatchObject({ state: "NEEDS_PERSON", why: "notInList" });
    expect(await returned(at)).toEqual([400]);
  });

  test("scenario 30: a part refunded in the portal is found by the list, counts once, and lowers what remains", async () => {
    const at = await order("paid");
    await control("POST", `orders/${at.orderNo}/refund?mchId=S2PSIM0002`, { amount: 250 });
    await db().execute(sql`
      insert into query_job (order_id, account_id, priority, due_at) values (${at.id}, ${open().shop.account.id}, 1, clock_timestamp())
      on conflict (order_id) do update set due_at = clock_timestamp()`);
    expect(await told(at, "refundedElsewhere")).toMatchObject({ facts: { amountMinor: 250 } });
    await listed();
    const found = await db().select().from(foundRefund).where(eq(foundRefund.orderId, at.id));
    expect(found.map(({ amountMinor }) => amountMinor)).toEqual([250]);
    const sums = sumMoney(factsOf(await readBooks(db(), at.id)));
    expect(sums).toMatchObject({ returnedMinor: 250, remainingMinor: 750 });
    await sent(at, 750);
    await settled(at, "SUCCEEDED");
    expect(await returned(at)).toEqual([250, 750]);
  });
});
