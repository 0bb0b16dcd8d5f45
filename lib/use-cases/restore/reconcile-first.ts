import "server-only";
import { eq, sql } from "drizzle-orm";
import { appendAudit } from "#lib/db/audit.ts";
import type { Db } from "#lib/db/client.ts";
import { afterMs } from "#lib/db/clock.ts";
import { accountChore, installation, merchantAccount, moneyOp, payOrder } from "#lib/db/schema.ts";
import { nextEpoch } from "#lib/domain/recovery/epoch.ts";
import { env } from "#lib/env.ts";
import { auditOp } from "../audit-op.ts";
import type { Context } from "../context.ts";
import { openIncident } from "../incidents/open-incident.ts";

/** How far before the restore point the gateway's lists are read, in ms (money.md C13). */
const beforeMs = 3_600_000;
/** How far the counters jump, so that no request, case or refund number of the lost hours comes again. */
const numbersSkipped = 100_000;
/** The counter of refund numbers goes on from the clock, in ms: two restores of one backup under one letter never meet. */
const opNoFromClock = sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`;

type Why = { readonly why: "behind" | "forked" | "lostCopy" | "restored"; readonly copyEpoch: string | null };

/**
 * Puts the books into reconcile-first mode, in the gate's transaction: nothing is sent for any account, numbers get another
 * letter, what was approved may have been sent and is asked about, and every account's list is read from an hour before.
 */
export async function reconcileFirst(ctx: Context, tx: Db, { why, copyEpoch }: Why): Promise<void> {
  const [books] = await tx.select().from(installation).where(eq(installation.id, 1));
  const used = [...new Set([books?.epoch, copyEpoch, ...(books?.pastEpochs ?? "")])].filter(
    (letter): letter is string => typeof letter === "string",
  );
  const epoch = nextEpoch(env().STOREDESK_ENVIRONMENT, used);
  await tx
    .update(installation)
    .set({
      epoch,
      pastEpochs: used.join(""),
      sendingOffWhy: "restored",
      sendingOffAt: sql`clock_timestamp()`,
      switchBy: null,
      switchPerson: null,
      switchAt: null,
    })
    .where(eq(installation.id, 1));
  for (const name of ["op_no_seq", "request_no_seq", "case_no_seq"]) {
    await tx.execute(sql`select setval(${name}::regclass, nextval(${name}::regclass) + ${numbersSkipped})`);
  }
  await tx.execute(sql`select setval('op_no_seq', greatest(nextval('op_no_seq'), ${opNoFromClock}))`);
  const { rows } = await tx.execute<{ at: string }>(
    sql`select coalesce((select max(at) from audit_event), clock_timestamp()) as at`,
  );
  const fromAt = new Date(new Date(rows[0]?.at ?? 0).getTime() - beforeMs);
  await appendAudit(tx, {
    action: "restore-found",
    outcome: "done",
    staffId: null,
    storeId: null,
    orderId: null,
    subject: epoch,
    deviceId: null,
    facts: { cause: why, epoch },
  });
  await askAboutApproved(ctx, tx);
  for (const account of await tx.select().from(merchantAccount)) {
    await tx
      .insert(accountChore)
      .values({ accountId: account.id, kind: "reconcile", dueAt: fromAt, fromAt })
      .onConflictDoUpdate({
        target: [accountChore.accountId, accountChore.kind, accountChore.subject],
        set: { dueAt: fromAt, fromAt, doneAt: null, askCount: 0, lastAskedAt: null },
      });
    await openIncident(tx, {
      kind: "restored",
      key: `${account.id}:${epoch}`,
      accountId: account.id,
      storeId: account.storeId,
      facts: { cause: why },
    });
  }
}

/** What was approved when the copy was made may have left since: from now on that is an unknown outcome. */
async function askAboutApproved(ctx: Context, tx: Db): Promise<void> {
  const ready = await tx
    .select({ op: moneyOp, order: payOrder, account: merchantAccount })
    .from(moneyOp)
    .innerJoin(payOrder, eq(payOrder.id, moneyOp.orderId))
    .innerJoin(merchantAccount, eq(merchantAccount.id, moneyOp.accountId))
    .where(eq(moneyOp.state, "READY"))
    .for("update", { of: moneyOp });
  for (const { op, order, account } of ready) {
    const move = { to: "UNKNOWN" as const, why: "restored" };
    await tx
      .update(moneyOp)
      .set({
        state: move.to,
        why: move.why,
        fence: op.fence + 1,
        lastSentAt: sql`clock_timestamp()`,
        quietUntil: afterMs(ctx.capabilitiesOf(account).quietTimeMs),
        nextAskAt: sql`clock_timestamp()`,
      })
      .where(eq(moneyOp.id, op.id));
    const { amountMinor, currency } = op;
    await auditOp(tx, "settle", { ...op, order }, { from: "READY", ...move, amountMinor, currency });
  }
}
