import "server-only";
import { hkdfSync } from "node:crypto";
import { env } from "#lib/env.ts";

/** What a master key is used for; keys of different purposes tell nothing of each other. */
type Purpose = "audit" | "backup" | "mark" | "recovery-codes" | "secrets" | "wraps";

/** The key from outside the database that wraps all others. `mark` tells one from another and gives neither away. */
export type MasterKey = {
  readonly mark: string;
  /** A 32-byte key for one purpose. */
  derive(purpose: Purpose): Buffer;
};

/** Length of a mark in the sealed bytes. */
export const markBytes = 8;

/** A master key of 32 raw bytes. */
export function masterKeyOf(bytes: Buffer): MasterKey {
  const derive = (purpose: Purpose) =>
    Buffer.from(hkdfSync("sha256", bytes, Buffer.alloc(0), `storedesk:${purpose}`, 32));
  return { mark: derive("mark").subarray(0, markBytes).toString("hex"), derive };
}

/** The master keys a process knows: `main` alone, or while one takes the other's place both. */
export type KeyRing = { readonly main: MasterKey; readonly old: MasterKey | null };

/** The keys of this process's environment. */
export function ownRing(): KeyRing {
  const { STOREDESK_MASTER_KEY: main, STOREDESK_MASTER_KEY_OLD: old } = env();
  return { main: masterKeyOf(main), old: old ? masterKeyOf(old) : null };
}

/** Every key of a ring, the main one first. */
export const keysOf = ({ main, old }: KeyRing): readonly MasterKey[] => (old ? [main, old] : [main]);

/** The key of that mark, if the ring has it. */
export const keyMarked = (ring: KeyRing, mark: string): MasterKey | null =>
  keysOf(ring).find((key) => key.mark === mark) ?? null;

/** The books need a master key that this process does not have: one sentence for the operator that names the variable. */
export class WrongMasterKey extends Error {
  override readonly name = "WrongMasterKey";
}

/** How a process's connections name themselves in the database, so that a rotation sees which keys it knows. */
export const connectionName = (ring: KeyRing): string =>
  `${connectionPrefix}${keysOf(ring)
    .map(({ mark }) => mark)
    .join(" ")}`;
export const connectionPrefix = "storedesk ";
