import "server-only";
import { desc, sql } from "drizzle-orm";
import { lineHash } from "../audit-line.ts";
import type { Database, Db } from "../client.ts";
import { auditEvent, auditHead, keptKey, masterKey, merchantAccount } from "../schema.ts";
import { accountPlace } from "../seal.ts";
import { withTx } from "../with-tx.ts";
import { demandKeys, wrongKey } from "./demand-keys.ts";
import { openEnvelope, sealEnvelope } from "./envelope.ts";
import { keptPlace, sealHeadKey } from "./kept-key.ts";
import { type KeyRing, keyMarked, keysOf, type MasterKey, ownRing, WrongMasterKey } from "./master-key.ts";

type State = typeof masterKey.$inferSelect;

/**
 * Holds a process's master keys against the books; called before anything is served. Books that know no key yet take the one
 * they were sealed by. Throws WrongMasterKey with one sentence when a key is another one or one of two is missing.
 */
export async function holdMasterKey(database: Database, ring = ownRing()): Promise<void> {
  await withTx(database, (tx) => holdMasterKeyIn(tx, ring));
}

/** The same in the caller's transaction. */
export async function holdMasterKeyIn(tx: Db, ring = ownRing()): Promise<State> {
  const [state] = await tx.select().from(masterKey);
  if (state) return demanded(ring, state);
  // Whoever appends to the audit waits, so its last line is the last one.
  await tx.select().from(auditHead).for("update");
  const [meanwhile] = await tx.select().from(masterKey);
  return meanwhile ? demanded(ring, meanwhile) : takeFirst(tx, await findFitting(tx, ring));
}

function demanded(ring: KeyRing, state: State): State {
  demandKeys(ring, state);
  return state;
}

/** The key of books that know none yet: the one that sealed an account's keys, or where there is none, chained the last line. */
async function findFitting(db: Db, ring: KeyRing): Promise<MasterKey> {
  const [account] = await db.select().from(merchantAccount).where(sql`length(sealed_secrets) > 0`).limit(1);
  const [last, before] = await db.select().from(auditEvent).orderBy(desc(auditEvent.seq)).limit(2);
  const fits = (key: MasterKey) => {
    if (account) return opens(key, accountPlace(account.slug), account.sealedSecrets);
    return !last || last.hash === lineHash(key.derive("audit"), before?.hash ?? null, last);
  };
  const fitting = keysOf(ring).find(fits);
  if (!fitting) throw wrongKey(ring);
  return fitting;
}

function opens(key: MasterKey, place: string, sealed: Buffer): boolean {
  try {
    openEnvelope({ main: key, old: null }, place, sealed);
    return true;
  } catch {
    return false;
  }
}

/** From here on the keys of the audit and of the recovery codes are the books' own, as they came of the master key so far. */
async function takeFirst(tx: Db, key: MasterKey): Promise<State> {
  const kept = (purpose: "audit" | "recovery-codes", fromSeq: number) => ({
    ...{ purpose, version: 1, fromSeq },
    sealed: sealEnvelope(key, keptPlace(purpose, 1), key.derive(purpose)),
  });
  await tx.insert(keptKey).values([kept("audit", 1), kept("recovery-codes", 0)]);
  await tx.update(auditHead).set({ sealedKey: sealHeadKey(key, key.derive("audit")) });
  const [state] = await tx.insert(masterKey).values({ id: 1, version: 1, mark: key.mark }).returning();
  if (!state) throw new Error("the books took no master key");
  return state;
}

/**
 * The master key that something is to be sealed by now, in the caller's transaction: a rotation that begins waits for it to
 * end, so that nothing is sealed by the key before once it counts.
 */
export async function sealingKey(tx: Db): Promise<MasterKey> {
  const ring = ownRing();
  const [state] = await tx.select().from(masterKey).for("share");
  if (!state) return ring.main;
  const key = keyMarked(ring, state.mark);
  if (!key) throw new WrongMasterKey("STOREDESK_MASTER_KEY is no longer the key of these books.");
  return key;
}
