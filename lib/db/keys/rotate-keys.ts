import "server-only";
import { randomBytes } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { appendAuditNow, auditKeyMark } from "../audit.ts";
import type { Database, Db } from "../client.ts";
import { auditHead, keptKey, masterKey, merchantAccount, secondFactor } from "../schema.ts";
import { accountPlace, factorPlace } from "../seal.ts";
import { withTx } from "../with-tx.ts";
import { envelopeStart, rewrapEnvelope, sealEnvelope } from "./envelope.ts";
import { holdMasterKey } from "./hold-master-key.ts";
import { keptPlace, sealHeadKey } from "./kept-key.ts";
import { connectionPrefix, type KeyRing, type MasterKey, ownRing, WrongMasterKey } from "./master-key.ts";

/** What a rotation did. `wrapped`: envelopes that this run wrapped anew; `isNew` false: it went on with one that was broken off. */
export type Rotation = { readonly version: number; readonly wrapped: number; readonly isNew: boolean };

/**
 * Moves everything sealed from the ring's old master key to its main one, while everybody goes on working: the keys of accounts
 * and second factors are wrapped anew, one row a transaction, and the audit goes on under a new key of its own, which its last
 * line under the one before names. Broken off anywhere, the next run goes on; at the end nothing needs the key before. Null:
 * there was nothing to do. Throws WrongMasterKey when a key is missing, here or at an instance that runs.
 */
export async function rotateKeys(database: Database, ring = ownRing()): Promise<Rotation | null> {
  await holdMasterKey(database, ring);
  const begun = await withTx(database, (tx) => begin(tx, ring));
  if (!begun) return null;
  let wrapped = 0;
  for (const table of tables)
    for (const id of await table.left(database.db, ring.main))
      wrapped += await withTx(database, (tx) => table.rewrap(tx, ring, id));
  await withTx(database, (tx) => finish(tx, ring));
  return { ...begun, wrapped };
}

/** Waits for whoever seals something by the key before; who seals afterwards takes the new one. */
async function begin(tx: Db, ring: KeyRing): Promise<{ version: number; isNew: boolean } | null> {
  const { main, old } = ring;
  const [state] = await tx.select().from(masterKey).for("update");
  if (!state) throw new Error("the books hold no master key");
  const { mark, previousMark } = state;
  if (mark === main.mark) return previousMark === null ? null : { version: state.version, isNew: false };
  if (previousMark !== null)
    throw new WrongMasterKey(
      "A rotation is under way to the key that stands in STOREDESK_MASTER_KEY_OLD: put the two the other way round.",
    );
  if (mark !== old?.mark) throw new WrongMasterKey("STOREDESK_MASTER_KEY_OLD is not the key of these books.");
  await demandKnown(tx, main);
  const version = state.version + 1;
  await tx
    .update(masterKey)
    .set({ version, mark: main.mark, previousMark: mark, changedAt: sql`clock_timestamp()` });
  await linkAudit(tx, ring, { version, mark });
  return { version, isNew: true };
}

/** Every process that runs on these books must know the new key before anything is sealed by it. */
async function demandKnown(tx: Db, { mark }: MasterKey): Promise<void> {
  const { rows } = await tx.execute<{ strangers: number }>(sql`
    select count(*)::int as strangers from pg_stat_activity
     where datname = current_database() and starts_with(application_name, ${connectionPrefix})
       and position(${mark} in application_name) = 0`);
  if (rows[0]?.strangers)
    throw new WrongMasterKey(
      "A Storedesk that runs on these books does not know the new key yet: give every instance both keys, restart it, then come back.",
    );
}

const line = (action: string, version: number, facts: Record<string, string>) => ({
  ...{ action, outcome: "done" as const, subject: `v${version}`, facts },
  ...{ staffId: null, storeId: null, orderId: null, deviceId: null },
});

