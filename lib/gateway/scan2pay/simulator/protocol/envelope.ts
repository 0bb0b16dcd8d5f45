import { createCipheriv, createDecipheriv } from "node:crypto";
import type { JsonObject } from "#lib/gateway/simulator/json.ts";
import { decodeBase64, wrapBase64 } from "./base64.ts";
import { gsonEscaped, gsonJson, member, parseJsonObject } from "./json-text.ts";
import type { GatewayKeys } from "./keys.ts";

/** An opened request: its message, and the key and IV that the answer must use too. */
export type OpenedRequest = { readonly message: JsonObject; readonly aesKey: Buffer; readonly iv: string };

export type OpeningRules = {
  readonly keys: GatewayKeys;
  /** Texts of 16 ASCII characters; each is tried, the answer goes out under the one that worked. */
  readonly ivs: readonly string[];
  readonly lenientJson: boolean;
};

/** Opens the HTTP body of a request (section 2.1 backwards). Null means: the gateway answers a bare 9995. */
export function openRequest(httpBody: string, rules: OpeningRules): OpenedRequest | null {
  const outer = parseJsonObject(httpBody, false);
  const ciphertext = outer && decodeBase64(member(outer, "Request"));
  const aesKey = outer && openAesKey(member(outer, "ApiKey"), rules.keys);
  if (!ciphertext || !aesKey) return null;
  for (const iv of rules.ivs) {
    const text = decrypt(ciphertext, aesKey, iv);
    const message = text === null ? null : parseJsonObject(text, rules.lenientJson);
    if (message) return { message, aesKey, iv };
  }
  return null;
}

/** The HTTP body of an answer. `gson` wraps Base64 and escapes as the real gateway seems to; `plain` does neither. */
export function sealAnswer(message: unknown, opened: OpenedRequest, style: "gson" | "plain"): string {
  const text = style === "gson" ? gsonJson(message) : JSON.stringify(message);
  const cipher = createCipheriv("aes-128-cbc", opened.aesKey, Buffer.from(opened.iv, "latin1"));
  const base64 = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]).toString("base64");
  if (style === "plain") return JSON.stringify({ Response: base64 });
  return gsonEscaped(JSON.stringify({ Response: wrapBase64(base64) }));
}

/** The RSA block must hold the Base64 *text* of exactly 16 bytes. */
function openAesKey(apiKey: unknown, keys: GatewayKeys): Buffer | null {
  const sealed = decodeBase64(apiKey);
  const text = sealed && keys.openPkcs1(sealed);
  const aesKey = text && decodeBase64(text.toString("latin1"));
  return aesKey?.length === 16 ? aesKey : null;
}

function decrypt(ciphertext: Buffer, aesKey: Buffer, iv: string): string | null {
  try {
    const decipher = createDecipheriv("aes-128-cbc", aesKey, Buffer.from(iv, "latin1"));
    const bytes = Buffer.concat([decipher.update(ciphertext), decipher.final()]);
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
