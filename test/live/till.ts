import { randomUUID } from "node:crypto";
import { and, eq, isNull, sql } from "drizzle-orm";
import { readStaff } from "#lib/auth/current-staff.ts";
import { signIn } from "#lib/auth/sign-in.ts";
import { type Database, openDatabase } from "#lib/db/client.ts";
import { incident, merchantAccount, moneyOp, payOrder } from "#lib/db/schema.ts";
import { demoShop } from "#lib/domain/demo-shop.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { makeContext } from "#lib/use-cases/app-context.ts";
import { approveRefund } from "#lib/use-cases/approve-refund.ts";
import { sweep } from "#lib/use-cases/find-out/sweep.ts";
import { lookUpOrder } from "#lib/use-cases/look-up-order.ts";
import { readBooks, snapshotOf } from "#lib/use-cases/order-books.ts";
import { requestRefund } from "#lib/use-cases/request-refund.ts";
import { confirmSettlement, proposeSettlement } from "#lib/use-cases/settle/settle-by-hand.ts";
import { type Control, insist } from "./scene.ts";

/** A store of the demo shop, its people, and what its orders are paid with, in turn. */
export type Counter = {
  readonly account: string;
  readonly prefix: string;
  readonly cashier: string;
  readonly manager: string;
  readonly channels: readonly string[];
  readonly settings: object;
};

export const xinyi: Counter = {
  ...{ account: "xinyi", prefix: "PO", cashier: "cashier", manager: "manager" },
  ...{ channels: [], settings: {} },
};
/** Ksher as it is at its worst: no repeat is noticed, and of every second payment nobody can ask about one refund. */
export const siam: Counter = {
  ...{ account: "siam", prefix: "TH", cashier: "siam-cashier", manager: "siam-manager" },
  ...{ channels: ["truemoney", "promptpay"], settings: { duplicateCheck: { order: false, number: false } } },
};

export type Sale = { readonly orderNo: string; readonly id: string; readonly amountMinor: number };

/** The demo shop's people at an instance of their own, without a clerk: they look up, ask and approve, and the dashboard that dies moves the money. */
export type Till = {
  readonly database: Database;
  /** A paid order that the cashier looked up. */
  sell(): Promise<Sale>;
  /** Asks for all of it back and approves; done when the books have both, whatever happens to them meanwhile. */
  giveBack(sale: Sale): Promise<void>;
  /** Two people settle as not refunded what waits for them; tells which orders that were. */
  settleByHand(): Promise<readonly string[]>;
  close(): Promise<void>;
};

/** Distance of two calls in these tests, in ms; the simulator locks the address below its own. */
export const gaps = { ours: 150, theirs: 100 };

type Place = { readonly control: Control; readonly databaseUrl: string };

/** Opens a store's till; `control` is that of its gateway's simulator. */
export async function openTill({ control, databaseUrl }: Place, counter: Counter = xinyi): Promise<Till> {
  const database = openDatabase(databaseUrl);
  const { db } = database;
  const ctx = makeContext(database);
  await control("POST", "settings", { queryGapMs: gaps.theirs, ...counter.settings });
  await db.execute(sql`update gateway_lane set gap_ms = ${gaps.ours}`);
  const cashier = await enter(counter.cashier);
  const manager = await enter(counter.manager);
  let serial = 0;

  /** Somebody who is signed in, as they stand now. */
  async function enter(username: string): Promise<() => Promise<CurrentStaff>> {
    const entered = await signIn(database, { username, password: demoShop.password, deviceId: "till-1" });
    if (!entered.ok) throw new Error(`${username} was not let in`);
    return async () => {
      const staff = await readStaff(database, entered.value, { isAction: true });
      if (!staff) throw new Error(`${username} is no longer signed in`);
      return staff;
    };
  }

  async function find(orderNo: string): Promise<Sale | null> {
    await lookUpOrder(ctx, await cashier(), orderNo);
    const [row] = await db.select().from(payOrder).where(eq(payOrder.orderNo, orderNo));
    return row?.paidMinor ? { orderNo, id: row.id, amountMinor: row.paidMinor } : null;
  }

  async function approve(sale: Sale, requestNo: string): Promise<true | null> {
    const by = await manager();
    const seen = snapshotOf(await readBooks(db, sale.id), sale.amountMinor);
    const answer = await approveRefund(ctx, by, { requestNo, seen, takeStepUp: async () => true });
    const isOurs = !answer.ok && answer.refusal.why === "decided" && answer.refusal.status === "APPROVED";
    return answer.ok || isOurs ? true : null;
  }

  return {
    database,
    async sell() {
      serial += 1;
      const orderNo = `${counter.prefix}77${String(serial).padStart(7, "0")}`;
      const channel = counter.channels[serial % counter.channels.length];
      const paid = { totalFee: 100 + serial, state: "paid", ...(channel ? { channel } : {}) };
      await control("POST", "orders", { storeOrderNo: orderNo, ...paid });
      return insist(`${orderNo} is in the books`, () => find(orderNo));
    },
    async giveBack(sale) {
      const ask = {
        ...{ account: counter.account, orderNo: sale.orderNo, amountMinor: sale.amountMinor },
        ...{ clientRequestId: randomUUID(), reason: "returned" as const, note: "" },
      };
      const requestNo = await insist(`${sale.orderNo} is asked for`, async () => {
        const answer = await requestRefund(ctx, await cashier(), ask);
        return answer.ok ? answer.value.requestNo : null;
      });
      await insist(`${sale.orderNo} is approved`, () => approve(sale, requestNo));
    },
    async settleByHand() {
      await sweep(ctx);
      const owner = await enter("owner");
      const waiting = await db
        .select({ caseNo: incident.caseNo, orderNo: payOrder.orderNo })
        .from(moneyOp)
        .innerJoin(incident, and(eq(incident.opId, moneyOp.id), isNull(incident.closedAt)))
        .innerJoin(payOrder, eq(payOrder.id, moneyOp.orderId))
        .innerJoin(merchantAccount, eq(merchantAccount.id, moneyOp.accountId))
        .where(and(eq(moneyOp.state, "NEEDS_PERSON"), eq(merchantAccount.slug, counter.account)));
      const seen = "the portal lists no refund of this order";
      for (const { caseNo } of waiting) {
        await proposeSettlement(ctx, await manager(), { caseNo, outcome: "FAILED", seen });
        await confirmSettlement(ctx, await owner(), { caseNo, isRight: true });
      }
      return waiting.map(({ orderNo }) => orderNo);
    },
    close: () => database.pool.end(),
  };
}
