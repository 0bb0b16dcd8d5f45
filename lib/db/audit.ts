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

/**
 * What the first broken line suffers from. `changed`: it is not what was written (edited, swapped, put in between).
 * `missing`: it is gone. `cut`: the end is gone, and maybe the head was moved back with it. `extra`: there is more than was
 * ever written.
 */
export type AuditDamage = "changed" | "missing" | "cut" | "extra";

export type AuditCheck =
  | { readonly isWhole: true; readonly lines: number }
  | { readonly isWhole: false; readonly brokenAt: number; readonly damage: AuditDamage };

/** A head of the audit that was kept outside the database. */
export type KeptHead = { readonly seq: number; readonly hash: string };

/**
 * Walks the whole chain; the first line that was edited, deleted, inserted or moved is named. Rows and head
 * are read in one moment, so a line appended meanwhile is no alarm. Who cuts the tail and moves the head back is found by
 * `kept` alone (security.md T16).
 */
export async function verifyAudit(database: Database, kept: KeptHead | null = null): Promise<AuditCheck> {
  return withTx(database, async (tx) => {
    await tx.execute(sql`set transaction isolation level repeatable read, read only`);
    return verifyAuditIn(tx, kept);
  });
}

const broken = (brokenAt: number, damage: AuditDamage): AuditCheck => ({ isWhole: false, brokenAt, damage });

/** The same inside a transaction that nobody else writes beside. */
export async function verifyAuditIn(db: Db, kept: KeptHead | null): Promise<AuditCheck> {
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
      if (row.seq !== seq + 1) return broken(seq + 1, "missing");
      if (row.hash !== hashOf(previous, row.seq, row.at, row)) return broken(row.seq, "changed");
      if (row.seq === kept?.seq && row.hash !== kept.hash) return broken(row.seq, "changed");
      previous = row.hash;
      seq = row.seq;
    }
    if (rows.length < page) break;
  }
  const [head] = await db.select().from(auditHead);
  if (!head || head.seq > seq || (kept && kept.seq > seq)) return broken(seq + 1, "cut");
  if (head.seq < seq) return broken(head.seq + 1, "extra");
  return head.hash === previous ? { isWhole: true, lines: seq } : broken(seq, "changed");
}
