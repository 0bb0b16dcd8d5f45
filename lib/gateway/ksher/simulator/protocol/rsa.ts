import { constants, createPrivateKey, createPublicKey, sign, verify } from "node:crypto";

/** RSASSA-PKCS1-v1_5 with MD5, as lower-case hex (4.2). */
export function signMd5(privateKeyPem: string, text: string): string {
  const key = { key: createPrivateKey(privateKeyPem), padding: constants.RSA_PKCS1_PADDING };
  return sign("md5", Buffer.from(text, "utf8"), key).toString("hex");
}

/** Whether `hex`, in either case, signs the text; SHA-1 only where it is asked for (4.6). */
export function isSignedBy(
  publicKeyPem: string,
  { text, hex, acceptSha1 }: { text: string; hex: string; acceptSha1: boolean },
): boolean {
  if (!/^(?:[0-9a-f]{2})+$/i.test(hex)) return false;
  const key = { key: createPublicKey(publicKeyPem), padding: constants.RSA_PKCS1_PADDING };
  const [bytes, signature] = [Buffer.from(text, "utf8"), Buffer.from(hex, "hex")];
  return verify("md5", bytes, key, signature) || (acceptSha1 && verify("sha1", bytes, key, signature));
}

export function publicKeyOf(privateKeyPem: string): string {
  return createPublicKey(privateKeyPem).export({ type: "spki", format: "pem" }).toString();
}
