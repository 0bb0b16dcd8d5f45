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

/** The tour of five minutes in each language; the English one is a part of the README. */
const tours = { en: "README.md", "zh-TW": "docs/tour.zh-TW.md", th: "docs/tour.th.md" };
const read = (path: string) => readFileSync(join(root, path), "utf8");
const textOf = (path: string) =>
  path === tours.en ? (/## A tour of five minutes\n([\s\S]*?)\n## /.exec(read(path))?.[1] ?? "") : read(path);
const localeOf = (path: string) => (path === tours.en ? "en" : (/\.([\w-]+)\.md$/.exec(path)?.[1] ?? ""));
const papers = [...guides, ...Object.values(tours)];

test.each(papers)("every word in bold in %s stands on the screen", (path) => {
  const said = new Set(textsOf(JSON.parse(read(`messages/${localeOf(path)}.json`))).map(plain));
  const bold = [...textOf(path).matchAll(/\*\*(.+?)\*\*/g)].map(([, word = ""]) => word);
  expect(bold.length).toBeGreaterThan(5);
  expect(bold.filter((word) => !said.has(word))).toEqual([]);
});

test("each tour shows the same steps in pictures of its own language, and README the one of its first step above", () => {
  const shown = (text: string) =>
    [...text.matchAll(/\(([\w/]*screenshots\/[\w.-]+\.webp)\)/g)].map(([, path = ""]) => path);
  const pictures = globSync("docs/screenshots/*.webp", { cwd: root });
  for (const locale of locales) {
    const paths = shown(locale === "en" ? read(tours.en) : textOf(tours[locale]));
    const inDocs = paths.map((path) => (locale === "en" ? path : `docs/${path}`));
    expect(inDocs.filter((path) => !pictures.includes(path))).toEqual([]);
    for (const view of ["order-paid", "refund-form", "approval", "order-refunded", "audit-order"])
      expect(inDocs).toContain(`docs/screenshots/${view}.${locale}.light.desktop.webp`);
  }
  const used = locales
    .flatMap((locale) => shown(read(tours[locale])))
    .map((path) => path.replace("docs/", ""));
  expect(pictures.filter((path) => !used.includes(path.replace("docs/", "")))).toEqual([]);
});
