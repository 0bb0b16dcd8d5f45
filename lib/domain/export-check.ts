/**
 * What the first bad row of an exported file suffers from. `row`: which one, the heads are row 1. `swapped`: it changed places
 * with `otherRow`. `cut`: it and all after it are gone. `added`: the export never had it.
 */
export type RowDamage =
  | { readonly what: "edited" | "missing" | "cut" | "added"; readonly row: number }
  | { readonly what: "swapped"; readonly row: number; readonly otherRow: number };

/** Holds the marks of a file's rows against those of its export; null: they are the same. Every row of an export has a mark of its own. */
export function findRowDamage(exported: readonly string[], found: readonly string[]): RowDamage | null {
  const at = exported.findIndex((mark, index) => mark !== found[index]);
  if (at < 0) return found.length > exported.length ? { what: "added", row: exported.length + 1 } : null;
  const row = at + 1;
  if (at >= found.length) return { what: "cut", row };
  const other = found.indexOf(exported[at] ?? "", at + 1);
  if (other > at && found[at] === exported[other]) return { what: "swapped", row, otherRow: other + 1 };
  if (found[at] === exported[at + 1]) return { what: "missing", row };
  if (found[at + 1] === exported[at]) return { what: "added", row };
  return { what: "edited", row };
}
