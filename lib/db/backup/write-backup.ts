import "server-only";
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { env } from "#lib/env.ts";
import type { Database } from "../client.ts";
import { ownRing } from "../keys/master-key.ts";
import { knownMigrations } from "../migrate.ts";
import { withTx } from "../with-tx.ts";
import {
  type BackupHeader,
  type BackupManifest,
  endOfRows,
  formatNo,
  keyMark,
  sealOf,
  WrongBackup,
} from "./format.ts";
import { plainText, sequencesOf, tablesOf } from "./tables.ts";

/**
 * Writes all books into one new file (mode 0600) as they were at one moment, while everybody goes on working: one REPEATABLE
 * READ transaction, each table by COPY. The file appears whole or not at all. Gateway secrets stay sealed by the master key,
 * which is not in it. Throws WrongBackup when the books are of a newer version than this program.
 */
export async function writeBackup(
  database: Database,
  path: string,
): Promise<BackupHeader & { readonly rows: BackupManifest["rows"] }> {
  return withTx(database, async (_, client) => {
    await client.query("set transaction isolation level repeatable read, read only");
    await client.query(plainText);
    const header = await headerOf(client);
    const rows: BackupManifest["rows"] = {};
    const draft = `${path}.${process.pid}.part`;
    try {
      await pipeline(
        Readable.from(bytesOf(client, header, rows)),
        createGzip(),
        createWriteStream(draft, { mode: 0o600, flags: "wx", flush: true }),
      );
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    return { ...header, rows };
  });
}

async function headerOf(client: pg.ClientBase): Promise<BackupHeader> {
  const { rows } = await client.query<{ at: Date; when: number; seq: number; hash: string }>(
    `select clock_timestamp() as at, (select max(created_at) from drizzle.__drizzle_migrations) as when, seq, hash
       from audit_head where id = 1`,
  );
  const [books] = rows;
  const migration = knownMigrations().find(({ when }) => when === books?.when);
  if (!books || !migration)
    throw new WrongBackup(
      "The books are of another version than this program: use the one that serves them.",
    );
  return {
    storedeskBackup: formatNo,
    madeAt: books.at.toISOString(),
    environment: env().STOREDESK_ENVIRONMENT,
    keyMark: keyMark(ownRing().main),
    migration,
    audit: { seq: books.seq, hash: books.hash },
  };
}

/** The file before it is packed. `rows` is filled with how many rows each table has. */
async function* bytesOf(
  client: pg.ClientBase,
  header: BackupHeader,
  rows: BackupManifest["rows"],
): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  const summed = (bytes: Buffer) => {
    hash.update(bytes);
    return bytes;
  };
  const line = (value: object) => Buffer.from(`${JSON.stringify(value)}\n`);
  yield summed(line(header));
  for (const { table, columns } of await tablesOf(client)) {
    yield summed(line({ table, columns }));
    const names = columns.map((name) => pg.escapeIdentifier(name)).join(", ");
    const copy = client.query(copyTo(`copy (select ${names} from ${pg.escapeIdentifier(table)}) to stdout`));
    for await (const bytes of copy) yield summed(bytes);
    rows[table] = copy.rowCount;
    yield summed(endOfRows);
  }
  yield summed(line({ rows, sequences: await sequencesOf(client) }));
  const sha256 = hash.digest("hex");
  yield line({ sha256, seal: sealOf(ownRing().main, sha256) });
}
