import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { completed, lackingEntries, platformOf } from "./complete-lock.mjs";

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
  readFileSync("package.json", "utf8"),
);

test("the lock file lacks no platform's package, so npm ci accepts it", () => {
  expect(Object.keys(lackingEntries(lock))).toEqual([]);
});

test("the lock file names no registry", () => {
  expect(Object.keys(lock.packages).filter((at) => lock.packages[at].resolved)).toEqual([]);
});

test("T21: every package we name is pinned to one version, and the lock file holds that version", () => {
  const named: Record<string, string> = { ...dependencies, ...devDependencies, ...optionalDependencies };
  for (const [name, version] of Object.entries(named)) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    expect(lock.packages[`node_modules/${name}`]?.version ?? version, name).toBe(version);
  }
});

test("a package that the registry lacked is added with the platform from its name", () => {
  const packages = {
    "": {},
    "node_modules/tool": {
      version: "1.0.0",
      dev: true,
      resolved: "https://example.invalid/",
      optionalDependencies: { "@tool/darwin-arm64": "1.0.0" },
    },
  };
  const { packages: all } = completed({ packages });
  expect(all["node_modules/@tool/darwin-arm64"]).toEqual({
    version: "1.0.0",
    os: ["darwin"],
    cpu: ["arm64"],
    dev: true,
    optional: true,
  });
  expect(all["node_modules/tool"]?.resolved).toBe(undefined);
  expect(platformOf("@next/swc-linux-x64-musl")).toEqual({ os: ["linux"], cpu: ["x64"], libc: ["musl"] });
  expect(platformOf("oxide-wasm32-wasi")).toEqual({ cpu: ["wasm32"] });
  expect(platformOf("win32-x64-msvc")).toEqual({ os: ["win32"], cpu: ["x64"] });
});
