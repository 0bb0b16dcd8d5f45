import "server-only";

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/gs;
const depthMax = 32;

type ParseWithSource = (
  text: string,
  reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
) => unknown;

/** `JSON.parse` with the third reviver argument that Node has and the type library does not name yet. */
const parseWithSource = JSON.parse as ParseWithSource;

/** Adds a member's name (a JSON string) to the innermost open object; false if it stands there already. */
function isNewName(names: Set<string> | null | undefined, nameText: string): boolean {
  const name = String(JSON.parse(nameText));
  if (names?.has(name)) return false;
  names?.add(name);
  return true;
}

/** True if an object names a member twice or the text is nested deeper than any gateway writes. `text` must be valid JSON. */
function isAmbiguous(text: string): boolean {
  const open: (Set<string> | null)[] = [];
  let before = "";
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === "{") open.push(new Set());
    if (token === "[") open.push(null);
    if (token === "}" || token === "]") open.pop();
    if (open.length > depthMax) return true;
    if (token === ":" && !isNewName(open.at(-1), before)) return true;
    before = token;
  }
  return false;
}

/** Reads bytes as UTF-8 without a byte order mark; null if they are anything else. */
export function readUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * Reads JSON a gateway wrote; `undefined` if it is not JSON, names a member twice, or nests too deep.
 * A number that JavaScript cannot hold exactly (a 19-digit id) comes back as its text, so no id is ever rounded.
 */
export function readJson(text: string): unknown {
  try {
    const value = parseWithSource(text, (_name, value, { source }) =>
      typeof value === "number" && !Number.isSafeInteger(value) && source !== undefined ? source : value,
    );
    return isAmbiguous(text) ? undefined : value;
  } catch {
    return undefined;
  }
}
