import { existsSync, globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const paper = readFileSync("docs/security.md", "utf8");
const rows = paper.split("\n").filter((line) => /^\| T\d+ /.test(line));
const numberOf = (row: string) => Number(/^\| T(\d+) /.exec(row)?.[1]);
type Named = { readonly file: string; readonly name: string };
const namedIn = (text: string): Named[] =>
  [...text.matchAll(/`([^`]+)` "([^"]+)"/g)].map(([, file = "", name = ""]) => ({ file, name }));
const testFiles = globSync("{app,components,lib,scripts,test,e2e}/**/*.{test,spec}.{ts,tsx}");

test("each of the threats T1 to T22 has one row with what stands against it", () => {
  expect(rows.map(numberOf)).toEqual(Array.from({ length: 22 }, (_, index) => index + 1));
  for (const row of rows) expect(row.split("|")[2]?.trim()).toMatch(/\w/);
});

test("every file that the paper names exists, and every test it quotes stands in its file", () => {
  const paths = [...paper.matchAll(/`((?:[\w.[\]()-]+\/)+[\w.[\]-]+|\w+\.(?:ts|js|json))`/g)].map(
    ([, path = ""]) => path,
  );
  expect(paths.length).toBeGreaterThan(40);
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  const missing = namedIn(paper).filter(
    ({ file, name }) => !testFiles.includes(file) || !readFileSync(file, "utf8").includes(`"${name}"`),
  );
  expect(missing).toEqual([]);
});

test("every test named after a threat stands in that threat's row", () => {
  const written = testFiles.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/"(T(\d+)[,:] [^"]+)"/g)].map(([, name = "", number]) => ({
      file,
      name,
      number: Number(number),
    })),
  );
  expect(written.length).toBeGreaterThan(20);
  const unlisted = written.filter(({ file, name, number }) => {
    const row = rows.find((one) => numberOf(one) === number) ?? "";
    return !namedIn(row).some((one) => one.file === file && one.name === name);
  });
  expect(unlisted).toEqual([]);
});

test("every item of ASVS 5.0 that the paper lists stands once, with a test or the words that it is not covered", () => {
  const part = paper.slice(paper.indexOf("## ASVS 5.0"), paper.indexOf("## What the vendors"));
  const listed = part.split("\n").filter((line) => /^\| \d+\.\d+\.\d+/.test(line));
  const items = listed.flatMap(
    (line) =>
      line
        .split("|")[1]
        ?.split(",")
        .map((item) => item.trim()) ?? [],
  );
  expect(items.length).toBeGreaterThanOrEqual(140);
  expect(new Set(items).size).toBe(items.length);
  const bare = listed.filter((line) => namedIn(line).length === 0 && !/\| not covered/.test(line));
  expect(bare).toEqual([]);
});
