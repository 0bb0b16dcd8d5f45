import "server-only";
import { createHash } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { afterMs } from "#lib/db/clock.ts";
import { evidence, merchantAccount, payOrder } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { limits } from "#lib/domain/limits.ts";
import type { NoticeReply } from "#lib/gateway/gateway-kind.ts";
import { gatewayKind } from "#lib/gateway/registry.ts";
import { log } from "#lib/log.ts";
import type { Context } from "./context.ts";

/** What became of a notice; `taken` comes with the reply its gateway waits for. */
export type NoticeTaken =
  | { readonly what: "taken"; readonly reply: NoticeReply }
  | { readonly what: "forged" | "noSuchAccount" | "tooMany" };

type Account = typeof merchantAccount.$inferSelect;

/**
 * Takes a gateway's payment notice: a hint, never a verdict. A genuine one moves its order to the front of the lane, and
 * puts an order we have not seen into the books to be asked about; what it says of money is kept as evidence and decides
 * nothing. A forged one is counted and changes nothing. Doubled notices are taken like the first.
 * Source: scan2pay.md section 5, ksher.md section 10.
 */
export async function takeNotice(ctx: Context, slug: string, rawBody: Uint8Array): Promise<NoticeTaken> {
  const { db } = ctx.database;
  const [account] = await db.select().from(merchantAccount).where(eq(merchantAccount.slug, slug));
  if (!account) return { what: "noSuchAccount" };
  if (!(await isWithinRate(db, account.id))) return { what: "tooMany" };
  const { gateway } = await ctx.openAccount(account.id);
  const notice = gateway.verifyNotice(rawBody);
  if (!notice.isGenuine) {
    log.warn({ account: slug, why: notice.why }, "a notice was not genuine");
    await db.execute(sql`
      update notice_tally set forged_count = forged_count + 1, last_forged_at = clock_timestamp()
       where account_id = ${account.id}`);
    return { what: "forged" };
  }
  const digest = createHash("sha256").update(rawBody).digest("hex");
  await withTx(ctx.database, (tx) => noteHint(tx, account, { ...notice, digest }));
  return { what: "taken", reply: gatewayKind(account.gateway).noticeReply };
}

/** Counts this notice and says whether the account's minute still has room. */
async function isWithinRate(db: Db, accountId: string): Promise<boolean> {
  const { rows } = await db.execute<{ n: number }>(sql`
    insert into notice_tally as t (account_id, minute_started_at, minute_count) values (${accountId}, clock_timestamp(), 1)
    on conflict (account_id) do update set
      minute_count = case when t.minute_started_at < clock_timestamp() - interval '1 minute' then 1 else t.minute_count + 1 end,
      minute_started_at = case when t.minute_started_at < clock_timestamp() - interval '1 minute' then clock_timestamp()
                               else t.minute_started_at end
    returning minute_count as n`);
  return Number(rows[0]?.n) <= limits.noticesPerMinuteMax;
}

type Hint = { orderNo: string; isPaid: boolean; amountMinor: number | null; digest: string };

async function noteHint(tx: Db, account: Account, hint: Hint): Promise<void> {
  await tx
    .insert(payOrder)
    .values({
      accountId: account.id,
      storeId: account.storeId,
      orderNo: hint.orderNo,
      currency: account.currency,
      gatewayState: "unsure",
    })
    .onConflictDoNothing({ target: [payOrder.accountId, payOrder.orderNo] });
  const { rows } = await tx.execute<{ id: string; is_stale: boolean }>(sql`
    select id, coalesce(as_of_at < ${afterMs(-limits.noticeAskGapMs)}, true) as is_stale
      from pay_order where account_id = ${account.id} and order_no = ${hint.orderNo} for update`);
  const [order] = rows;
  if (!order) throw new Error("the order of a notice is not in the books");
  const isNew = await keepNotice(tx, order.id, hint);
  // However young our answer is, it may be older than what a new notice tells; a doubled one tells nothing more.
  if (isNew || order.is_stale) {
    await tx.execute(sql`
      insert into query_job (order_id, account_id, priority, due_at) values (${order.id}, ${account.id}, 1, clock_timestamp())
      on conflict (order_id) do update set priority = 1, due_at = least(query_job.due_at, excluded.due_at)`);
  }
  await tx.execute(sql`
    update notice_tally set genuine_count = genuine_count + 1, last_genuine_at = clock_timestamp()
     where account_id = ${account.id}`);
}

/** Keeps a notice as evidence, a doubled one once; says whether it was new. */
async function keepNotice(tx: Db, orderId: string, { isPaid, amountMinor, digest }: Hint): Promise<boolean> {
  const { rows: seen } = await tx.execute(sql`
    select 1 from evidence where order_id = ${orderId} and source = 'notice' and code = ${digest} limit 1`);
  if (seen.length > 0) return false;
  // A notice has no status code: its digest stands there, so that a doubled one is known.
  await tx.insert(evidence).values({
    orderId,
    source: "notice",
    outcome: isPaid ? "paid" : "not-paid",
    code: digest,
    message: amountMinor === null ? null : String(amountMinor),
    checks: { signature: true },
  });
  return true;
}
