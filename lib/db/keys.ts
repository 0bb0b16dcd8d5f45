import "server-only";
import { hkdfSync } from "node:crypto";
import { env } from "#lib/env.ts";

/** A 32-byte key for one purpose, derived from the master key: keys of different purposes tell nothing of each other. */
export function keyFor(purpose: "audit" | "backup" | "recovery-codes" | "secrets"): Buffer {
  return Buffer.from(
    hkdfSync("sha256", env().STOREDESK_MASTER_KEY, Buffer.alloc(0), `storedesk:${purpose}`, 32),
  );
}
