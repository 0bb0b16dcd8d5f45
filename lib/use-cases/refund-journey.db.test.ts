import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { verifyAudit } from "#lib/db/audit.ts";
import {
  auditEvent,
  gatewayLane,
  merchantAccount,
  moneyOp,
  payOrder,
  refundRequest,
} from "#lib/db/schema.ts";
import { sealSecrets } from "#lib/db/seal.ts";
import type { CurrentStaff, Role } from "#lib/domain/staff.ts";
import { scan2pay } from "#lib/gateway/scan2pay/kind.ts";
import { type Simulator, startScan2PaySimulator } from "#lib/gateway/scan2pay/simulator/server.ts";
import { freshDatabase } from "#test/database.ts";
import { makeShop, makeStaff } from "#test/shop.ts";
import { makeContext } from "./app-context.ts";
import { approveRefund } from "./approve-refund.ts";
import { cancelOrder } from "./cancel-order.ts";
import { startClerk, sweep } from "./clerk.ts";
import type { Context } from "./context.ts";
import { lookUpOrder } from "./look-up-order.ts";
import { factsOf, readBooks, snapshotOf } from "./order-books.ts";
import { rejectRefund } from "./reject-refund.ts";
import { requestRefund } from "./request-refund.ts";
import { withdrawRefund } from "./withdraw-refund.ts";

const here = freshDatabase();
let simulator: Simulator;
let ctx: Context;
let shop: Awaited<ReturnType<typeof makeShop>>;
let cashier: CurrentStaff;
let manager: CurrentStaff;
let manager2: CurrentStaff;
let stopClerk: () => Promise<void>;
let serial = 0;

