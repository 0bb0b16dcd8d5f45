import { eq, sql } from "drizzle-orm";
import { moneyOp } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { workAccount } from "#lib/use-cases/clerk.ts";
import type { Context } from "#lib/use-cases/context.ts";
import { sweep } from "#lib/use-cases/find-out/sweep.ts";
import type { At, openCounter } from "../../counter.ts";

export type Counter = ReturnType<typeof openCounter>;
export type Op = typeof moneyOp.$inferSelect;

/** The quiet time and a little more. */
const quietMinutes = 16;
/** In this round the quiet time has passed; what a few questions can settle is settled before. */
const quietRound = 4;
const roundsMax = 15;

export const opsOf = (counter: Counter, at: At): Promise<Op[]> =>
  counter.database.db.select().from(moneyOp).where(eq(moneyOp.orderId, at.id)).orderBy(moneyOp.createdAt);

/** Leases and slots of the dead are over, what is due is due now. */
export async function letTimePass(counter: Counter, at: At, minutes = 0): Promise<void> {
  await withTx(counter.database, async (tx) => {
    await tx.execute(sql`select 1 from pay_order where id = ${at.id} for update`);
    await tx.execute(sql`
      update money_op set fence = fence + 1, lease_until = lease_until - interval '1 minute' - make_interval(mins => ${minutes}),
             next_ask_at = case when next_ask_at is null then null else clock_timestamp() end,
             last_sent_at = last_sent_at - make_interval(mins => ${minutes}),
             quiet_until = quiet_until - make_interval(mins => ${minutes}),
             settled_at = settled_at - make_interval(mins => ${minutes})
       where order_id = ${at.id}`);
    await tx.execute(sql`
      update gateway_lane set holder = null, holder_until = null, next_free_at = clock_timestamp(),
             breaker_until = clock_timestamp(), trouble_count = 0`);
  });
}

/** Nobody asks about an order that was looked at: its questions would stand in line before the next one's. */
export async function leaveAlone({ database: { db } }: Counter, { id }: At): Promise<void> {
  const later = sql`clock_timestamp() + interval '1 day'`;
  await db.execute(sql`
    update money_op set fence = fence + 1, next_ask_at = ${later} where order_id = ${id} and next_ask_at is not null`);
  await db.execute(sql`update query_job set due_at = ${later} where order_id = ${id}`);
  await db.execute(sql`update guard_check set due_at = ${later} where order_id = ${id} and done_at is null`);
  await db.execute(sql`
    update pay_order set refunds_wanted_at = ${later} where id = ${id} and refunds_wanted_at is not null`);
}

/** Whether nothing more happens to an order's operations without people: a success is confirmed by a question of its own. */
const isAtRest = (ops: readonly Op[]): boolean =>
  ops.every(({ state, confirmedAt }) =>
    state === "SUCCEEDED" ? confirmedAt !== null : state === "FAILED" || state === "NEEDS_PERSON",
  );

/** The clerk of another instance works until the order's operations are at rest; throws when they never are (I2). */
export async function recover(counter: Counter, ctx: Context, at: At): Promise<readonly Op[]> {
  const { id: accountId } = counter.open().shop.account;
  for (let round = 0; round < roundsMax; round += 1) {
    await letTimePass(counter, at, round === quietRound ? quietMinutes : 0);
    if (round === quietRound) await expire(counter, at);
    await sweep(ctx);
    const ops = await opsOf(counter, at);
    if (isAtRest(ops)) return ops;
    await workAccount(ctx, accountId);
  }
  throw new Error(`not at rest: ${JSON.stringify(await opsOf(counter, at))}`);
}

/** As `recover`, for many orders of which each one's work stands in line behind the others'. */
export async function recoverAll(counter: Counter, ctx: Context, all: readonly At[]): Promise<void> {
  const { id: accountId } = counter.open().shop.account;
  for (let round = 0; round < roundsMax; round += 1) {
    for (const at of all) await letTimePass(counter, at, round === quietRound ? quietMinutes : 0);
    if (round === quietRound) for (const at of all) await expire(counter, at);
    await sweep(ctx);
    for (let jobs = 0; jobs < 4 * all.length; jobs += 1)
      if ((await workAccount(ctx, accountId)) === "idle") break;
    const ops = await Promise.all(all.map((at) => opsOf(counter, at)));
    if (isAtRest(ops.flat())) return;
  }
  throw new Error("not at rest");
}

/** An order that nobody paid runs out at the gateway when the quiet time has passed. */
async function expire(counter: Counter, at: At): Promise<void> {
  const [{ state }] = await counter.control("GET", `orders?storeOrderNo=${at.orderNo}`);
  if (state === "open") await counter.control("POST", `orders/${at.orderNo}/expire`);
}

/** The clerk at work until the operation is no longer on its way out. */
export async function workOn(counter: Counter, ctx: Context, at: At): Promise<void> {
  for (let round = 0; round < roundsMax; round += 1) {
    await workAccount(ctx, counter.open().shop.account.id);
    const [op] = await opsOf(counter, at);
    if (op && op.state !== "READY" && op.state !== "SENDING") return;
    await letTimePass(counter, at);
  }
}
