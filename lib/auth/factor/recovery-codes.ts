import "server-only";
import { createHmac, randomInt } from "node:crypto";
import { keyFor } from "#lib/db/keys.ts";
import { limits } from "#lib/domain/limits.ts";
import { recoveryAlphabet } from "#lib/domain/second-factor.ts";

const LENGTH = 10;

/** New recovery codes, to be written down. */
export function newRecoveryCodes(): string[] {
  const letter = () => recoveryAlphabet[randomInt(recoveryAlphabet.length)];
  return Array.from({ length: limits.recoveryCodes }, () => Array.from({ length: LENGTH }, letter).join(""));
}

/** What the database keeps of a code: 49 random bits under a key outside the database need no slow hash. */
export function recoveryHash(staffId: string, code: string): string {
  return createHmac("sha256", keyFor("recovery-codes")).update(`${staffId}:${code}`).digest("hex");
}
