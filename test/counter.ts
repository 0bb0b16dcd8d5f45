import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { ownRing } from "#lib/db/keys/master-key.ts";
import { gatewayLane, merchantAccount, moneyOp, payOrder, store } from "#lib/db/schema.ts";
import { sealSecrets } from "#lib/db/seal.ts";
import type { CurrentStaff, Role } from "#lib/domain/staff.ts";
import { makeContext } from "#lib/use-cases/app-context.ts";
import { approveRefund } from "#lib/use-cases/approve-refund.ts";
import { startClerk } from "#lib/use-cases/clerk.ts";
import type { Context } from "#lib/use-cases/context.ts";
import { lookUpOrder } from "#lib/use-cases/look-up-order.ts";
import { readBooks, snapshotOf } from "#lib/use-cases/order-books.ts";
import { requestRefund } from "#lib/use-cases/request-refund.ts";
import { freshDatabase } from "./database.ts";
import { makeSession, makeShop, makeStaff } from "./shop.ts";
import { openKsher, openScan2Pay, type TestGateway } from "./test-gateway.ts";

/** An order the cashier looked up. */
export type At = { readonly orderNo: string; readonly id: string; readonly account: string };

type Open = {
  simulator: TestGateway;
  ctx: Context;
  shop: Awaited<ReturnType<typeof makeShop>>;
  cashier: CurrentStaff;
  manager: CurrentStaff;
  manager2: CurrentStaff;
};

/** A whole counter on real parts: a store's books, its gateway over HTTP, its people, and (unless a test works itself) the clerk. */
export function openCounter({ canPartial = false, hasClerk = true, isKsher = false } = {}) {
  const here = freshDatabase();
  const held: { open?: Open } = {};
  let stopClerk: () => Promise<void> = async () => undefined;
  let serial = 0;
  const open = (): Open => {
    if (!held.open) throw new Error("the counter is open once the tests run");
    return held.open;
  };

  async function control(method: string, path: string, body?: object) {
    const answer = await fetch(`${open().simulator.origin}/_control/${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return answer.json();
  }

  async function hire(storeId: string, role: Role): Promise<CurrentStaff> {
    const row = await makeStaff(here.database, storeId, role);
    const sessionId = await makeSession(here.database, row.id, "counter-1");
    return {
      staffId: row.id,
      personId: row.personId,
      username: row.username,
      name: row.name,
      role,
      storeIds: [storeId],
      sessionId,
      deviceId: "counter-1",
    };
  }

  beforeAll(async () => {
    const shop = await makeShop(here.database, { isFullRefundOnly: !isKsher && !canPartial });
    const { slug } = shop.account;
    const simulator = await (isKsher ? openKsher({ slug }) : openScan2Pay({ slug, canPartial }));
    const { gateway, currency, timeZone, settings } = simulator;
    const sealedSecrets = sealSecrets(ownRing().main, slug, settings.secrets);
    const { db } = here.database;
    await db.update(store).set({ currency, timeZone }).where(eq(store.id, shop.shop.id));
    await db
      .update(merchantAccount)
      .set({ gateway, currency, config: settings.config, sealedSecrets })
      .where(eq(merchantAccount.id, shop.account.id));
    await db.update(gatewayLane).set({ gapMs: 60 }).where(eq(gatewayLane.accountId, shop.account.id));
    const ctx = makeContext(here.database, { sharedMs: 0 });
    const [cashier, manager, manager2] = await Promise.all([
      hire(shop.shop.id, "cashier"),
      hire(shop.shop.id, "manager"),
      hire(shop.shop.id, "manager"),
    ]);
    held.open = { simulator, ctx, shop, cashier, manager, manager2 };
    if (hasClerk) stopClerk = startClerk(ctx);
  });
  afterEach(() => control("DELETE", "faults"));
  afterAll(async () => {
    await stopClerk();
    await open().simulator.close();
  });

  /** A new order at the gateway, looked up by the cashier. */
  async function order(
    state: "paid" | "open",
    options: { ageMs?: number; channel?: string; totalFee?: number } = {},
  ): Promise<At> {
    const orderNo = `PO${String(++serial).padStart(6, "0")}`;
    const { mchId } = open().simulator;
    await control("POST", "orders", { storeOrderNo: orderNo, totalFee: 1000, state, mchId, ...options });
    const found = await lookUpOrder(open().ctx, open().cashier, orderNo);
    expect(found.ok).toBe(true);
    const [row] = await here.database.db.select().from(payOrder).where(eq(payOrder.orderNo, orderNo));
    if (!row) throw new Error("the order is not in the books");
    return { orderNo, id: row.id, account: open().shop.account.slug };
  }

  const ask = (at: At, clientRequestId: string = randomUUID(), amountMinor = 1000) =>
    requestRefund(open().ctx, open().cashier, {
      ...at,
      clientRequestId,
      amountMinor,
      reason: "returned",
      note: "",
    });

  async function asked(at: At): Promise<string> {
    const answer = await ask(at);
    if (!answer.ok) throw new Error(answer.refusal.why);
    return answer.value.requestNo;
  }

  async function approve(at: At, requestNo: string, by: CurrentStaff = open().manager) {
    const books = await readBooks(here.database.db, at.id);
    const own = books.requests.find((one) => one.requestNo === requestNo);
    const seen = snapshotOf(books, own?.status === "REQUESTED" ? own.amountMinor : 1000);
    return approveRefund(open().ctx, by, { requestNo, seen, takeStepUp: async () => true });
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

  return {
    get database() {
      return here.database;
    },
    get url() {
      return here.url;
    },
    open,
    control,
    hire,
    order,
    ask,
    asked,
    approve,
    settled,
    returned,
    /** Before other books ask the same account: two lanes do not keep the gap between them, and the gateway locks the account. */
    sendClerkHome: () => stopClerk(),
  };
}
