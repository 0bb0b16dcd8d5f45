import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { appendAudit } from "#lib/db/audit.ts";
import type { Db } from "#lib/db/client.ts";
import { incident, merchantAccount } from "#lib/db/schema.ts";
import type { OrderBooks } from "../order-books.ts";
import { closeIncident, openIncident } from "./open-incident.ts";

type Pause = { opId: string; evidenceId: string; why: string };

/**
 * Pauses an account whose key or right the gateway refused (scenario 47): what is approved stays READY and waits, the owner
 * is told. Repeated refusals change nothing more.
 */
export async function pauseSending(tx: Db, { order, account }: OrderBooks, pause: Pause): Promise<void> {
  const paused = await tx
    .update(merchantAccount)
    .set({ sendingPausedWhy: "credentials", sendingPausedAt: sql`clock_timestamp()` })
    .where(and(eq(merchantAccount.id, account.id), isNull(merchantAccount.sendingPausedWhy)))
    .returning({ id: merchantAccount.id });
  if (paused.length > 0) {
    await appendAudit(tx, {
      action: "pause-sending",
      outcome: "done",
      staffId: null,
      storeId: order.storeId,
      orderId: order.id,
      subject: account.slug,
      deviceId: null,
      facts: { orderNo: order.orderNo, reason: account.slug, cause: pause.why },
    });
  }
  await openIncident(tx, {
    kind: "credentialTrouble",
    key: account.id,
    accountId: account.id,
    storeId: order.storeId,
    orderId: order.id,
    opId: pause.opId,
    evidenceId: pause.evidenceId,
    facts: { account: account.slug, cause: pause.why },
  });
}

/** A send went through: whatever was wrong with the account's keys is over. */
export async function noteKeyWorks(tx: Db, accountId: string, evidenceId: string): Promise<void> {
  const [open] = await tx
    .select({ id: incident.id })
    .from(incident)
    .where(
      and(eq(incident.kind, "credentialTrouble"), eq(incident.key, accountId), isNull(incident.closedAt)),
    );
  if (open) await closeIncident(tx, open.id, { why: "aSendWentThrough", evidenceId, staff: null });
}
