import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findNeedles, needles } from "./client-bundle.mjs";

test("the words that every browser gets name no key and nothing of the books", () => {
  expect(findNeedles("messages")).toEqual([]);
});

test("a key's name planted in a client file is found, and a clean file is not blamed", () => {
  const folder = mkdtempSync(join(tmpdir(), "storedesk-bundle-"));
  try {
    writeFileSync(join(folder, "clean.js"), "console.log('Order number')");
    expect(findNeedles(folder)).toEqual([]);
    for (const needle of needles) {
      writeFileSync(join(folder, "planted.js"), `x="${needle}"`);
      expect(findNeedles(folder)).toContain(`planted.js: ${needle}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
