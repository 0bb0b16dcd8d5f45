import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { ownRing } from "#lib/db/keys/master-key.ts";
import { merchantAccount, refundRequest } from "#lib/db/schema.ts";
import { sealSecrets } from "#lib/db/seal.ts";
import { sumMoney } from "#lib/domain/refund.ts";
import { scan2pay } from "#lib/gateway/scan2pay/kind.ts";
import { openCounter } from "#test/counter.ts";
import { raiseLimit } from "#test/own-limit.ts";
import { quietMs, recoveryOf } from "#test/recovery.ts";
import { factsOf, readBooks } from "../order-books.ts";
import { closeCase } from "./close-case.ts";
import { testCredentials } from "./test-credentials.ts";

const counter = openCounter();
const { open, control, hire, order, ask, asked, settled, returned } = counter;
const { cases, told, opsOf, pass, sent } = recoveryOf(counter);
const db = () => counter.database.db;
type At = Awaited<ReturnType<typeof order>>;

const askNow = (at: At) =>
  db().execute(sql`
    insert into query_job (order_id, account_id, priority, due_at) values (${at.id}, ${open().shop.account.id}, 1, clock_timestamp())
    on conflict (order_id) do update set due_at = clock_timestamp()`);

describe("scenario 30: refunded in the gateway's portal", () => {
  test("what remains is corrected, the waiting request is superseded, one case is told, and a person closes it", async () => {
    const at = await order("paid");
    const requestNo = await asked(at);
    await control("POST", `orders/${at.orderNo}/refund`, {});
    await askNow(at);
    const row = await told(at, "refundedElsewhere");
    const [request] = await db().select().from(refundRequest).where(eq(refundRequest.requestNo, requestNo));
    expect(request?.status).toBe("SUPERSEDED");
    const sums = sumMoney(factsOf(await readBooks(db(), at.id)));
    expect(sums).toMatchObject({ returnedMinor: 1000, remainingMinor: 0, waitingMinor: 0 });
    expect(await ask(at)).toMatchObject({ refusal: { why: "nothingRemains" } });
    await askNow(at);
    await expect
      .poll(
        async () => (await db().execute(sql`select 1 from query_job where order_id = ${at.id}`)).rows.length,
      )
      .toBe(0);
    expect(await cases(at, "refundedElsewhere")).toHaveLength(1);
    const close = (by: Parameters<typeof closeCase>[1]) =>
      closeCase(open().ctx, by, { caseNo: row.caseNo, found: "The owner did it in the portal" });
    expect(await close(open().cashier)).toMatchObject({ refusal: { why: "notAllowed" } });
    expect(await close(open().manager)).toEqual({ ok: true, value: null });
    expect(await close(open().manager)).toMatchObject({ refusal: { why: "notFound" } });
  });

  test("between approval and send: nothing is sent, and the money counts once", async () => {
    const at = await order("paid");
    await db().update(merchantAccount).set({ sendingPausedWhy: "test" });
    await sent(at);
    await control("POST", `orders/${at.orderNo}/refund`, {});
    await askNow(at);
    await told(at, "refundedElsewhere");
    await db().update(merchantAccount).set({ sendingPausedWhy: null });
    await settled(at, "FAILED");
    expect((await opsOf(at))[0]).toMatchObject({ why: "nothingToRefund", lastSentAt: null });
    expect(await returned(at)).toEqual([1000]);
  });
});

