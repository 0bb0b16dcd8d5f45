import "server-only";
import { createHmac } from "node:crypto";
import { asc, gt, sql } from "drizzle-orm";
import { type AuditLine, GENESIS, lineHash } from "./audit-line.ts";
import type { Database, Db } from "./client.ts";
import { type ChainKey, chainKeys, headKey } from "./keys/kept-key.ts";
import { auditEvent, auditHead } from "./schema.ts";
import { beforeCommit, withTx } from "./with-tx.ts";

export type { AuditLine } from "./audit-line.ts";

/**
 * Appends a line in the caller's transaction, chained to the one before. It is written last of all, in the order of the calls:
 * everybody who appends stands in line behind the head row, and who holds that and waited for somebody's row in turn would
 * wait for ever.
 */
export function appendAudit(tx: Db, line: AuditLine): Promise<void> {
  return beforeCommit(tx, () => appendAuditNow(tx, line));
}

/** As `appendAudit`, at once: for who needs the head as it is after this line. */
export async function appendAuditNow(tx: Db, line: AuditLine): Promise<void> {
  const { rows } = await tx.execute<{ seq: number; hash: string; at: string; sealed_key: Buffer | null }>(
    sql`select seq, hash, sealed_key, date_trunc('milliseconds', clock_timestamp()) as at
          from audit_head where id = 1 for update`,
  );
  const head = rows[0];
  if (!head) throw new Error("the audit has no head");
  const seq = Number(head.seq) + 1;
  const at = new Date(head.at);
  const hash = lineHash(headKey(head.sealed_key), head.hash, { ...line, seq, at });
  // One statement: everybody who appends waits for this transaction until its commit.
  await tx.execute(sql`
    with line as (
      insert into audit_event (seq, at, action, outcome, staff_id, store_id, order_id, subject, device_id, facts, hash)
      values (${seq}, ${at.toISOString()}, ${line.action}, ${line.outcome}, ${line.staffId}, ${line.storeId}, ${line.orderId},
              ${line.subject}, ${line.deviceId}, ${JSON.stringify(line.facts)}::jsonb, ${hash}))
    update audit_head set seq = ${seq}, hash = ${hash} where id = 1`);
}

/** Tells one key of the audit from another and gives neither away: the line before its first one names it. */
export const auditKeyMark = (key: Buffer) =>
  createHmac("sha256", key).update("which key").digest("hex").slice(0, 16);

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

type Row = typeof auditEvent.$inferSelect;

/** Follows the chain a line at a time, from one key to the next; says what a line suffers from. */
function followChain([first, ...keys]: readonly ChainKey[], kept: KeptHead | null) {
  const at = { seq: 0, hash: GENESIS, key: first?.key ?? Buffer.alloc(0) };
  const isWrong = (row: Row) =>
    row.hash !== lineHash(at.key, at.hash, row) || (row.seq === kept?.seq && row.hash !== kept.hash);
  function step(row: Row): AuditDamage | null {
    if (row.seq !== at.seq + 1) return "missing";
    if (isWrong(row)) return "changed";
    Object.assign(at, { seq: row.seq, hash: row.hash });
    if (keys[0]?.fromSeq !== row.seq + 1) return null;
    at.key = keys.shift()?.key ?? at.key;
    return row.facts.auditKey === auditKeyMark(at.key) ? null : "changed";
  }
  return { at, step };
}

/** The same inside a transaction that nobody else writes beside. */
export async function verifyAuditIn(db: Db, kept: KeptHead | null): Promise<AuditCheck> {
  const page = 1_000;
  const { at, step } = followChain(await chainKeys(db), kept);
  for (;;) {
    const rows = await db
      .select()
      .from(auditEvent)
      .where(gt(auditEvent.seq, at.seq))
      .orderBy(asc(auditEvent.seq))
      .limit(page);
    for (const row of rows) {
      const damage = step(row);
      if (damage) return broken(damage === "missing" ? at.seq + 1 : row.seq, damage);
    }
    if (rows.length < page) break;
  }
  const [head] = await db.select().from(auditHead);
  if (!head || head.seq > at.seq || (kept && kept.seq > at.seq)) return broken(at.seq + 1, "cut");
  if (head.seq < at.seq) return broken(head.seq + 1, "extra");
  return head.hash === at.hash ? { isWhole: true, lines: at.seq } : broken(at.seq, "changed");
}
