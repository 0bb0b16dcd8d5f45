import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { processIdentity } from "./facts.mjs";
import { tryLock } from "./lock.mjs";

let folder = "";
let path = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "storedesk-lock-"));
  path = join(folder, "lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a held lock is refused and says who holds it", () => {
  const first = tryLock(path, "http://localhost:3000");
  expect(tryLock(path).holder).toEqual({
    pid: process.pid,
    identity: processIdentity(process.pid),
    note: "http://localhost:3000",
  });
  first.release?.();
  expect(tryLock(path).holder).toBe(null);
});

test.each([
  ["of a process that is gone", JSON.stringify({ pid: 2 ** 22 + 1, identity: "1", note: "" })],
  [
    "whose pid now belongs to another process",
    JSON.stringify({ pid: process.pid, identity: "long ago", note: "" }),
  ],
  ["cut off in the middle of writing", '{"pid":'],
])("a lock %s is taken over", (_, text) => {
  writeFileSync(path, text);
  expect(tryLock(path).holder).toBe(null);
  expect(JSON.parse(readFileSync(path, "utf8")).pid).toBe(process.pid);
});

test("who was refused cannot release the lock of another", () => {
  writeFileSync(
    path,
    JSON.stringify({ pid: process.ppid, identity: processIdentity(process.ppid), note: "" }),
  );
  expect(tryLock(path).release).toBe(null);
  expect(existsSync(path)).toBe(true);
});