/** The last line under the audit's key until now names the next one; the lines after it are chained by that. */
async function linkAudit(tx: Db, ring: KeyRing, { version, mark }: { version: number; mark: string }) {
  const key = randomBytes(32);
  const facts = { from: mark, to: ring.main.mark, auditKey: auditKeyMark(key) };
  await appendAuditNow(tx, line("begin-key-rotation", version, facts));
  const kept = await tx.select().from(keptKey);
  for (const { purpose, version: no, sealed } of kept)
    await tx
      .update(keptKey)
      .set({ sealed: rewrapEnvelope(ring, ring.main, { place: keptPlace(purpose, no), sealed }) })
      .where(and(eq(keptKey.purpose, purpose), eq(keptKey.version, no)));
  const next = Math.max(...kept.map((row) => (row.purpose === "audit" ? row.version : 0))) + 1;
  const [head] = await tx.select().from(auditHead);
  await tx.insert(keptKey).values({
    ...{ purpose: "audit", version: next, fromSeq: (head?.seq ?? 0) + 1 },
    sealed: sealEnvelope(ring.main, keptPlace("audit", next), key),
  });
  await tx.update(auditHead).set({ sealedKey: sealHeadKey(ring.main, key) });
}

type Sealed = {
  /** Whose envelopes another key wraps. */
  left(db: Db, main: MasterKey): Promise<readonly string[]>;
  /** Wraps one anew, if it still has to be; how many that were. */
  rewrap(tx: Db, ring: KeyRing, id: string): Promise<number>;
};

const accounts: Sealed = {
  left: async (db, main) => {
    const { id, sealedSecrets } = merchantAccount;
    const rows = await db.select({ id }).from(merchantAccount).where(isLeft(sealedSecrets, main));
    return rows.map((row) => row.id);
  },
  rewrap: async (tx, ring, id) => {
    const { slug, sealedSecrets } = merchantAccount;
    const [row] = await tx
      .select({ slug, sealed: sealedSecrets })
      .from(merchantAccount)
      .where(and(eq(merchantAccount.id, id), isLeft(sealedSecrets, ring.main)))
      .for("update");
    if (!row) return 0;
    const sealed = rewrapEnvelope(ring, ring.main, { place: accountPlace(row.slug), sealed: row.sealed });
    await tx.update(merchantAccount).set({ sealedSecrets: sealed }).where(eq(merchantAccount.id, id));
    return 1;
  },
};

const factors: Sealed = {
  left: async (db, main) => {
    const { staffId: id, sealed } = secondFactor;
    const rows = await db.select({ id }).from(secondFactor).where(isLeft(sealed, main));
    return rows.map((row) => row.id);
  },
  rewrap: async (tx, ring, id) => {
    const { staffId, sealed } = secondFactor;
    const [row] = await tx
      .select({ sealed })
      .from(secondFactor)
      .where(and(eq(staffId, id), isLeft(sealed, ring.main)))
      .for("update");
    if (!row) return 0;
    const anew = rewrapEnvelope(ring, ring.main, { place: factorPlace(id), sealed: row.sealed });
    await tx.update(secondFactor).set({ sealed: anew }).where(eq(staffId, id));
    return 1;
  },
};

const tables: readonly Sealed[] = [accounts, factors];

type SealedColumn = typeof merchantAccount.sealedSecrets | typeof secondFactor.sealed;

function isLeft(column: SealedColumn, main: MasterKey) {
  const start = envelopeStart(main);
  return sql`length(${column}) > 0 and substring(${column} from 1 for ${start.length}) <> ${start}`;
}

/** Only when nothing is left that the key before sealed is it no longer needed. */
async function finish(tx: Db, { main }: KeyRing): Promise<void> {
  const [state] = await tx.select().from(masterKey).for("update");
  if (state?.mark !== main.mark || state.previousMark === null) return;
  const left = (await Promise.all(tables.map((table) => table.left(tx, main)))).flat().length;
  if (left > 0) throw new Error(`${left} envelopes are still sealed by the key before: run it again.`);
  await tx.update(masterKey).set({ previousMark: null, changedAt: sql`clock_timestamp()` });
  await appendAuditNow(tx, line("end-key-rotation", state.version, { to: main.mark }));
}
