import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { auditEvent, incident, moneyOp } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import type { GatewayOrderState, OrderFacts } from "#lib/domain/gateway-facts.ts";
import type { GatewayOutcome } from "#lib/gateway/gateway.ts";
import { type At, openCounter } from "#test/counter.ts";
import { quietMs, recoveryOf } from "#test/recovery.ts";
import { workAccount } from "../clerk.ts";
import type { Context } from "../context.ts";
import { listAttention } from "../incidents/view-attention.ts";
import { proposeSettlement } from "../settle/settle-by-hand.ts";
import { sweep } from "./sweep.ts";

const counter = openCounter({ hasClerk: false });
const { open, control, order, returned } = counter;
const { sent, opsOf, pass } = recoveryOf(counter);
const db = () => counter.database.db;
const accountId = () => open().shop.account.id;

beforeAll(async () => {
  await control("POST", "settings", { rateLimit: false });
  await db().execute(sql`update gateway_lane set gap_ms = 0`);
});

const evidence = {
  ...{ code: null, message: null, raw: null, httpStatus: 200 },
  ...{ checks: { tls: true, opened: true, echo: true }, startedAt: new Date(), endedAt: new Date() },
};
type Answer = GatewayOutcome<OrderFacts>;
/** The gateway answers, and says that the question failed. */
const failed: Answer = { outcome: "unknown", why: "query-failed", evidence };
const says = ({ orderNo }: At, state: GatewayOrderState): Answer => ({
  outcome: "done",
  value: {
    ...{ orderNo, state, amountMinor: 1000, currency: "TWD", gatewayOrderNo: "SYS1", wallet: "11500" },
    ...{ title: null, paidAt: null, handles: {} },
  },
  evidence,
});

/** The same clerk before a gateway that says of an order what it is told to say; its sends are real. */
function facing(answer: () => Answer): { ctx: Context; asked: () => number } {
  let asked = 0;
  const ctx: Context = {
    ...open().ctx,
    async openAccount(id) {
      const account = await open().ctx.openAccount(id);
      const queryOrder = async () => {
        asked += 1;
        return answer();
      };
      return { ...account, gateway: { ...account.gateway, queryOrder } };
    },
  };
  return { ctx, asked: () => asked };
}

/** The operation of an order as its next question stands: how many were asked, and how far apart the last two are, in s. */
async function pace(at: At): Promise<{ asked: number; nextInS: number }> {
  const [op] = await opsOf(at);
  const nextInMs = (op?.nextAskAt?.getTime() ?? 0) - (op?.lastAskedAt?.getTime() ?? 0);
  return { asked: op?.askCount ?? -1, nextInS: nextInMs / 1_000 };
}

const makeDue = (at: At) =>
  withTx(counter.database, async (tx) => {
    await tx.execute(sql`select 1 from pay_order where id = ${at.id} for update`);
    await tx.execute(
      sql`update money_op set fence = fence + 1, next_ask_at = clock_timestamp() where order_id = ${at.id}`,
    );
    await tx.execute(
      sql`update pay_order set as_of_at = as_of_at - interval '2 minutes' where id = ${at.id}`,
    );
  });

/** As if an approval had been given so long ago. */
const age = (at: At, minutes: number) =>
  withTx(counter.database, async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql`
      update money_op set created_at = created_at - make_interval(mins => ${minutes}::int) where order_id = ${at.id}`);
  });

describe("an approved refund whose last look brings nothing", () => {
  test("is asked about on the ladder, not at every gap, and leaves as soon as an answer comes", async () => {
    const at = await order("paid");
    await sent(at);
    let answer: Answer = failed;
    const { ctx, asked } = facing(() => answer);
    for (const [count, nextInS] of [5, 10, 20, 40, 60].entries()) {
      expect(await workAccount(ctx, accountId())).toBe("worked");
      expect(await pace(at)).toEqual({ asked: count + 1, nextInS });
      await makeDue(at);
    }
    expect(asked()).toBe(5);
    expect(await opsOf(at)).toMatchObject([{ state: "READY" }]);
    answer = says(at, "paid");
    while ((await workAccount(ctx, accountId())) === "worked");
    expect(await returned(at)).toEqual([1000]);
  });

  test("of which the gateway is unsure stands still on the ladder, is told after five minutes, and leaves when it is paid", async () => {
    const at = await order("paid");
    await sent(at);
    let answer = says(at, "unsure");
    const { ctx, asked } = facing(() => answer);
    for (const [count, nextInS] of [5, 10, 20].entries()) {
      expect(await workAccount(ctx, accountId())).toBe("worked");
      expect(await workAccount(ctx, accountId())).toBe("worked");
      expect(await pace(at)).toEqual({ asked: count + 1, nextInS });
      expect(asked()).toBe(count + 1);
      await makeDue(at);
    }
    await age(at, 6);
    await sweep(ctx);
    const cases = await listAttention(ctx, open().manager);
    expect(cases.filter(({ orderNo }) => orderNo === at.orderNo)).toMatchObject([
      { kind: "approvedNotSent", told: "storeManager", detail: "unsure" },
    ]);
    answer = says(at, "paid");
    while ((await workAccount(ctx, accountId())) === "worked");
    expect(await returned(at)).toEqual([1000]);
  });
});

describe("a refund that was sent, of which the gateway says that it does not know", () => {
  async function lost(): Promise<At> {
    const at = await order("paid");
    await sent(at);
    await control("POST", "faults", {
      kind: "lost-before-effect",
      service: "Refund",
      storeOrderNo: at.orderNo,
    });
    while ((await opsOf(at))[0]?.state !== "UNKNOWN") await workAccount(open().ctx, accountId());
    return at;
  }

  test("stays unknown before the quiet time; after it people can settle it, and the gateway is still asked", async () => {
    const at = await lost();
    let answer = says(at, "unsure");
    const { ctx } = facing(() => answer);
    const ask = async (ms: number) => {
      await pass(at, ms);
      await workAccount(ctx, accountId());
      return (await opsOf(at))[0]?.state;
    };
    expect(await ask(quietMs - 30_000)).toBe("UNKNOWN");
    expect(await ask(30_000)).toBe("NEEDS_PERSON");
    await sweep(ctx);
    const [row] = await db().select().from(incident).where(eq(incident.orderId, at.id));
    expect(row).toMatchObject({ kind: "unknownOutcome", closedAt: null });
    const proposal = {
      caseNo: row?.caseNo ?? "",
      outcome: "FAILED" as const,
      seen: "the portal lists no refund",
    };
    expect(await proposeSettlement(ctx, open().manager, proposal)).toMatchObject({ ok: true });
    answer = says(at, "refunded");
    expect(await ask(60_000)).toBe("SUCCEEDED");
    const told = await db().select().from(auditEvent).where(eq(auditEvent.action, "settle-refund"));
    expect(told.map(({ facts }) => facts.why)).toEqual(["gatewayUnsure", "seenRefunded"]);
  });

  test("a question without an answer moves nothing, also after the quiet time", async () => {
    const at = await lost();
    const { ctx } = facing(() => failed);
    await pass(at, 30 * 60 * 60_000);
    await workAccount(ctx, accountId());
    const [op] = await db().select().from(moneyOp).where(eq(moneyOp.orderId, at.id));
    expect(op).toMatchObject({ state: "UNKNOWN", negativeReadings: 0 });
  });
});
