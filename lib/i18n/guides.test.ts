import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { locales } from "./locales.ts";

const root = join(import.meta.dirname, "..", "..");
const guides = globSync("docs/guide/*.md", { cwd: root }).toSorted();

function textsOf(value: unknown): string[] {
  return typeof value === "string" ? [value] : Object.values(value ?? {}).flatMap(textsOf);
}

/** What a screen says, without what it fills in. */
const plain = (text: string) => text.replaceAll(/\s*\{\w+\}\s*/g, "").trim();

test("there is a guide for cashier, manager and owner in each language", () => {
  const wanted = ["cashier", "manager", "owner"].flatMap((who) =>
    locales.map((locale) => `docs/guide/${who}.${locale}.md`),
  );
  expect(guides).toEqual(wanted.toSorted());
});

test.each(guides)("every word in bold in %s stands on the screen", (path) => {
  const locale = /\.([\w-]+)\.md$/.exec(path)?.[1] ?? "";
  const said = new Set(
    textsOf(JSON.parse(readFileSync(join(root, "messages", `${locale}.json`), "utf8"))).map(plain),
  );
  const bold = [...readFileSync(join(root, path), "utf8").matchAll(/\*\*(.+?)\*\*/g)].map(
    ([, word = ""]) => word,
  );
  expect(bold.length).toBeGreaterThan(5);
  expect(bold.filter((word) => !said.has(word))).toEqual([]);
});
