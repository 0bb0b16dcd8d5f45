import "server-only";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pg from "pg";

const MIGRATIONS_LOCK = 7_304_001;
const folder = fileURLToPath(new URL("./migrations", import.meta.url));

/**
 * Brings the database up to this version in one transaction, one process at a time. Safe to call at every start; where there is
 * nothing to do it does not load the library, which takes longer than everything else in a start. Nothing belongs to the
 * session: behind a pooler that shares sessions, a lock of the session would outlive this process and shut out the next.
 */
export async function migrateDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    if (await isUpToDate(client)) return;
    await client.query("begin");
    await client.query("set local statement_timeout = 0");
    await migrateInside(client);
    await client.query("commit");
  } finally {
    await client.end();
  }
}

/** The migrations this version knows, oldest first: the instant each was made, in ms, and its name. */
export function knownMigrations(): readonly { readonly when: number; readonly tag: string }[] {
  const journal: { entries: { when: number; tag: string }[] } = JSON.parse(
    readFileSync(`${folder}/meta/_journal.json`, "utf8"),
  );
  return journal.entries.map(({ when, tag }) => ({ when, tag }));
}

/**
 * The same inside the caller's transaction, up to and with the migration of that instant, so that a restore is all or nothing;
 * the books are as if the library had done it. Nobody else migrates until the caller's transaction ends.
 */
export async function migrateInside(
  client: pg.ClientBase,
  untilMs = Number.POSITIVE_INFINITY,
): Promise<void> {
  const { readMigrationFiles } = await import("drizzle-orm/migrator");
  await client.query("select pg_advisory_xact_lock($1)", [MIGRATIONS_LOCK]);
  await client.query(`create schema if not exists drizzle;
    create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`);
  const { rows } = await client.query(
    "select max(created_at)::text as newest from drizzle.__drizzle_migrations",
  );
  for (const { sql, hash, folderMillis } of readMigrationFiles({ migrationsFolder: folder })) {
    if (folderMillis <= Number(rows[0]?.newest ?? 0) || folderMillis > untilMs) continue;
    await client.query(sql.join(";\n"));
    await client.query("insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)", [
      hash,
      folderMillis,
    ]);
  }
}

/** As the library decides it: the newest migration it wrote down is not older than the newest one here. */
async function isUpToDate(client: pg.Client): Promise<boolean> {
  const { rows: books } = await client.query("select to_regclass('drizzle.__drizzle_migrations') as name");
  if (books[0]?.name === null) return false;
  const { rows } = await client.query(
    "select max(created_at)::text as newest from drizzle.__drizzle_migrations",
  );
  return Number(rows[0]?.newest ?? 0) >= Math.max(...knownMigrations().map(({ when }) => when));
}
