import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { sql } from "drizzle-orm";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { anyLine } from "#test/audit-line.ts";
import { freshDatabase } from "#test/database.ts";
import { makeShop, makeStaff } from "#test/shop.ts";
import { appendAudit, verifyAudit } from "../audit.ts";
import { type Database, openDatabase } from "../client.ts";
import { ownRing } from "../keys/master-key.ts";
import { knownMigrations, migrateInside } from "../migrate.ts";
import { withTx } from "../with-tx.ts";
import { checkBackup } from "./check-backup.ts";
import { sealOf } from "./format.ts";
import { loadBackup } from "./load-backup.ts";
import { tablesOf } from "./tables.ts";
import { writeBackup } from "./write-backup.ts";

const here = freshDatabase();
const folder = mkdtempSync(join(tmpdir(), "storedesk-backup-"));
const file = join(folder, "books.backup");
const made: { name: string; database: Database }[] = [];

async function asAdmin(statement: string): Promise<void> {
  const url = Object.assign(new URL(inject("postgresUrl")), { pathname: "/postgres" }).toString();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

async function emptyDatabase(): Promise<Database> {
  const name = `t_${randomBytes(6).toString("hex")}`;
  await asAdmin(`create database ${name}`);
  const database = openDatabase(Object.assign(new URL(here.url), { pathname: `/${name}` }).toString(), 2);
  made.push({ name, database });
  return database;
}

const append = () =>
  withTx(here.database, (tx) => appendAudit(tx, anyLine({ facts: { orderNo: "a\tb\\.\n信義店 ก" } })));

beforeAll(async () => {
  const shop = await makeShop(here.database, { isFullRefundOnly: false });
  await makeStaff(here.database, shop.shop.id, "cashier");
  await here.database.db.execute(sql`update store set name = ${'\\. "\n\\.\t信義店\\N'}`);
  await here.database.db.execute(sql`select nextval('request_no_seq'), nextval('request_no_seq')`);
  for (let n = 0; n < 20; n += 1) await append();
  await writeBackup(here.database, file);
});
afterAll(async () => {
  for (const { name, database } of made) {
    await database.pool.end();
    await asAdmin(`drop database ${name} with (force)`);
  }
  rmSync(folder, { recursive: true, force: true });
});

const load = async (database: Database, path = file) => {
  const backup = await checkBackup(path);
  await withTx(database, (_, client) => loadBackup(client, path, backup));
};

/** Everything a table holds, as one sum. */
async function contents({ pool }: Database): Promise<Record<string, string>> {
  const client = await pool.connect();
  const sums: Record<string, string> = {};
  for (const { table } of await tablesOf(client)) {
    const { rows } = await client.query(`select t::text as row from ${table} t order by 1`);
    sums[table] = createHash("md5").update(JSON.stringify(rows)).digest("hex");
  }
  client.release();
  return sums;
}

/** What a schema consists of: columns, keys and checks, indexes, triggers and whether they fire, counters. */
async function shape({ pool }: Database): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(`
    select concat_ws(' ', 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull) as line
      from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and a.attnum > 0 and c.relkind = 'r'
    union all select concat_ws(' ', 'rule', conrelid::regclass, conname, pg_get_constraintdef(oid))
      from pg_constraint where connamespace = 'public'::regnamespace
    union all select concat_ws(' ', 'index', indexdef) from pg_indexes where schemaname = 'public'
    union all select concat_ws(' ', 'trigger', tgenabled::text, pg_get_triggerdef(oid)) from pg_trigger where not tgisinternal
    union all select concat_ws(' ', 'counter', sequencename, last_value) from pg_sequences where schemaname = 'public'
    union all select concat_ws(' ', 'migration', created_at, hash) from drizzle.__drizzle_migrations
    order by 1`);
  return rows.map(({ line }) => line);
}

test("a backup is loaded as it was written: every table, every guard awake again, every counter", async () => {
  const restored = await emptyDatabase();
  await load(restored);
  expect(await contents(restored)).toEqual(await contents(here.database));
  expect(await shape(restored)).toEqual(await shape(here.database));
  expect((await shape(restored)).filter((line) => line.startsWith("trigger O")).length).toBeGreaterThan(15);
  expect(await verifyAudit(restored)).toEqual({ isWhole: true, lines: 20 });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const { rows } = await here.database.pool.query(
    "select count(*)::int as count from pg_tables where schemaname = 'public'",
  );
  const { manifest } = await checkBackup(file);
  expect(Object.keys(manifest.rows).length).toBe(rows[0].count - 3);
});

test("no gateway secret and nobody's session leaves in a backup", async () => {
  const text = gunzipSync(readFileSync(file)).toString();
  expect(text).not.toMatch(/"table":"(app_session|step_up|head_copy)"/);
  expect(text).not.toContain("tradeKey");
});

