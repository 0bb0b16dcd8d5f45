import "server-only";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { keyFor } from "./keys.ts";

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals with AES-256-GCM; the place (table and row) is authenticated, so what is sealed for it fits no other. */
function seal(place: string, content: unknown): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyFor("secrets"), nonce);
  cipher.setAAD(Buffer.from(`${place}:v${VERSION}`));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(content), "utf8"), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), sealed]);
}

function open(place: string, sealed: Buffer): unknown {
  if (sealed[0] !== VERSION) throw new Error("unknown version");
  const decipher = createDecipheriv("aes-256-gcm", keyFor("secrets"), sealed.subarray(1, 1 + NONCE_BYTES));
  decipher.setAAD(Buffer.from(`${place}:v${VERSION}`));
  decipher.setAuthTag(sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES));
  const text = Buffer.concat([
    decipher.update(sealed.subarray(1 + NONCE_BYTES + TAG_BYTES)),
    decipher.final(),
  ]).toString("utf8");
  return JSON.parse(text);
}

/** Seals an account's secrets; they open for this slug alone. */
export function sealSecrets(slug: string, secrets: Readonly<Record<string, string>>): Buffer {
  return seal(`merchant_account:${slug}`, secrets);
}

/** Opens what `sealSecrets` made. Throws when the master key is another one or the row was tampered with. */
export function openSecrets(slug: string, sealed: Buffer): Record<string, string> {
  try {
    return open(`merchant_account:${slug}`, sealed) as Record<string, string>;
  } catch (error) {
    throw new Error(
      `the secrets of merchant account ${slug} do not open: another STOREDESK_MASTER_KEY sealed them`,
      { cause: error },
    );
  }
}

/** What an authenticator app was given, and the recovery codes as long as they are still to be written down. */
export type FactorSecrets = { readonly seed: string; readonly codes: readonly string[] };

/** Seals the second factor of an account; it opens for this account alone. */
export function sealFactor(staffId: string, secrets: FactorSecrets): Buffer {
  return seal(`second_factor:${staffId}`, secrets);
}

/** Opens what `sealFactor` made. Throws when the master key is another one or the row was tampered with. */
export function openFactor(staffId: string, sealed: Buffer): FactorSecrets {
  try {
    return open(`second_factor:${staffId}`, sealed) as FactorSecrets;
  } catch (error) {
    throw new Error(`the second factor of ${staffId} does not open: another STOREDESK_MASTER_KEY sealed it`, {
      cause: error,
    });
  }
}
