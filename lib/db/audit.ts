import "server-only";
import { createHmac } from "node:crypto";
import { asc, eq, gt, sql } from "drizzle-orm";
import type { Database, Db } from "./client.ts";
import { keyFor } from "./keys.ts";
import { auditEvent, auditHead } from "./schema.ts";
import { withTx } from "./with-tx.ts";

/** One line of the audit. `facts` holds what the sentence needs, never a secret. `staffId` null: the clerk. */
export type AuditLine = {
  readonly action: string;
  readonly outcome: "done" | "refused";
  readonly staffId: string | null;
  readonly storeId: string | null;
  readonly orderId: string | null;
  readonly subject: string | null;
  readonly deviceId: string | null;
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
};

/** What the chain starts from. */
const GENESIS = "storedesk";

function hashOf(previous: string, seq: number, at: Date, line: AuditLine): string {
  const facts = Object.entries(line.facts).sort(([a], [b]) => (a < b ? -1 : 1));
  const body = [
    seq,
    at.toISOString(),
    line.action,
    line.outcome,
    line.staffId,
    line.storeId,
    line.orderId,
    line.subject,
    line.deviceId,
    facts,
  ];
  return createHmac("sha256", keyFor("audit")).update(previous).update(JSON.stringify(body)).digest("hex");
}

/** Appends a line in the caller's transaction, chained to the one before; appends stand in line behind the head row. */
export async function appendAudit(tx: Db, line: AuditLine): Promise<void> {
  const { rows } = await tx.execute<{ seq: number; hash: string; at: string }>(
    sql`select seq, hash, date_trunc('milliseconds', clock_timestamp()) as at from audit_head where id = 1 for update`,
  );
  const head = rows[0];
  if (!head) throw new Error("the audit has no head");
  const seq = Number(head.seq) + 1;
  const at = new Date(head.at);
  const hash = hashOf(head.hash, seq, at, line);
  await tx.insert(auditEvent).values({ ...line, facts: { ...line.facts }, seq, at, hash });
  await tx.update(auditHead).set({ seq, hash }).where(eq(auditHead.id, 1));
}

export type AuditCheck =
  | { readonly isWhole: true; readonly lines: number }
  | { readonly isWhole: false; readonly brokenAt: number };

/**
 * Walks the whole chain; the first line that was edited, deleted, inserted or moved is named. Rows and head
 * are read in one moment, so a line appended meanwhile is no alarm.
 */
export async function verifyAudit(database: Database): Promise<AuditCheck> {
  return withTx(database, async (tx) => {
    await tx.execute(sql`set transaction isolation level repeatable read, read only`);
    return walk(tx);
  });
}

async function walk(db: Db): Promise<AuditCheck> {
  const page = 1_000;
  let previous = GENESIS;
  let seq = 0;
  for (;;) {
    const rows = await db
      .select()
      .from(auditEvent)
      .where(gt(auditEvent.seq, seq))
      .orderBy(asc(auditEvent.seq))
      .limit(page);
    for (const row of rows) {
      if (row.seq !== seq + 1 || row.hash !== hashOf(previous, row.seq, row.at, row))
        return { isWhole: false, brokenAt: seq + 1 };
      previous = row.hash;
      seq = row.seq;
    }
    if (rows.length < page) break;
  }
  const [head] = await db.select().from(auditHead);
  return head?.seq === seq && head.hash === previous
    ? { isWhole: true, lines: seq }
    : { isWhole: false, brokenAt: seq + 1 };
}
