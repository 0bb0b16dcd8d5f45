import "server-only";
import { and, eq, lt, sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { takeLane } from "#lib/db/lane.ts";
import { moneyOp, payOrder } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { limits } from "#lib/domain/limits.ts";
import { takeOver } from "#lib/domain/recovery/takeover.ts";
import { log } from "#lib/log.ts";
import { queryInSlot } from "./ask-gateway.ts";
import { auditOp } from "./audit-op.ts";
import type { Context } from "./context.ts";
import { expireRequests } from "./expire-requests.ts";
import { recordQuery } from "./record-answer.ts";
import { sendOp } from "./send-op.ts";

type Job = {
  kind: "send" | "query";
  opId: string | null;
  orderId: string;
  orderNo: string;
  /** Money on its way or an open outcome; else only somebody's interest. */
  isMoney: boolean;
};

const tickMs = 150;
const sweepEveryTicks = 30;

/** The most urgent due work of an account (money.md 3.3): sends, then unknown outcomes, then watched orders by who waited longest. */
async function nextJob(ctx: Context, accountId: string): Promise<Job | null> {
  const { rows } = await ctx.database.db.execute<{
    kind: Job["kind"];
    op_id: string | null;
    order_id: string;
    order_no: string;
    priority: number;
  }>(sql`
    select * from (
      select case when o.as_of_at > greatest(m.created_at, clock_timestamp() - interval '60 s') then 'send' else 'query' end as kind,
             m.id as op_id, m.order_id, o.order_no, 0 as priority, m.created_at as since
        from money_op m join pay_order o on o.id = m.order_id join merchant_account a on a.id = m.account_id
       where m.account_id = ${accountId} and m.state = 'READY' and a.sending_paused_why is null
         and coalesce(m.next_ask_at, m.created_at) <= clock_timestamp()
      union all
      select case when o.as_of_at > m.quiet_until and o.as_of_at > clock_timestamp() - interval '60 s' then 'send' else 'query' end,
             m.id, m.order_id, o.order_no, 0, m.resend_at
        from money_op m join pay_order o on o.id = m.order_id join merchant_account a on a.id = m.account_id
       where m.account_id = ${accountId} and m.state = 'UNKNOWN' and m.resend_at is not null and a.sending_paused_why is null
         and coalesce(m.next_ask_at, m.created_at) <= clock_timestamp()
      union all
      select 'query', m.id, m.order_id, o.order_no, 1, coalesce(m.last_asked_at, m.created_at)
        from money_op m join pay_order o on o.id = m.order_id
       where m.account_id = ${accountId} and m.state in ('UNKNOWN','PENDING','NEEDS_PERSON') and m.resend_at is null and coalesce(m.next_ask_at, m.created_at) <= clock_timestamp()
      union all
      select 'query', null, j.order_id, o.order_no, j.priority, coalesce(j.last_asked_at, j.due_at)
        from query_job j join pay_order o on o.id = j.order_id
       where j.account_id = ${accountId} and j.due_at <= clock_timestamp()
    ) due order by priority, since limit 1`);
  const row = rows[0];
  if (!row) return null;
  const { kind, op_id: opId, order_id: orderId, order_no: orderNo, priority } = row;
  return { kind, opId, orderId, orderNo, isMoney: priority <= 1 };
}

/** Does the next piece of work of one account, if there is any and its lane is free. Safe in any number of processes. */
export async function workAccount(ctx: Context, accountId: string): Promise<"worked" | "idle"> {
  const waiting = await nextJob(ctx, accountId);
  if (!waiting) return "idle";
  const ttlMs = waiting.kind === "send" ? limits.laneSendTtlMs : limits.laneQueryTtlMs;
  // Opened before the lane is taken: keys that do not open must not leave it held.
  const account = await ctx.openAccount(accountId);
  const by = waiting.isMoney ? "send" : "watch";
  const slot = await takeLane(ctx.database, accountId, { holder: ctx.instanceId, ttlMs, by });
  if (!slot) return "idle";
  if (waiting.kind === "send" && waiting.opId) {
    await sendOp(ctx, { account, slot }, waiting.opId);
    return "worked";
  }
  const outcome = await queryInSlot(ctx, { account, slot }, waiting.orderNo);
  await recordQuery(ctx, waiting.orderId, outcome);
  return "worked";
}

/** Operations whose sender's lease is over, one after the other; a sender that answers meanwhile wins by its fence. */
async function takeOverDead(tx: Db): Promise<void> {
  const dead = await tx
    .select({ op: moneyOp, order: payOrder, now: sql<string>`clock_timestamp()` })
    .from(moneyOp)
    .innerJoin(payOrder, eq(payOrder.id, moneyOp.orderId))
    .where(and(eq(moneyOp.state, "SENDING"), lt(moneyOp.leaseUntil, sql`clock_timestamp()`)))
    .for("update", { of: moneyOp, skipLocked: true });
  for (const { op, order, now } of dead) {
    const move = takeOver(op, new Date(now));
    if (!move) continue;
    await tx
      .update(moneyOp)
      .set({
        state: move.to,
        why: move.why,
        fence: op.fence + 1,
        leaseOwner: null,
        leaseUntil: null,
        nextAskAt: sql`clock_timestamp()`,
      })
      .where(eq(moneyOp.id, op.id));
    const { amountMinor, currency } = op;
    await auditOp(tx, "settle", { ...op, order }, { from: "SENDING", ...move, amountMinor, currency });
  }
}

/** A dead sender's operation becomes UNKNOWN, never anything else (money.md 2.8); requests run out; forgotten watches go. */
export async function sweep(ctx: Context): Promise<void> {
  await withTx(ctx.database, async (tx) => {
    await takeOverDead(tx);
    await expireRequests(tx);
    await tx.execute(sql`delete from order_watch where until_at < clock_timestamp() - interval '1 minute'`);
  });
}

/** Accounts with due work, seen from here. */
async function dueAccounts(ctx: Context): Promise<string[]> {
  const { rows } = await ctx.database.db.execute<{ id: string }>(sql`
    select l.account_id as id from gateway_lane l
     where l.next_free_at <= clock_timestamp() and l.breaker_until <= clock_timestamp()
       and (exists (select 1 from query_job j where j.account_id = l.account_id and j.due_at <= clock_timestamp())
         or exists (select 1 from money_op m where m.account_id = l.account_id and m.state in ('READY','UNKNOWN','PENDING','NEEDS_PERSON')
                     and coalesce(m.next_ask_at, m.created_at) <= clock_timestamp()))`);
  return rows.map((row) => row.id);
}

/** The clerk: one loop a process, any number of processes. Returns what stops it. */
export function startClerk(ctx: Context): () => Promise<void> {
  const busy = new Map<string, Promise<void>>();
  let ticks = 0;
  let isStopped = false;
  const tick = async () => {
    if (ticks++ % sweepEveryTicks === 0) await sweep(ctx);
    for (const id of await dueAccounts(ctx)) {
      if (isStopped || busy.has(id)) continue;
      const work = workAccount(ctx, id)
        .then(() => undefined)
        .catch((error: unknown) => log.error({ account: id, error: String(error) }, "the clerk stumbled"))
        .finally(() => busy.delete(id));
      busy.set(id, work);
    }
  };
  let timer: NodeJS.Timeout | undefined;
  const loop = () => {
    void tick()
      .catch((error: unknown) => log.warn({ error: String(error) }, "the clerk cannot reach the books"))
      .finally(() => {
        if (!isStopped) timer = setTimeout(loop, tickMs);
      });
  };
  loop();
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await Promise.allSettled(busy.values());
  };
}
