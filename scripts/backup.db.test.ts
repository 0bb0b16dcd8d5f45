import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { appendAudit } from "#lib/db/audit.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { anyLine } from "#test/audit-line.ts";
import { freshDatabase } from "#test/database.ts";
import { makeShop } from "#test/shop.ts";

const here = freshDatabase();
const folder = mkdtempSync(join(tmpdir(), "storedesk-keep-"));
const backups = join(folder, "backups");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  await makeShop(here.database);
  await withTx(here.database, (tx) => appendAudit(tx, anyLine()));
});

/** What the command says, and its exit code. */
function run(script: "backup" | "restore", place: string, variables: Record<string, string> = {}) {
  const flags = ["--conditions=react-server", "--import", "./scripts/process/quick-imports.mjs"];
  const env = {
    ...{ ...process.env, STOREDESK_DATA: join(folder, "data"), STOREDESK_ENVIRONMENT: "production" },
    ...{ DATABASE_URL: here.url, ...variables },
  };
  return new Promise<{ code: number | null; said: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [...flags, `scripts/${script}.ts`, place],
      { env },
      (_, out, err) => resolve({ code: child.exitCode, said: `${out}${err}` }),
    );
  });
}

test("a backup of one database is restored into the embedded one of a new machine, and backed up from there", async () => {
  mkdirSync(backups);
  const kept = await run("backup", backups);
  expect(kept).toMatchObject({ code: 0, said: expect.stringContaining("the audit up to line 1.") });
  expect(kept.said).toContain("keep the key elsewhere");
  const [name = ""] = readdirSync(backups);
  const file = join(backups, name);
  expect(statSync(file).mode & 0o777).toBe(0o600);

  const restored = await run("restore", file, { DATABASE_URL: "" });
  expect(restored).toMatchObject({ code: 0, said: expect.stringContaining("Sending is off.") });
  expect(restored.said).toContain("Then two people, one of them an owner, switch sending on");
  const head = () => JSON.parse(readFileSync(join(folder, "data", "audit-head.json"), "utf8"));
  expect(head()).toMatchObject({ epoch: "A", seq: 3 });

  const again = join(folder, "again.backup");
  expect((await run("backup", again, { DATABASE_URL: "" })).said).toContain("the audit up to line 3.");
  expect(await run("backup", again)).toMatchObject({
    code: 1,
    said: expect.stringContaining("overwrites nothing"),
  });
  const full = await run("restore", again, { DATABASE_URL: "" });
  expect(full).toMatchObject({ code: 1, said: expect.stringContaining('"storedesk" is not empty') });
  // Five programs, three of them with a database to start: a minute is short on a machine that does other things too.
}, 240_000);

test("each wrong thing is one sentence and exit code 1", async () => {
  const [name = ""] = readdirSync(backups);
  const file = join(backups, name);
  const wrong = join(folder, "wrong.backup");
  writeFileSync(wrong, readFileSync(file).subarray(0, 700));
  const another = { STOREDESK_MASTER_KEY: Buffer.alloc(32, 8).toString("base64") };
  const answers = [
    await run("restore", ""),
    await run("restore", wrong),
    await run("restore", file, another),
    await run("restore", file, { DATABASE_URL: "postgres://nobody@127.0.0.1:1/nothing" }),
    await run("backup", join(folder, "none"), { DATABASE_URL: "", STOREDESK_DATA: join(folder, "nothing") }),
  ];
  expect(answers.map(({ code, said }) => [code, said.trim().split("\n").length])).toEqual(
    answers.map(() => [1, 1]),
  );
  expect(answers.map(({ said }) => said)).toEqual([
    expect.stringContaining("Which file?"),
    expect.stringContaining("is damaged"),
    expect.stringContaining("was made under another STOREDESK_MASTER_KEY"),
    expect.stringContaining("DATABASE_URL names a database that cannot be used"),
    expect.stringContaining("There are no books here"),
  ]);
});
