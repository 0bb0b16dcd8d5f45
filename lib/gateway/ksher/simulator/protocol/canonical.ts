import { isJsonObject, type JsonObject } from "#lib/gateway/simulator/json.ts";

/** `name=value` texts in byte order, joined with nothing (4.2): what a request's signature covers. */
export function requestCanonical(params: JsonObject): string {
  const pairs = Object.entries(params).filter(([name]) => name !== "sign");
  return joined(pairs.map(([name, value]) => `${name}=${value}`));
}

/** What an answer's signature covers: the members of `data`, or only the named ones (4.4). */
export function dataCanonical(data: JsonObject, members?: readonly string[]): string {
  const pairs = Object.entries(data).filter(
    ([name]) => name !== "sign" && (members === undefined || members.includes(name)),
  );
  return joined(pairs.map(([name, value]) => `${name}=${rendered(value)}`));
}

function joined(texts: string[]): string {
  return texts
    .map((text) => Buffer.from(text, "utf8"))
    .sort(Buffer.compare)
    .map((bytes) => bytes.toString("utf8"))
    .join("");
}

/** Text as it is, whole numbers in plain digits, arrays as compact JSON with sorted names. */
function rendered(value: unknown): string {
  if (typeof value === "string") return value;
  if (Number.isSafeInteger(value)) return String(value);
  if (Array.isArray(value)) return JSON.stringify(value.map(sorted));
  throw new Error(`A value like ${JSON.stringify(value)} is never signed (4.4).`);
}

function sorted(element: unknown): unknown {
  if (!isJsonObject(element)) return element;
  return Object.fromEntries(Object.entries(element).sort(([a], [b]) => (a < b ? -1 : 1)));
}
