import { type JsonObject, parseObject } from "#lib/gateway/simulator/json.ts";

/** Parses a JSON object; null for anything else. `lenient` also takes single-quoted strings (one Python client). */
export function parseJsonObject(text: string, lenient: boolean): JsonObject | null {
  const bare = text.startsWith("\uFEFF") ? text.slice(1) : text;
  return parseObject(bare) ?? (lenient ? parseObject(withDoubleQuotes(bare)) : null);
}

/** An own member of an object, or undefined; `__proto__` and inherited names are no members. */
export function member(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Compact JSON the way Gson writes it by default: five characters that are special in HTML come escaped. */
export function gsonJson(value: unknown): string {
  return gsonEscaped(JSON.stringify(value));
}

export function gsonEscaped(json: string): string {
  return json.replace(/[=<>&']/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Rewrites 'single-quoted' strings as JSON strings and leaves double-quoted ones alone. */
function withDoubleQuotes(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|'((?:[^'\\]|\\.)*)'/gs, (whole, inner: string | undefined) =>
    inner === undefined ? whole : `"${inner.replace(/\\.|"/gs, requoted)}"`,
  );
}

function requoted(sign: string): string {
  if (sign === "\\'") return "'";
  return sign === '"' ? '\\"' : sign;
}
