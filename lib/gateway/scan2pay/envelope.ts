import "server-only";
import { constants, createCipheriv, createDecipheriv, type KeyObject, publicEncrypt } from "node:crypto";
import { z } from "zod";
import { readJson, readUtf8 } from "../strict-json.ts";

const cipher = "aes-128-cbc";

/**
 * Seals an inner message into an HTTP body (protocol 2.1): AES-128-CBC with PKCS#7 under `aesKey` and the account's IV; the *Base64 text* of the
 * key under RSA PKCS#1 v1.5. `aesKey` must be 16 fresh random bytes for every call; it opens that call's answer and no other.
 */
export function sealRequest(
  plaintext: string,
  aesKey: Buffer,
  { publicKey, iv }: { readonly publicKey: KeyObject; readonly iv: Buffer },
): string {
  const aes = createCipheriv(cipher, aesKey, iv);
  const request = Buffer.concat([aes.update(plaintext, "utf8"), aes.final()]);
  const keyText = Buffer.from(aesKey.toString("base64"), "ascii");
  const apiKey = publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, keyText);
  return JSON.stringify({ Request: request.toString("base64"), ApiKey: apiKey.toString("base64") });
}

/** Base64 as the gateway writes it: wrapped lines, and `=` perhaps still escaped after parsing (2.2 step 2). Null if it is none. */
export function readBase64(text: string): Buffer | null {
  const plain = text.replace(/\\u003d/gi, "=").replace(/\s+/g, "");
  if (plain.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(plain)) return null;
  return Buffer.from(plain, "base64");
}

/** `bare-code`: the body was a status code alone, outside any envelope, so nothing shows that it answers our request. */
export type Opened =
  | { readonly kind: "opened"; readonly text: string }
  | { readonly kind: "bare-code"; readonly code: string }
  | { readonly kind: "broken"; readonly why: "not-json" | "wrong-shape" | "not-opened" };

const answerSchema = z.object({ Response: z.string() });

function decrypt(ciphertext: Buffer, aesKey: Buffer, iv: Buffer): string | null {
  try {
    const aes = createDecipheriv(cipher, aesKey, iv);
    return readUtf8(Buffer.concat([aes.update(ciphertext), aes.final()]));
  } catch {
    return null;
  }
}

/** Opens an HTTP body with the key and IV of its request (protocol 2.2, with all its tolerances). */
export function openAnswer(body: Uint8Array, aesKey: Buffer, iv: Buffer): Opened {
  const text = readUtf8(body)?.trim();
  if (text === undefined) return { kind: "broken", why: "not-json" };
  const bare = /^(?:(\d{4})|"(\d{4})")$/.exec(text);
  if (bare !== null) return { kind: "bare-code", code: bare[1] ?? bare[2] ?? "" };
  const outer = readJson(text);
  if (outer === undefined) return { kind: "broken", why: "not-json" };
  const answer = answerSchema.safeParse(outer);
  if (!answer.success) return { kind: "broken", why: "wrong-shape" };
  const ciphertext = readBase64(answer.data.Response);
  const opened = ciphertext === null ? null : decrypt(ciphertext, aesKey, iv);
  return opened === null ? { kind: "broken", why: "not-opened" } : { kind: "opened", text: opened };
}
