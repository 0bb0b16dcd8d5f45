import { expect, test } from "vitest";
import { listenForShortcuts, type Press, type Shortcut } from "./shortcut-keys.ts";

/** Presses keys with a gap between them; tells what each asked for. */
function press(keys: readonly (Partial<Press> & { code: string })[], gapMs: number): (Shortcut | null)[] {
  const { hear } = listenForShortcuts();
  return keys.map((key, index) =>
    hear({ key: key.code.at(-1) ?? "", hasShift: false, atMs: 1_000 + index * gapMs, ...key }),
  );
}
const [g, o, a] = [{ code: "KeyG" }, { code: "KeyO" }, { code: "KeyA" }];
const question = { key: "?", code: "Slash", hasShift: true };

test("g and then o goes to the orders, g and then a to the approvals, alone they go nowhere", () => {
  expect(press([g, o], 200)).toEqual([null, "orders"]);
  expect(press([g, a], 200)).toEqual([null, "approvals"]);
  expect(press([o, a], 200)).toEqual([null, null]);
});

test("the pair is good for a second and a half, not longer", () => {
  expect(press([g, o], 1_500)).toEqual([null, "orders"]);
  expect(press([g, o], 1_501)).toEqual([null, null]);
});

test("the keys count by their place, so they work with a Thai layout or a Chinese input method on", () => {
  expect(
    press(
      [
        { key: "เ", code: "KeyG" },
        { key: "น", code: "KeyO" },
      ],
      200,
    ),
  ).toEqual([null, "orders"]);
  expect(press([{ key: "ฦ", code: "Slash", hasShift: true }], 200)).toEqual(["help"]);
});

test("a question mark asks for help and Escape goes back; a slash alone is the search box's", () => {
  expect(press([question], 200)).toEqual(["help"]);
  expect(press([{ key: "Escape", code: "Escape" }], 200)).toEqual(["back"]);
  expect(press([{ key: "/", code: "Slash" }], 200)).toEqual([null]);
});

test("a scanner's burst that holds the same keys asks for nothing", () => {
  expect(press([g, o, a, g, o], 5)).toEqual([null, null, null, null, null]);
  expect(press([g, o], 59)).toEqual([null, null]);
  expect(press([g, o], 60)).toEqual([null, "orders"]);
});
