import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (path: string) => JSON.parse(readFileSync(path, "utf8"));
const lock: Record<string, { version?: string; integrity?: string; optional?: boolean; link?: boolean }> =
  read("package-lock.json").packages;

/** The first versions without the holes that are known (security.md 6). */
const floors: Readonly<Record<string, string>> = {
  next: "16.3.3",
  react: "19.2.6",
  "react-dom": "19.2.6",
  "next-auth": "4.24.15",
  "drizzle-orm": "0.45.2",
  pg: "8.16.0",
};

function isAtLeast(version: string, floor: string): boolean {
  const [have, want] = [version, floor].map((text) => text.split(/[.-]/).map(Number));
  const differs = want?.findIndex((part, place) => part !== have?.[place]) ?? -1;
  return differs === -1 || Number(have?.[differs]) > Number(want?.[differs]);
}

test.each(Object.entries(floors))(
  "T21: %s is %s or newer, in the lock file and as installed",
  (name, floor) => {
    for (const version of [
      lock[`node_modules/${name}`]?.version,
      read(`node_modules/${name}/package.json`).version,
    ])
      expect(isAtLeast(version, floor), `${name} ${version}`).toBe(true);
  },
);

test("a version is compared by its numbers", () => {
  expect(isAtLeast("16.10.0", "16.3.3")).toBe(true);
  expect(isAtLeast("16.3.3", "16.3.3")).toBe(true);
  expect(isAtLeast("16.3.2", "16.3.3")).toBe(false);
  expect(isAtLeast("4.24.15", "16.3.3")).toBe(false);
});

test("T21: every package that is there on all machines is held to its content by a hash", () => {
  const bought = Object.entries(lock).filter(([at, { link, optional }]) => at !== "" && !link && !optional);
  expect(bought.length).toBeGreaterThan(100);
  expect(bought.flatMap(([at, { integrity }]) => (integrity?.startsWith("sha512-") ? [] : [at]))).toEqual([]);
});
