import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keptSecret, readSettings } from "./settings.mjs";

const key = Buffer.alloc(32, 7).toString("base64");
const read = (variables: Record<string, string>) =>
  readSettings({ ...variables } as NodeJS.ProcessEnv, "/shop");

test("nothing set means the demo shop on loopback, port 3000, data in .data", () => {
  expect(read({})).toEqual({
    port: 3000,
    host: "127.0.0.1",
    databaseUrl: null,
    isDemo: true,
    isDrill: false,
    url: "http://localhost:3000",
    masterKey: null,
    data: "/shop/.data",
    scan2payPort: 4010,
    ksherPort: 4020,
  });
});

test("a database of one's own or NODE_ENV=production turns the demo off, unless it is asked for", () => {
  const own = { DATABASE_URL: "postgres://me@db/desk", STOREDESK_MASTER_KEY: key };
  expect(read(own)).toMatchObject({ isDemo: false, host: "0.0.0.0" });
  expect(read({ NODE_ENV: "production", STOREDESK_MASTER_KEY: key }).isDemo).toBe(false);
  expect(read({ ...own, STOREDESK_DEMO: "1" })).toMatchObject({ isDemo: true, host: "127.0.0.1" });
});

test("a drill has a folder and ports of its own beside a desk's, and is a demo whatever database it gets", () => {
  const drill = read({ STOREDESK_DRILL: "1" });
  expect(drill).toEqual({
    ...{ port: 3100, host: "127.0.0.1", databaseUrl: null, isDemo: true, isDrill: true, masterKey: null },
    ...{ url: "http://localhost:3100", data: "/shop/.data-drill", scan2payPort: 4110, ksherPort: 4120 },
  });
  const desk = read({});
  for (const name of ["port", "url", "data", "scan2payPort", "ksherPort"] as const)
    expect(drill[name]).not.toBe(desk[name]);
  const own = { STOREDESK_DRILL: "1", DATABASE_URL: "postgres://me@db/drill", NODE_ENV: "production" };
  expect(read(own)).toMatchObject({ isDemo: true, isDrill: true, host: "127.0.0.1" });
});

test.each([
  [{ STOREDESK_DRILL: "yes" }, "STOREDESK_DRILL must be"],
  [{ STOREDESK_DRILL: "1", STOREDESK_DEMO: "0" }, "STOREDESK_DRILL is for a demo"],
  [{ STOREDESK_DRILL: "1", STOREDESK_ENVIRONMENT: "production" }, "STOREDESK_DRILL is for a demo"],
  [{ PORT: "http" }, "PORT must be"],
  [{ PORT: "0" }, "PORT must be"],
  [{ PORT: "65536" }, "PORT must be"],
  [{ SCAN2PAY_SIMULATOR_PORT: "-1" }, "SCAN2PAY_SIMULATOR_PORT must be"],
  [{ KSHER_SIMULATOR_PORT: "4020.5" }, "KSHER_SIMULATOR_PORT must be"],
  [{ PORT: "4010" }, "three different ports"],
  [{ DATABASE_URL: "mysql://db/desk" }, "DATABASE_URL must be"],
  [{ DATABASE_URL: "db" }, "DATABASE_URL must be"],
  [{ STOREDESK_DEMO: "yes" }, "STOREDESK_DEMO must be"],
  [{ STOREDESK_DEMO: "0" }, "STOREDESK_MASTER_KEY is missing"],
  [{ STOREDESK_MASTER_KEY_OLD: "short" }, "STOREDESK_MASTER_KEY_OLD must be"],
  [{ STOREDESK_MASTER_KEY: "short" }, "STOREDESK_MASTER_KEY must be"],
  [{ STOREDESK_MASTER_KEY: `${key}!` }, "STOREDESK_MASTER_KEY must be"],
  [{ STOREDESK_URL: "desk.example.com" }, "STOREDESK_URL must be"],
  [{ STOREDESK_URL: "https://desk.example.com/path" }, "STOREDESK_URL must be"],
])("a wrong variable is answered with one sentence that names it: %o", (variables, sentence) => {
  expect(() => read(variables)).toThrow(sentence);
});

test("a wrong secret is not repeated in the sentence", () => {
  expect(() => read({ STOREDESK_MASTER_KEY: "my-secret" })).not.toThrow("my-secret");
  expect(() => read({ DATABASE_URL: "mysql://me:my-secret@db" })).not.toThrow("my-secret");
});

test("a secret is made once, stays, and is readable by its owner only", () => {
  const folder = mkdtempSync(join(tmpdir(), "storedesk-secret-"));
  try {
    const made = keptSecret(folder, "master-key", 32);
    expect(Buffer.from(made, "base64")).toHaveLength(32);
    expect(keptSecret(folder, "master-key", 32)).toBe(made);
    expect(statSync(join(folder, "master-key")).mode & 0o777).toBe(0o600);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
