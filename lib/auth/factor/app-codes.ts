import "server-only";
import { Secret, TOTP } from "otpauth";
import { limits } from "#lib/domain/limits.ts";

const SEED_BYTES = 20;
const stepSeconds = limits.codeStepMs / 1_000;

/** SHA-1, six digits, thirty seconds: what every authenticator app understands (RFC 6238, docs/adr/0017). */
const appOf = (seed: string, username = "") =>
  new TOTP({
    ...{ issuer: "Storedesk", label: username, algorithm: "SHA1", digits: 6, period: stepSeconds },
    secret: Secret.fromBase32(seed),
  });

/** A new seed, 160 random bits in Base32. */
export function newSeed(): string {
  return new Secret({ size: SEED_BYTES }).base32;
}

/** What the QR code says to an app. */
export function seedUri(seed: string, username: string): string {
  return appOf(seed, username).toString();
}

/** The step a code belongs to, if it is one of those around `nowMs` (the database's clock); null: it is wrong. */
export function stepOf(seed: string, digits: string, nowMs: number): number | null {
  const delta = appOf(seed).validate({ token: digits, timestamp: nowMs, window: limits.codeStepsOff });
  return delta === null ? null : Math.floor(nowMs / limits.codeStepMs) + delta;
}