async function control(method: string, path: string, body?: object) {
  const answer = await fetch(`${simulator.origin}/_control/${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  return answer.json();
}

async function hire(storeId: string, role: Role): Promise<CurrentStaff> {
  const row = await makeStaff(here.database, storeId, role);
  return {
    staffId: row.id,
    personId: row.personId,
    username: row.username,
    name: row.name,
    role,
    storeIds: [storeId],
    sessionId: randomUUID(),
    deviceId: "counter-1",
    refundLimitMinor: 0,
  };
}

beforeAll(async () => {
  simulator = await startScan2PaySimulator({ settings: { queryGapMs: 50 } });
  shop = await makeShop(here.database, { isFullRefundOnly: true });
  const [{ publicKeyPem, ivs }] = await control("GET", "merchants");
  const entry = {
    slug: shop.account.slug,
    store: "1",
    gateway: "scan2pay",
    url: simulator.url,
    merchantId: "S2PSIM0001",
  };
  const settings = scan2pay.readSettings({
    ...entry,
    tradePassword: "1234",
    refundPassword: "0000",
    publicKeyPem,
    iv: ivs[0],
  });
  if (!settings.ok) throw new Error(JSON.stringify(settings.faults));
  const { db } = here.database;
  await db
    .update(merchantAccount)
    .set({
      config: settings.value.config,
      sealedSecrets: sealSecrets(shop.account.slug, settings.value.secrets),
    })
    .where(eq(merchantAccount.id, shop.account.id));
  await db.update(gatewayLane).set({ gapMs: 60 }).where(eq(gatewayLane.accountId, shop.account.id));
  ctx = makeContext(here.database);
  [cashier, manager, manager2] = await Promise.all([
    hire(shop.shop.id, "cashier"),
    hire(shop.shop.id, "manager"),
    hire(shop.shop.id, "manager"),
  ]);
  stopClerk = startClerk(ctx);
});
afterEach(() => control("DELETE", "faults"));
afterAll(async () => {
  await stopClerk();
  await simulator.close();
});

/** A new order at the gateway, looked up by the cashier. */
async function order(state: "paid" | "open", options: { ageMs?: number } = {}) {
  const orderNo = `PO${String(++serial).padStart(6, "0")}`;
  await control("POST", "orders", { storeOrderNo: orderNo, totalFee: 1000, state, ...options });
  const found = await lookUpOrder(ctx, cashier, orderNo);
  expect(found.ok).toBe(true);
  const [row] = await here.database.db.select().from(payOrder).where(eq(payOrder.orderNo, orderNo));
  if (!row) throw new Error("the order is not in the books");
  return { orderNo, id: row.id, account: shop.account.slug };
}
type At = Awaited<ReturnType<typeof order>>;

const ask = (at: At, clientRequestId: string = randomUUID(), amountMinor = 1000) =>
  requestRefund(ctx, cashier, { ...at, clientRequestId, amountMinor, reason: "returned", note: "" });

async function asked(at: At): Promise<string> {
  const answer = await ask(at);
  if (!answer.ok) throw new Error(answer.refusal.why);
  return answer.value.requestNo;
}

async function approve(at: At, requestNo: string, by: CurrentStaff = manager) {
  const seen = snapshotOf(await readBooks(here.database.db, at.id), 1000);
  return approveRefund(ctx, by, { requestNo, seen, takeStepUp: async () => true });
}

async function settled(at: At, state: string) {
  await expect
    .poll(
      async () =>
        (await here.database.db.select().from(moneyOp).where(eq(moneyOp.orderId, at.id))).at(-1)?.state,
      { timeout: 10_000 },
    )
    .toBe(state);
}

async function returned(at: At): Promise<number[]> {
  const [shown] = await control("GET", `orders?storeOrderNo=${at.orderNo}`);
  return shown.effects
    .filter(({ kind }: { kind: string }) => kind !== "pay")
    .map(({ amount }: { amount: number }) => amount);
}

describe("a refund from the question to the money", () => {
  test("scenario 32: asked by the cashier, approved by the manager: one refund at the gateway, both named in the audit", async () => {
    const at = await order("paid");
    const requestNo = await asked(at);
    expect(await approve(at, requestNo)).toMatchObject({ ok: true });
    await settled(at, "SUCCEEDED");
    expect(await returned(at)).toEqual([1000]);
    const lines = await here.database.db.select().from(auditEvent).where(eq(auditEvent.orderId, at.id));
    expect(lines.map(({ action, staffId }) => [action, staffId])).toEqual(
      expect.arrayContaining([
        ["request-refund", cashier.staffId],
        ["approve-refund", manager.staffId],
        ["send-refund", null],
      ]),
    );
    expect(await verifyAudit(here.database)).toMatchObject({ isWhole: true });
  });

  test("scenario 22: fifty parallel posts of one form make one request", async () => {
    const at = await order("paid");
    const id = randomUUID();
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(at, id)));
    expect(
      new Set(answers.map((answer) => (answer.ok ? answer.value.requestNo : answer.refusal.why))).size,
    ).toBe(1);
    expect(answers.every(({ ok }) => ok)).toBe(true);
    const { rows } = await here.database.db.execute(
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
    const answers = await Promise.all([approve(at, requestNo, manager), approve(at, requestNo, manager2)]);
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
        withdrawRefund(ctx, cashier, { requestNo }),
      ]);
      expect([yes.ok, no.ok].filter(Boolean)).toHaveLength(1);
      if (yes.ok) await settled(at, "SUCCEEDED");
      expect(await returned(at)).toEqual(yes.ok ? [1000] : []);
    }
  }, 60_000);

  test("scenario 35: nobody approves or rejects a request of their own", async () => {
    const at = await order("paid");
    const answer = await requestRefund(ctx, manager, {
      ...at,
      clientRequestId: randomUUID(),
      amountMinor: 1000,
      reason: "damaged",
      note: "",
    });
    if (!answer.ok) throw new Error(answer.refusal.why);
    const { requestNo } = answer.value;
    expect(await approve(at, requestNo, manager)).toMatchObject({ refusal: { why: "ownRequest" } });
    expect(await rejectRefund(ctx, manager, { requestNo, reason: "x" })).toMatchObject({
      refusal: { why: "ownRequest" },
    });
    const twin = { ...manager2, personId: manager.personId };
    expect(await approve(at, requestNo, twin)).toMatchObject({ refusal: { why: "ownRequest" } });
  });

  test("scenario 36: an expired request is refused as expired and goes from the list", async () => {
    const at = await order("paid");
    const requestNo = await asked(at);
    await here.database.db.execute(
      sql`update refund_request set expires_at = clock_timestamp() - interval '1 s' where request_no = ${requestNo}`,
    );
    expect(await approve(at, requestNo)).toMatchObject({
      refusal: { why: expect.stringMatching(/expired|decided/) },
    });
    await sweep(ctx);
    const [row] = await here.database.db
      .select()
      .from(refundRequest)
      .where(eq(refundRequest.requestNo, requestNo));
    expect(row?.status).toBe("EXPIRED");
  });

  test("scenario 37: facts that moved since the manager looked refuse the approval and say what moved", async () => {
    const at = await order("paid");
    const requestNo = await asked(at);
    const stale = { gatewayState: "paid", paidMinor: 1000, remainingMinor: 700 } as const;
    const answer = await approveRefund(ctx, manager, {
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
    expect(await rejectRefund(ctx, manager, { requestNo, reason: "no receipt" })).toEqual({
      ok: true,
      value: null,
    });
    expect(await rejectRefund(ctx, manager2, { requestNo, reason: "x" })).toMatchObject({
      refusal: { why: "decided", by: "manager" },
    });
    expect((await ask(at)).ok).toBe(true);
  });

  test("scenarios 6 and 40: staff of another store find neither the order nor the request", async () => {
    const at = await order("paid");
    const requestNo = await asked(at);
    const other = await makeShop(here.database);
    const stranger = await hire(other.shop.id, "manager");
    expect(await approve(at, requestNo, stranger)).toMatchObject({ refusal: { why: "notFound" } });
    expect(await cancelOrder(ctx, stranger, { ...at, clientRequestId: randomUUID() })).toMatchObject({
      refusal: { why: "notFound" },
    });
  });

  test("a cashier who approves and an auditor who asks are refused, and the attempt is on record", async () => {
    const at = await order("paid");
    const requestNo = await asked(at);
    expect(await approve(at, requestNo, { ...cashier, personId: randomUUID() })).toMatchObject({
      refusal: { why: "notAllowed" },
    });
    expect(
      await requestRefund(
        ctx,
        { ...manager, role: "auditor" },
        { ...at, clientRequestId: randomUUID(), amountMinor: 1000, reason: "returned", note: "" },
      ),
    ).toMatchObject({
      refusal: { why: "notAllowed" },
    });
    const lines = await here.database.db.select().from(auditEvent).where(eq(auditEvent.orderId, at.id));
    expect(lines.filter(({ outcome }) => outcome === "refused").map(({ action }) => action)).toEqual([
      "approve-refund",
      "request-refund",
    ]);
  });
});

describe("when the gateway does not answer well", () => {
  test("scenario 43: accepted and the answer lost: we do not know, then Refunded by itself, with one refund in the ledger", async () => {
    const at = await order("paid");
    const requestNo = await asked(at);
    await control("POST", "faults", { kind: "lost-after-effect", service: "Refund" });
    await approve(at, requestNo);
    await settled(at, "SUCCEEDED");
    expect(await returned(at)).toEqual([1000]);
    const { rows } = await here.database.db.execute(
      sql`select outcome, source from evidence where order_id = ${at.id} order by seen_at`,
    );
    expect(rows).toContainEqual({ outcome: "unknown", source: "send" });
  });

  test("lost on the way there: it stays unknown, is not sent again, and blocks a second request", async () => {
    const at = await order("paid");
    const requestNo = await asked(at);
    await control("POST", "faults", { kind: "lost-before-effect", service: "Refund" });
    await approve(at, requestNo);
    await settled(at, "UNKNOWN");
    expect(await ask(at)).toMatchObject({ ok: false, refusal: { why: "moneyIsMoving" } });
    expect(await returned(at)).toEqual([]);
    const { rows } = await here.database.db.execute(
      sql`select count(*)::int as n from op_attempt a join money_op m on m.id = a.op_id where m.order_id = ${at.id}`,
    );
    expect(rows[0]?.n).toBe(1);
  });

  test("scenario 7: a gateway that does not answer is named, the order is not called missing", async () => {
    await control("POST", "faults", { kind: "http-status", storeOrderNo: "PO-NOT-SEEN" });
    expect(await lookUpOrder(ctx, cashier, "PO-NOT-SEEN")).toMatchObject({
      refusal: { why: "gatewayNoAnswer" },
    });
    expect(await lookUpOrder(ctx, cashier, "PO-NOT-SEEN")).toMatchObject({ refusal: { why: "notFound" } });
  });

  test("scenario 44: a sender that died leaves the outcome unknown, never a second send", async () => {
    const at = await order("paid");
    const requestNo = await asked(at);
    await here.database.db
      .update(merchantAccount)
      .set({ sendingPausedWhy: "test" })
      .where(eq(merchantAccount.id, shop.account.id));
    await approve(at, requestNo);
    await here.database.db.execute(sql`update money_op set state = 'SENDING', fence = fence + 1, lease_owner = ${randomUUID()},
      lease_until = clock_timestamp() - interval '1 s', last_sent_at = clock_timestamp() where order_id = ${at.id}`);
    await sweep(ctx);
    await here.database.db
      .update(merchantAccount)
      .set({ sendingPausedWhy: null })
      .where(eq(merchantAccount.id, shop.account.id));
    await settled(at, "UNKNOWN");
    expect(await returned(at)).toEqual([]);
  });
});

describe("cancel", () => {
  const cancel = (at: At, clientRequestId: string = randomUUID()) =>
    cancelOrder(ctx, cashier, { ...at, clientRequestId });

  test("a waiting order is cancelled once, also when the button is pressed twenty times", async () => {
    const at = await order("open");
    const id = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => cancel(at, id)));
    expect(answers.filter(({ ok }) => ok).length).toBeGreaterThan(0);
    await settled(at, "SUCCEEDED");
    const books = await readBooks(here.database.db, at.id);
    expect(books.ops).toHaveLength(1);
    expect(factsOf(books).isCancelled).toBe(true);
  });

  test("scenario 17: after the window nothing is sent and the text says so", async () => {
    const at = await order("open");
    await here.database.db.execute(
      sql`update pay_order set first_seen_at = clock_timestamp() - interval '15 minutes 1 second' where id = ${at.id}`,
    );
    expect(await cancel(at)).toEqual({ ok: false, refusal: { why: "tooLate" } });
  });

  test("scenario 18: the customer pays between the look and the cancel: the gateway's word wins, no money comes back by itself", async () => {
    const at = await order("open");
    await control("POST", `orders/${at.orderNo}/pay`, {});
    await cancel(at);
    await settled(at, "FAILED");
    expect((await readBooks(here.database.db, at.id)).order.gatewayState).toBe("paid");
    expect(await returned(at)).toEqual([]);
  });

  test("scenario 21: a paid order and an auditor are refused, both on record", async () => {
    const at = await order("paid");
    expect(await cancel(at)).toEqual({ ok: false, refusal: { why: "paid" } });
    const auditor = { ...cashier, role: "auditor" as const };
    expect(await cancelOrder(ctx, auditor, { ...at, clientRequestId: randomUUID() })).toEqual({
      ok: false,
      refusal: { why: "notAllowed" },
    });
  });
});