describe("scenario 47: a wrong refund key", () => {
  async function keys(refundPassword: string) {
    const { shop, simulator } = open();
    const settings = scan2pay.readSettings({ ...simulator.entry, refundPassword });
    if (!settings.ok) throw new Error("settings");
    const sealedSecrets = sealSecrets(ownRing().main, shop.account.slug, settings.value.secrets);
    await db().update(merchantAccount).set({ sealedSecrets }).where(eq(merchantAccount.id, shop.account.id));
  }
  const pausedWhy = async () =>
    (await db().select().from(merchantAccount).where(eq(merchantAccount.id, open().shop.account.id)))[0]
      ?.sendingPausedWhy;

  test("sending pauses, what is approved waits, the owner is told, and after a tested key each goes out once", async () => {
    const owner = await hire(open().shop.shop.id, "owner");
    const test = (by = owner) => testCredentials(open().ctx, by, { account: open().shop.account.slug });
    expect(await test()).toEqual({ ok: false, refusal: { why: "notPaused" } });
    await keys("wrong");
    const [first, second] = [await order("paid"), await order("paid")];
    const requestNo = await sent(first);
    await settled(first, "UNKNOWN");
    expect(await pausedWhy()).toBe("credentials");
    await sent(second);
    await told(first, "credentialTrouble");
    expect((await opsOf(second))[0]).toMatchObject({ state: "READY", lastSentAt: null });

    expect(await test(open().cashier)).toEqual({ ok: false, refusal: { why: "notAllowed" } });
    expect(await test(open().manager)).toEqual({ ok: false, refusal: { why: "notAllowed" } });
    // More than one: the clerk may have a question of its own, and would take the only one.
    await control("POST", "faults", { kind: "http-status", service: "SingleOrderQuery", times: 100 });
    expect(await test()).toEqual({ ok: false, refusal: { why: "gatewayNoAnswer" } });
    await control("DELETE", "faults");
    expect(await pausedWhy()).toBe("credentials");

    await keys("0000");
    expect(await test()).toEqual({ ok: true, value: null });
    await settled(second, "SUCCEEDED");
    await expect
      .poll(async () => (await cases(first, "credentialTrouble"))[0]?.closedWhy)
      .toBe("aSendWentThrough");
    expect((await opsOf(first))[0]?.state).toBe("UNKNOWN");
    await pass(first, quietMs);
    await expect
      .poll(async () => (await opsOf(first)).map(({ state }) => state))
      .toEqual(["FAILED", "SUCCEEDED"]);
    const [request] = await db().select().from(refundRequest).where(eq(refundRequest.requestNo, requestNo));
    expect(request?.status).toBe("APPROVED");
    expect([await returned(first), await returned(second)]).toEqual([[1000], [1000]]);
    const numbers = (await opsOf(first)).map(({ merchantNo }) => merchantNo);
    expect(new Set(numbers).size).toBe(2);
  });

  test("what the own limit sent goes out once more by the same rule, with no approver", async () => {
    await keys("wrong");
    await raiseLimit(counter.database, open().cashier, { refundLimitMinor: 1000 });
    const at = await order("paid");
    expect(await ask(at)).toMatchObject({ value: { path: "sent" } });
    await raiseLimit(counter.database, open().cashier, { refundLimitMinor: 0 });
    await settled(at, "UNKNOWN");
    await keys("0000");
    await db().update(merchantAccount).set({ sendingPausedWhy: null });
    await pass(at, quietMs);
    await expect
      .poll(async () => (await opsOf(at)).map(({ state }) => state))
      .toEqual(["FAILED", "SUCCEEDED"]);
    const ops = (await opsOf(at)).map(({ approvedByRule, approvedPerson }) => [
      approvedByRule,
      approvedPerson,
    ]);
    expect(ops).toEqual([
      ["own-limit", null],
      ["own-limit", null],
    ]);
    expect(await returned(at)).toEqual([1000]);
  });

  test("switched on with a key that is still wrong, the next send pauses it again, and the case stays one", async () => {
    const owner = await hire(open().shop.shop.id, "owner");
    await keys("wrong");
    const at = await order("paid");
    await sent(at);
    await settled(at, "UNKNOWN");
    await expect.poll(pausedWhy).toBe("credentials");
    const other = await order("paid");
    await sent(other);
    expect((await testCredentials(open().ctx, owner, { account: open().shop.account.slug })).ok).toBe(true);
    await settled(other, "UNKNOWN");
    await expect.poll(pausedWhy).toBe("credentials");
    const { rows } = await db().execute(
      sql`select 1 from incident where kind = 'credentialTrouble' and closed_at is null`,
    );
    expect(rows).toHaveLength(1);
    await keys("0000");
    await db().update(merchantAccount).set({ sendingPausedWhy: null });
  });
});

test("scenario 31: in a quiet hour an approved refund waits with a time and goes out once afterwards", async () => {
  const at = await order("paid");
  const clock = (ms: number) =>
    new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Taipei", hour: "2-digit", minute: "2-digit" }).format(
      new Date(Date.now() + ms),
    );
  const hour = 3_600_000;
  await db()
    .update(merchantAccount)
    .set({ quietFrom: clock(-hour), quietTo: clock(hour) });
  await sent(at);
  await expect.poll(async () => (await opsOf(at))[0]?.why, { timeout: 10_000 }).toBe("quietHour");
  const [op] = await opsOf(at);
  expect(op?.state).toBe("READY");
  const waitsMs = (op?.nextAskAt?.getTime() ?? 0) - Date.now();
  expect(waitsMs).toBeGreaterThan(hour - 120_000);
  expect(waitsMs).toBeLessThanOrEqual(hour);
  await db().update(merchantAccount).set({ quietFrom: null, quietTo: null });
  await pass(at, 0);
  await settled(at, "SUCCEEDED");
  expect(await returned(at)).toEqual([1000]);
});
