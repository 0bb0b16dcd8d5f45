import "server-only";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { migrateInside } from "../migrate.ts";
import type { CheckedBackup } from "./check-backup.ts";
import { type BackupManifest, type BackupTable, WrongBackup } from "./format.ts";
import { type BackupPart, readBackup } from "./read-backup.ts";
import { plainText } from "./tables.ts";

/**
 * Fills an empty database from a checked backup inside the caller's transaction: the tables of the backup's version, its
 * rows, its counters, then the migrations since. Guards against changed books stand aside while they are copied, keys and
 * checks do not. Throws WrongBackup when the database is not empty or another number of rows arrived.
 */
export async function loadBackup(
  client: pg.ClientBase,
  path: string,
  { header, manifest }: CheckedBackup,
): Promise<void> {
  await client.query(plainText);
  await demandEmpty(client);
  await migrateInside(client, header.migration.when);
  const loaded = await loadTables(client, path);
  const wrong = Object.entries(manifest.rows).find(([table, rows]) => loaded[table] !== rows);
  if (wrong)
    throw new WrongBackup(`${path} changed while it was read: ${wrong[0]} has other rows. Nothing was kept.`);
  await setSequences(client, manifest.sequences);
  await migrateInside(client);
}

async function demandEmpty(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select current_database() as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm', 'S') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' limit 1`,
  );
  if (rows[0])
    throw new WrongBackup(
      `The database "${rows[0].name}" is not empty, and a restore overwrites nothing: give it a new one.`,
    );
}

async function loadTables(client: pg.ClientBase, path: string): Promise<Record<string, number>> {
  const loaded: Record<string, number> = {};
  const parts = readBackup(path);
  for (;;) {
    const { value: part } = await parts.next();
    if (part === undefined) return loaded;
    if (part.kind === "table") loaded[part.table] = await loadTable(client, part, parts);
  }
}

async function loadTable(
  client: pg.ClientBase,
  { table, columns }: BackupTable,
  parts: AsyncGenerator<BackupPart>,
): Promise<number> {
  const name = pg.escapeIdentifier(table);
  // Migrations put rows of their own into some tables; the backup has them as they were.
  await client.query(`alter table ${name} disable trigger user; delete from ${name}`);
  const names = columns.map((column) => pg.escapeIdentifier(column)).join(", ");
  const copy = client.query(copyFrom(`copy ${name} (${names}) from stdin`));
  await pipeline(Readable.from(rowsOf(parts)), copy);
  await client.query(`alter table ${name} enable trigger user`);
  return copy.rowCount;
}

/** The rows up to the table's end. The parts go on after them, so they are not closed here. */
async function* rowsOf(parts: AsyncGenerator<BackupPart>): AsyncGenerator<Buffer> {
  for (;;) {
    const { value: part } = await parts.next();
    if (part?.kind !== "rows") return;
    yield part.bytes;
  }
}

async function setSequences(client: pg.ClientBase, sequences: BackupManifest["sequences"]): Promise<void> {
  for (const [name, last] of Object.entries(sequences))
    if (last !== null)
      await client.query("select setval($1::regclass, $2)", [pg.escapeIdentifier(name), last]);
}
