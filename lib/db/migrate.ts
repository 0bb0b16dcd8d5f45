import "server-only";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pg from "pg";

const MIGRATIONS_LOCK = 7_304_001;
const folder = fileURLToPath(new URL("./migrations", import.meta.url));

/**
 * Brings the database up to this version, one process at a time (advisory lock). Safe to call at every start; where there
 * is nothing to do it does not load the library, which takes longer than everything else in a start.
 */
export async function migrateDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATIONS_LOCK]);
    if (await isUpToDate(client)) return;
    const { drizzle } = await import("drizzle-orm/node-postgres");
    const { migrate } = await import("drizzle-orm/node-postgres/migrator");
    await migrate(drizzle(client), { migrationsFolder: folder });
  } finally {
    await client.end();
  }
}

/** As the library decides it: the newest migration it wrote down is not older than the newest one here. */
async function isUpToDate(client: pg.Client): Promise<boolean> {
  const { rows: books } = await client.query("select to_regclass('drizzle.__drizzle_migrations') as name");
  if (books[0]?.name === null) return false;
  const { rows } = await client.query(
    "select max(created_at)::text as newest from drizzle.__drizzle_migrations",
  );
  const journal: { entries: { when: number }[] } = JSON.parse(
    readFileSync(`${folder}/meta/_journal.json`, "utf8"),
  );
  return Number(rows[0]?.newest ?? 0) >= Math.max(...journal.entries.map(({ when }) => when));
}
