import "server-only";
import { createHmac, randomInt } from "node:crypto";
import { limits } from "#lib/domain/limits.ts";
import { recoveryAlphabet } from "#lib/domain/second-factor.ts";

const LENGTH = 10;

/** New recovery codes, to be written down. */
export function newRecoveryCodes(): string[] {
  const letter = () => recoveryAlphabet[randomInt(recoveryAlphabet.length)];
  return Array.from({ length: limits.recoveryCodes }, () => Array.from({ length: LENGTH }, letter).join(""));
}

/** What the database keeps of a code: 49 random bits under a key that is sealed (`recoveryKey`) need no slow hash. */
export function recoveryHash(key: Buffer, staffId: string, code: string): string {
  return createHmac("sha256", key).update(`${staffId}:${code}`).digest("hex");
}
