import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { hashSources, makeStamped, readStamp } from "./stamp.mjs";

const root = mkdtempSync(join(tmpdir(), "storedesk-stamp-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const hash = () =>
  hashSources(root, { folders: ["app"], files: ["settings.json", "missing.json"], leaveOut: /\.test\.ts$/ });

test("a changed, renamed or new source makes the stamp stale, a test does not", () => {
  mkdirSync(join(root, "app", "deep"), { recursive: true });
  writeFileSync(join(root, "app", "deep", "page.tsx"), "1");
  writeFileSync(join(root, "settings.json"), "{}");
  const seen = new Set([hash()]);
  writeFileSync(join(root, "app", "deep", "page.test.ts"), "left out");
  expect(seen).toContain(hash());
  const changes = [
    () => writeFileSync(join(root, "app", "deep", "page.tsx"), "2"),
    () => renameSync(join(root, "app", "deep", "page.tsx"), join(root, "app", "page.tsx")),
    () => writeFileSync(join(root, "app", "new.ts"), ""),
    () => writeFileSync(join(root, "settings.json"), "{ }"),
  ];
  for (const change of changes) {
    change();
    expect(seen).not.toContain(hash());
    seen.add(hash());
  }
});

test("what was left half made is never believed", async () => {
  const stamp = join(root, "stamp");
  await makeStamped(stamp, "whole", async () => {});
  expect(readStamp(stamp)).toBe("whole");
  const killed = makeStamped(stamp, "whole", () => Promise.reject(new Error("killed")));
  await expect(killed).rejects.toThrow("killed");
  expect(readStamp(stamp)).toBe("");
});
