import "server-only";
import pg from "pg";
import { type KeyRing, keyMarked, ownRing, WrongMasterKey } from "./master-key.ts";

/** What books know of their master key. `previousMark`: the one before, as long as something may be sealed by it. */
export type KeyState = { readonly mark: string; readonly previousMark: string | null };

/** Throws WrongMasterKey, with one sentence that says which variable, where a ring lacks a key that the books need. */
export function demandKeys(ring: KeyRing, { mark, previousMark }: KeyState): void {
  const hasNow = keyMarked(ring, mark) !== null;
  const hasBefore = previousMark === null || keyMarked(ring, previousMark) !== null;
  if (hasNow && hasBefore) return;
  if (hasNow)
    throw new WrongMasterKey(
      "These books are half-way between two master keys, and STOREDESK_MASTER_KEY_OLD is missing: give it the key before, then end it with `npm run keys:rotate`.",
    );
  if (previousMark !== null && hasBefore)
    throw new WrongMasterKey(
      "These books are half-way between two master keys, and the new one is missing: it goes into STOREDESK_MASTER_KEY, the key before into STOREDESK_MASTER_KEY_OLD.",
    );
  throw wrongKey(ring);
}

/** Of books that no key of the ring belongs to. */
export const wrongKey = ({ old }: KeyRing): WrongMasterKey =>
  new WrongMasterKey(
    `STOREDESK_MASTER_KEY is not the key of these books${old ? ", nor is STOREDESK_MASTER_KEY_OLD" : ""}: look for the right one before anything else.`,
  );

/** Holds this process's keys against migrated books and changes nothing; quick, for it is part of every start. */
export async function demandKeysAt(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<KeyState>(
      `select mark, previous_mark as "previousMark" from master_key`,
    );
    if (rows[0]) demandKeys(ownRing(), rows[0]);
  } finally {
    await client.end();
  }
}