test("while people go on working, a backup is the books of one moment", async () => {
  let isOver = false;
  let count = 0;
  const people = (async () => {
    for (; !isOver; count += 1) await append();
  })();
  const busy = join(folder, "busy.backup");
  await expect.poll(() => count).toBeGreaterThan(2);
  const { audit } = await writeBackup(here.database, busy);
  isOver = true;
  await people;
  const restored = await emptyDatabase();
  await load(restored, busy);
  expect(audit.seq).toBeGreaterThan(20);
  expect(await verifyAudit(restored, audit)).toEqual({ isWhole: true, lines: audit.seq });
});

test("a file that lost its end or has one other byte is refused before anything is touched", async () => {
  const bytes = readFileSync(file);
  const wrong = join(folder, "wrong.backup");
  for (let place = 0; place < 40; place += 1) {
    const at = Math.floor((bytes.length * place) / 40);
    writeFileSync(wrong, bytes.subarray(0, at));
    await expect(checkBackup(wrong), `cut at ${at}`).rejects.toThrow(/is damaged|is not a backup/);
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] ?? 0) ^ 0x10;
    writeFileSync(wrong, flipped);
    // Some bits of gzip's own header say nothing (its time, the system it was made on).
    if (at >= 10) await expect(checkBackup(wrong), `flipped at ${at}`).rejects.toThrow(/is damaged/);
  }
});

test("content that was changed and packed again is found by its sum; with a new sum, by the seal", async () => {
  const lines = gunzipSync(readFileSync(file)).toString().split("\n");
  const wrong = join(folder, "wrong.backup");
  const pack = (text: string) => writeFileSync(wrong, gzipSync(text));
  const body = `${lines.slice(0, -2).join("\n")}\n`.replace("look-up-order", "look-up-ordeR");
  pack(`${body}${lines.at(-2)}\n`);
  await expect(checkBackup(wrong)).rejects.toThrow("does not add up");
  const sha256 = createHash("sha256").update(body).digest("hex");
  pack(`${body}${JSON.stringify({ sha256, seal: "0".repeat(64) })}\n`);
  await expect(checkBackup(wrong)).rejects.toThrow("its seal is broken");
  pack(`${body}${JSON.stringify({ sha256, seal: sealOf(ownRing().main, sha256) })}\n`);
  await expect(checkBackup(wrong)).resolves.toMatchObject({ header: { audit: { seq: 20 } } });
});

test("what is no backup, or one of a newer version, is told so", async () => {
  const wrong = join(folder, "wrong.backup");
  const text = gunzipSync(readFileSync(file)).toString();
  writeFileSync(wrong, "hello");
  await expect(checkBackup(wrong)).rejects.toThrow("is not a backup of Storedesk");
  writeFileSync(wrong, gzipSync("hello\n"));
  await expect(checkBackup(wrong)).rejects.toThrow("is not a backup of Storedesk");
  writeFileSync(wrong, gzipSync(text.replace('"storedeskBackup":1', '"storedeskBackup":2')));
  await expect(checkBackup(wrong)).rejects.toThrow("was made by a newer Storedesk");
  writeFileSync(wrong, gzipSync(text.replace(/"keyMark":"\w+"/, '"keyMark":"0123456789abcdef"')));
  await expect(checkBackup(wrong)).rejects.toThrow("under another STOREDESK_MASTER_KEY");
  await expect(checkBackup(join(folder, "none"))).rejects.toThrow("cannot be read");
  const body = text.slice(0, text.lastIndexOf('{"sha256"')).replace(/"when":\d+/, '"when":9795503500644');
  const sha256 = createHash("sha256").update(body).digest("hex");
  writeFileSync(
    wrong,
    gzipSync(`${body}${JSON.stringify({ sha256, seal: sealOf(ownRing().main, sha256) })}\n`),
  );
  await expect(checkBackup(wrong)).rejects.toThrow("install that version, then restore");
});

test("a backup of an older version comes up to date on the way in", async () => {
  const old = await emptyDatabase();
  const last = knownMigrations().at(-4)?.when ?? 0;
  await withTx(old, (_, client) => migrateInside(client, last));
  await old.pool.query(
    "insert into store (code, name, time_zone, currency) values ('1', 'old', 'UTC', 'TWD')",
  );
  const path = join(folder, "old.backup");
  await writeBackup(old, path);
  const restored = await emptyDatabase();
  await load(restored, path);
  const rules = async (of: Database) => (await shape(of)).filter((line) => !line.startsWith("counter"));
  expect(await rules(restored)).toEqual(await rules(here.database));
  expect((await restored.pool.query("select name from store")).rows).toEqual([{ name: "old" }]);
});

test("a database that holds anything is left alone, and a load that fails leaves nothing", async () => {
  const database = await emptyDatabase();
  await database.pool.query("create table guest_book (line text)");
  await expect(load(database)).rejects.toThrow("is not empty, and a restore overwrites nothing");
  await database.pool.query("drop table guest_book");
  const backup = await checkBackup(file);
  const more = { ...backup.manifest, rows: { ...backup.manifest.rows, store: 7 } };
  await expect(
    withTx(database, (_, client) => loadBackup(client, file, { ...backup, manifest: more })),
  ).rejects.toThrow("store has other rows");
  await load(database);
  await expect(load(database)).rejects.toThrow("is not empty");
  expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
});
