import "server-only";
import { asc, eq } from "drizzle-orm";
import type { Db } from "../client.ts";
import { keptKey } from "../schema.ts";
import { openEnvelope, sealEnvelope } from "./envelope.ts";
import { type KeyRing, type MasterKey, ownRing } from "./master-key.ts";

/** Keys that outlive a master key: what they chained or hashed cannot be done again under another one. */
type KeptPurpose = typeof keptKey.$inferSelect.purpose;

export const keptPlace = (purpose: KeptPurpose, version: number) => `kept_key:${purpose}:${version}`;

/** Where the head of the audit holds the key of its next line. */
export const headPlace = "audit_head";

/** Seals the key that chains the next line of the audit, for its head. */
export const sealHeadKey = (master: MasterKey, key: Buffer) => sealEnvelope(master, headPlace, key);

/** The key that chains the next line: the head's own, or in books that have none yet the one that comes of the master key. */
export function headKey(sealed: Buffer | null): Buffer {
  const ring = ownRing();
  return sealed ? openEnvelope(ring, headPlace, sealed) : ring.main.derive("audit");
}

/** A key of the audit's chain and the first line that it chains. */
export type ChainKey = { readonly fromSeq: number; readonly key: Buffer };

const rowsOf = (db: Db, purpose: KeptPurpose) =>
  db.select().from(keptKey).where(eq(keptKey.purpose, purpose)).orderBy(asc(keptKey.version));

const openKept = (ring: KeyRing, row: typeof keptKey.$inferSelect) =>
  openEnvelope(ring, keptPlace(row.purpose, row.version), row.sealed);

/** Every key that the audit was ever chained by, oldest first. */
export async function chainKeys(db: Db): Promise<readonly ChainKey[]> {
  const ring = ownRing();
  const rows = await rowsOf(db, "audit");
  if (rows.length === 0) return [{ fromSeq: 1, key: ring.main.derive("audit") }];
  return rows.map((row) => ({ fromSeq: row.fromSeq, key: openKept(ring, row) }));
}

/** The key under which recovery codes are hashed. */
export async function recoveryKey(db: Db): Promise<Buffer> {
  const ring = ownRing();
  const [row] = await rowsOf(db, "recovery-codes");
  return row ? openKept(ring, row) : ring.main.derive("recovery-codes");
}
