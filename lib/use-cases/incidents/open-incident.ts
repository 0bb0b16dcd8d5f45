import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { appendAudit } from "#lib/db/audit.ts";
import type { Db } from "#lib/db/client.ts";
import { incident, payOrder } from "#lib/db/schema.ts";
import type { IncidentKind } from "#lib/domain/recovery/incident.ts";

/** What an incident is about. `key`: within its kind, the thing that is told once. */
export type Opening = {
  readonly kind: IncidentKind;
  readonly key: string;
  readonly accountId: string;
  readonly storeId: string;
  readonly orderId?: string;
  readonly opId?: string;
  readonly evidenceId?: string;
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>;
};

/**
 * Opens an incident and writes its audit line, in the caller's transaction. Null where it is open already, or was told once
 * and is of a kind that is told once: the database's unique keys decide, also between two processes.
 */
export async function openIncident(tx: Db, opening: Opening): Promise<{ id: string; caseNo: string } | null> {
  const [row] = await tx
    .insert(incident)
    .values({ ...opening, facts: { ...opening.facts } })
    .onConflictDoNothing()
    .returning({ id: incident.id, caseNo: incident.caseNo });
  if (!row) return null;
  await auditIncident(tx, { ...opening, caseNo: row.caseNo }, { action: "open-incident", staff: null });
  return row;
}

export type Closing = {
  readonly why: string;
  readonly evidenceId?: string | null;
  /** Who closes it; null: the clerk, because the facts changed. */
  readonly staff: { readonly staffId: string; readonly deviceId: string } | null;
  /** The caller writes the audit line of its own deed. */
  readonly isAudited?: boolean;
};

/** Closes the open incident with this id; null where it is closed already. */
export async function closeIncident(
  tx: Db,
  id: string,
  closing: Closing,
): Promise<{ caseNo: string } | null> {
  const [row] = await tx
    .update(incident)
    .set({
      closedAt: sql`clock_timestamp()`,
      closedWhy: closing.why,
      closedBy: closing.staff?.staffId ?? null,
      closingEvidenceId: closing.evidenceId ?? null,
    })
    .where(and(eq(incident.id, id), isNull(incident.closedAt)))
    .returning();
  if (!row) return null;
  if (closing.isAudited) return row;
  const about = { ...row, orderId: row.orderId ?? undefined };
  await auditIncident(tx, about, { action: "close-incident", staff: closing.staff, why: closing.why });
  return row;
}

type About = Pick<Opening, "kind" | "storeId" | "orderId"> & { readonly caseNo: string };
type Deed = { action: "open-incident" | "close-incident"; staff: Closing["staff"]; why?: string };

async function auditIncident(tx: Db, about: About, { action, staff, why }: Deed): Promise<void> {
  const [order] = about.orderId
    ? await tx.select({ orderNo: payOrder.orderNo }).from(payOrder).where(eq(payOrder.id, about.orderId))
    : [];
  await appendAudit(tx, {
    action,
    outcome: "done",
    staffId: staff?.staffId ?? null,
    storeId: about.storeId,
    orderId: about.orderId ?? null,
    subject: about.caseNo,
    deviceId: staff?.deviceId ?? null,
    facts: {
      orderNo: order?.orderNo ?? "",
      reason: about.caseNo,
      incident: about.kind,
      ...(why === undefined ? {} : { closedWhy: why }),
    },
  });
}
