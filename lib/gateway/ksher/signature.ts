import "server-only";
import { constants, type KeyObject, sign, verify } from "node:crypto";

const hash = "md5";
const padding = constants.RSA_PKCS1_PADDING;

/** What is signed: every member but `sign` as `name=value`, sorted by bytes, joined with nothing (protocol 4.2). */
export function canonicalText(members: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(members).flatMap(([name, value]) =>
    name === "sign" ? [] : [Buffer.from(`${name}=${value}`, "utf8")],
  );
  return Buffer.concat(pairs.sort(Buffer.compare)).toString("utf8");
}

/** RSA PKCS#1 v1.5 with MD5 over UTF-8, in lower-case hex. The vendor chose MD5; what it is worth is said in README.md. */
export function signText(text: string, key: KeyObject): string {
  return sign(hash, Buffer.from(text, "utf8"), { key, padding }).toString("hex");
}

function isSignedBy(key: KeyObject, text: string, signatureHex: string): boolean {
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (signatureHex.length !== bits / 4 || !/^[0-9a-f]+$/i.test(signatureHex)) return false;
  return verify(hash, Buffer.from(text, "utf8"), { key, padding }, Buffer.from(signatureHex, "hex"));
}

/** The same value with the members of every object in it in byte order. */
function sortedDeep(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedDeep);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return Object.fromEntries(members.map(([name, member]) => [name, sortedDeep(member)]));
}

/** How true, false and null may have been written before signing; no answer of Ksher's with one is known (protocol 4.4). */
const styles = [
  { true: "True", false: "False", null: "None" },
  { true: "true", false: "false", null: "null" },
  { true: "true", false: "false", null: "" },
] as const;

function rendered(value: unknown, style: (typeof styles)[number]): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return style[`${value}`];
  return value === null ? style.null : JSON.stringify(sortedDeep(value));
}

/** Two answers are signed over some of their members only (protocol 4.4, PROVEN); everything else in them is hearsay. */
const signedMembers: Readonly<Record<string, readonly string[]>> = {
  merchant_info: ["mobile", "mch_id", "account_type", "business_mode", "nonce_str"],
  get_settlement_info: ["begin_date", "end_date", "nonce_str"],
};

/** Every text the signature of `data` may stand for; one, unless a value of undetermined rendering is in it. */
export function canonicalTextsOf(data: Readonly<Record<string, unknown>>, endpoint: string): string[] {
  const only = Object.hasOwn(signedMembers, endpoint) ? signedMembers[endpoint] : undefined;
  const members = Object.entries(data).filter(([name]) => only === undefined || only.includes(name));
  const texts = styles.map((style) =>
    canonicalText(Object.fromEntries(members.map(([name, value]) => [name, rendered(value, style)]))),
  );
  return [...new Set(texts)];
}

/**
 * Did one of `keys` sign this `data`? A signature over all members in their received types (protocol 4.4); `false` for anything
 * else, so an answer nobody can verify stays an unknown outcome. Text may still have moved between neighbouring members
 * (4.6): the schema of each answer is checked after this.
 */
export function isSigned(
  data: Readonly<Record<string, unknown>>,
  signatureHex: unknown,
  { keys, endpoint }: { readonly keys: readonly KeyObject[]; readonly endpoint: string },
): boolean {
  if (typeof signatureHex !== "string") return false;
  const texts = canonicalTextsOf(data, endpoint);
  return keys.some((key) => texts.some((text) => isSignedBy(key, text, signatureHex)));
}
