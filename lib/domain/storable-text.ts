/**
 * Whether the books can keep a text letter for letter: PostgreSQL keeps no NUL, and half of a surrogate pair is no letter. A
 * keyboard types neither.
 */
export function isStorable(text: string): boolean {
  return !text.includes("\u0000") && text.isWellFormed();
}

/** The same of everything inside an input, names included, before anybody reads it; ends at whatever depth, and where it contains itself. */
export function isStorableInput(input: unknown): boolean {
  const seen = new Set<object>();
  const left: unknown[] = [input];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === "string" && !isStorable(value)) return false;
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    for (const [name, inner] of Object.entries(value)) left.push(name, inner);
  }
  return true;
}
