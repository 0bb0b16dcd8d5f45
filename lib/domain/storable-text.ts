/**
 * Whether the books can keep a text letter for letter: PostgreSQL keeps no NUL, and half of a surrogate pair is no letter. A
 * keyboard types neither.
 */
export function isStorable(text: string): boolean {
  return !text.includes("\u0000") && text.isWellFormed();
}

/** The same of everything inside an input, names included, before anybody reads it. Ends at whatever depth. */
export function isStorableInput(input: unknown): boolean {
  const left: unknown[] = [input];
  for (let value = left.pop(); value !== undefined || left.length > 0; value = left.pop()) {
    if (typeof value === "string" && !isStorable(value)) return false;
    if (typeof value === "object" && value !== null)
      for (const [name, inner] of Object.entries(value)) left.push(name, inner);
  }
  return true;
}
