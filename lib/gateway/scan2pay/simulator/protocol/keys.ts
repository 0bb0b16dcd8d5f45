import type { KeyObject } from "node:crypto";
import { constants, createPrivateKey, createPublicKey, privateDecrypt, sign } from "node:crypto";

/** The gateway's side of the RSA pair: opens ApiKeys and signs notices. */
export type GatewayKeys = {
  readonly publicKeyPem: string;
  /** The plain bytes under PKCS#1 v1.5 padding, or null when the padding is anything else (OAEP, foreign key). */
  openPkcs1(sealed: Buffer): Buffer | null;
  /** RSASSA-PKCS1-v1_5 with SHA-256, as section 5 asks. */
  signSha256(text: string): string;
};

export function loadGatewayKeys(privateKeyPem: string): GatewayKeys {
  const privateKey = createPrivateKey(privateKeyPem);
  return {
    publicKeyPem: createPublicKey(privateKey).export({ type: "spki", format: "pem" }).toString(),
    openPkcs1: (sealed) => stripPkcs1(rawDecrypt(privateKey, sealed)),
    signSha256: (text) => sign("sha256", Buffer.from(text, "utf8"), privateKey).toString("base64"),
  };
}

/** Node refuses PKCS#1 v1.5 for private decryption, so the raw number is computed and stripped here (section 11). */
function rawDecrypt(key: KeyObject, sealed: Buffer): Buffer | null {
  try {
    return privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, sealed);
  } catch {
    return null;
  }
}

/** `00 02 | at least 8 non-zero bytes | 00 | message`. Not constant-time: a test key has nothing to leak. */
function stripPkcs1(block: Buffer | null): Buffer | null {
  if (block?.[0] !== 0 || block[1] !== 2) return null;
  const end = block.indexOf(0, 2);
  return end >= 10 ? block.subarray(end + 1) : null;
}
