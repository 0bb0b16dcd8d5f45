import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { appendAudit } from "#lib/db/audit.ts";
import type { Db } from "#lib/db/client.ts";
import { giveLane } from "#lib/db/lane.ts";
import { accountChore, dailyProof, incident, merchantAccount, store } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { type BusinessDay, businessDay } from "#lib/domain/recovery/business-day.ts";
import {
  compareDay,
  isClean,
  type ProofEntry,
  type ProofLists,
  proofSlackMs,
} from "#lib/domain/recovery/proof.ts";
import type { GatewayOutcome, TransactionRow } from "#lib/gateway/gateway.ts";
import type { Turn } from "../ask-gateway.ts";
import type { Context } from "../context.ts";
import { callQuery } from "../find-out/call-query.ts";
import { closeIncident, openIncident } from "../incidents/open-incident.ts";

const againMs = 60_000;

type Account = { account: typeof merchantAccount.$inferSelect; home: typeof store.$inferSelect };

/**
 * The daily proof of one account and business day (money.md 2.13): our refunds against the gateway's rows, or, where it
 * gives no list, against what each order's own question said. The lists are stored, audited, and told when not all empty.
 */
export async function proveDay(ctx: Context, turn: Turn, day: string): Promise<void> {
  const { db } = ctx.database;
  const [found] = await db
    .select({ account: merchantAccount, home: store })
    .from(merchantAccount)
    .innerJoin(store, eq(store.id, merchantAccount.storeId))
    .where(eq(merchantAccount.id, turn.account.id));
  if (!found) throw new Error("a proof of no account");
  const span = businessDay(day, found.home);
  const { listTransactions } = turn.account.gateway;
  if (!listTransactions) {
    await giveLane(ctx.database, turn.slot, "unused");
    return withTx(ctx.database, async (tx) =>
      writeProof(tx, found, { span, method: "queries", theirs: await confirmed(tx, found.account.id) }),
    );
  }
  const outcome = await callQuery(ctx, turn, (options) => listTransactions(widened(span), options));
  if (outcome.outcome !== "done") return putOff(ctx, turn.account.id, day);
  await withTx(ctx.database, (tx) =>
    writeProof(tx, found, { span, method: "list", theirs: refundsOf(outcome) }),
  );
}

const widened = ({ from, to }: BusinessDay) => ({
  from: new Date(from.getTime() - proofSlackMs),
  to: new Date(to.getTime() + proofSlackMs),
});

function refundsOf({
  value,
}: Extract<GatewayOutcome<readonly TransactionRow[]>, { outcome: "done" }>): ProofEntry[] {
  return value
    .filter(({ isRefund, isSuccess }) => isRefund && isSuccess)
    .map(({ orderNo, amountMinor, at }) => ({ orderNo, amountMinor: Math.abs(amountMinor), at }));
}

type Entry = { orderNo: string; amountMinor: string | number; at: string };
const toEntry = ({ orderNo, amountMinor, at }: Entry): ProofEntry => ({
  orderNo,
  amountMinor: Number(amountMinor),
  at: new Date(at),
});

/** Our refunds that succeeded, when they were sent; a cancel that gave money back counts as one. */
async function ours(tx: Db, accountId: string, span: BusinessDay): Promise<ProofEntry[]> {
  const { from, to } = widened(span);
  const { rows } = await tx.execute<Entry>(sql`
    select * from (
      select o.order_no as "orderNo", case m.kind when 'REFUND' then m.amount_minor else o.paid_minor end as "amountMinor",
             coalesce(m.last_sent_at, m.settled_at) as at
        from money_op m join pay_order o on o.id = m.order_id
       where m.account_id = ${accountId} and m.state = 'SUCCEEDED'
         and (m.kind = 'REFUND' or (o.gateway_state = 'refunded' and o.paid_minor > 0))) e
     where e.at >= ${from.toISOString()}::timestamptz and e.at < ${to.toISOString()}::timestamptz`);
  return rows.map(toEntry);
}

/** Without a list: what a question of its own confirmed, and what was found. */
async function confirmed(tx: Db, accountId: string): Promise<ProofEntry[]> {
  const { rows } = await tx.execute<Entry>(sql`
    select o.order_no as "orderNo", m.amount_minor as "amountMinor", coalesce(m.last_sent_at, m.settled_at) as at
      from money_op m join pay_order o on o.id = m.order_id
     where m.account_id = ${accountId} and m.state = 'SUCCEEDED' and m.kind = 'REFUND' and m.confirmed_at is not null
    union all
    select o.order_no, f.amount_minor, f.found_at from found_refund f join pay_order o on o.id = f.order_id
     where f.account_id = ${accountId}`);
  return rows.map(toEntry);
}

type Proof = { span: BusinessDay; method: "list" | "queries"; theirs: readonly ProofEntry[] };

async function writeProof(
  tx: Db,
  { account, home }: Account,
  { span, method, theirs }: Proof,
): Promise<void> {
  const our = await ours(tx, account.id, span);
  const lists = compareDay(our, theirs, span);
  const clean = isClean(lists);
  const inside = (entries: readonly ProofEntry[]) =>
    entries.filter(({ at }) => at === null || (at >= span.from && at < span.to)).length;
  await tx.insert(dailyProof).values({
    accountId: account.id,
    storeId: home.id,
    businessDay: span.day,
    method,
    isClean: clean,
    ourCount: inside(our),
    theirCount: inside(theirs),
    lists,
  });
  await appendAudit(tx, {
    action: "run-proof",
    outcome: "done",
    staffId: null,
    storeId: home.id,
    orderId: null,
    subject: account.slug,
    deviceId: null,
    facts: { reason: `${account.slug} ${span.day} ${clean ? "✓" : counts(lists)}`, isClean: clean },
  });
  await tellOrClose(tx, { account, home }, { day: span.day, lists, clean });
  await tx
    .update(accountChore)
    .set({ doneAt: sql`clock_timestamp()`, lastAskedAt: sql`clock_timestamp()` })
    .where(ofDay(account.id, span.day));
}

const counts = (lists: ProofLists) =>
  Object.values(lists)
    .map(({ length }) => length)
    .join("/");
const ofDay = (accountId: string, day: string) =>
  and(eq(accountChore.accountId, accountId), eq(accountChore.kind, "proof"), eq(accountChore.subject, day));

async function tellOrClose(
  tx: Db,
  { account, home }: Account,
  { day, lists, clean }: { day: string; lists: ProofLists; clean: boolean },
): Promise<void> {
  const key = `${account.id}:${day}`;
  if (!clean) {
    const facts = { day, account: account.slug, counts: counts(lists) };
    await openIncident(tx, { kind: "proofMismatch", key, accountId: account.id, storeId: home.id, facts });
    return;
  }
  const open = await tx
    .select({ id: incident.id })
    .from(incident)
    .where(and(eq(incident.kind, "proofMismatch"), eq(incident.key, key)));
  for (const { id } of open) await closeIncident(tx, id, { why: "proofIsClean", staff: null });
}

async function putOff(ctx: Context, accountId: string, day: string): Promise<void> {
  await ctx.database.db
    .update(accountChore)
    .set({
      dueAt: sql`clock_timestamp() + make_interval(secs => ${againMs / 1_000}::int)`,
      lastAskedAt: sql`clock_timestamp()`,
      askCount: sql`${accountChore.askCount} + 1`,
    })
    .where(ofDay(accountId, day));
}
