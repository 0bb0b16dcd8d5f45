import "server-only";
import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";

/** Smallest and largest modulus, in bits. */
export type KeyBits = { readonly min: number; readonly max: number };

/** Merchant keys have 1024 bits, 512 on old accounts (protocol 4.3). */
export const merchantKeyBits: KeyBits = { min: 512, max: 4_096 };

/** Ksher's own keys: V1 has 512 bits, V2 has 2048 (protocol 4.3). One in the place of the other would verify nothing. */
export const platformKeyBits: Readonly<Record<"V1" | "V2", KeyBits>> = {
  V1: { min: 512, max: 1_024 },
  V2: { min: 2_048, max: 4_096 },
};

function fits(key: KeyObject, { min, max }: KeyBits): boolean {
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  return key.asymmetricKeyType === "rsa" && bits >= min && bits <= max;
}

/** Reads an unencrypted RSA private key, PKCS#1 or PKCS#8; null for anything else. */
export function readPrivateKey(pem: string, bits: KeyBits): KeyObject | null {
  if (!/^\s*-----BEGIN (RSA )?PRIVATE KEY-----/.test(pem)) return null;
  try {
    const key = createPrivateKey(pem);
    return fits(key, bits) ? key : null;
  } catch {
    return null;
  }
}

/** Reads an RSA public key, SPKI or PKCS#1; a private key in its place is refused though its public half could be derived. */
export function readPublicKey(pem: string, bits: KeyBits): KeyObject | null {
  if (!/^\s*-----BEGIN (RSA )?PUBLIC KEY-----/.test(pem)) return null;
  try {
    const key = createPublicKey(pem);
    return fits(key, bits) ? key : null;
  } catch {
    return null;
  }
}
