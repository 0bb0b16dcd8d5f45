import { expect, test } from "vitest";
import { findRowDamage } from "./export-check.ts";

const marks = ["heads", "a", "b", "c", "d"];
const changed = (change: (found: string[]) => void) => {
  const found = [...marks];
  change(found);
  return findRowDamage(marks, found);
};

test("a file as it was exported has no bad row", () => {
  expect(findRowDamage(marks, [...marks])).toBeNull();
  expect(findRowDamage([], [])).toBeNull();
});

test("whichever row is edited, taken out, doubled, moved or cut off, the first bad one is named with what it suffers from", () => {
  for (let at = 0; at < marks.length; at += 1) {
    const row = at + 1;
    expect(changed((found) => found.splice(at, 1, "other"))).toEqual({ what: "edited", row });
    expect(changed((found) => found.splice(at, 0, "other"))).toEqual({ what: "added", row });
    expect(changed((found) => found.splice(at))).toEqual({ what: "cut", row });
    for (let to = at + 1; to < marks.length; to += 1) {
      const swap = (found: string[]) => {
        [found[at], found[to]] = [marks[to] ?? "", marks[at] ?? ""];
      };
      expect(changed(swap)).toEqual({ what: "swapped", row, otherRow: to + 1 });
    }
  }
  for (let at = 0; at < marks.length - 1; at += 1)
    expect(changed((found) => found.splice(at, 1))).toEqual({ what: "missing", row: at + 1 });
  expect(changed((found) => found.push("more"))).toEqual({ what: "added", row: 6 });
});
