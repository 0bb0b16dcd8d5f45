import "server-only";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { keyFor } from "./keys.ts";

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals an account's secrets with AES-256-GCM; the slug is authenticated, so a row's secrets fit no other row. */
export function sealSecrets(slug: string, secrets: Readonly<Record<string, string>>): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyFor("secrets"), nonce);
  cipher.setAAD(Buffer.from(`merchant_account:${slug}:v${VERSION}`));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(secrets), "utf8"), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), sealed]);
}

/** Opens what `sealSecrets` made. Throws when the master key is another one or the row was tampered with. */
export function openSecrets(slug: string, sealed: Buffer): Record<string, string> {
  try {
    if (sealed[0] !== VERSION) throw new Error("unknown version");
    const decipher = createDecipheriv("aes-256-gcm", keyFor("secrets"), sealed.subarray(1, 1 + NONCE_BYTES));
    decipher.setAAD(Buffer.from(`merchant_account:${slug}:v${VERSION}`));
    decipher.setAuthTag(sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES));
    const text = Buffer.concat([
      decipher.update(sealed.subarray(1 + NONCE_BYTES + TAG_BYTES)),
      decipher.final(),
    ]).toString("utf8");
    return JSON.parse(text) as Record<string, string>;
  } catch (error) {
    throw new Error(
      `the secrets of merchant account ${slug} do not open: another STOREDESK_MASTER_KEY sealed them`,
      { cause: error },
    );
  }
}
