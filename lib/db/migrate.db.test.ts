import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { knownMigrations, migrateDatabase } from "./migrate.ts";

const name = `m_${crypto.randomUUID().slice(0, 8)}`;
const url = Object.assign(new URL(inject("postgresUrl")), { pathname: `/${name}` }).toString();
const admin = new pg.Client({ connectionString: inject("postgresUrl") });

beforeAll(async () => {
  await admin.connect();
  await admin.query(`create database ${name} template template0`);
});
afterAll(() => admin.end());

const asked = async <Row extends pg.QueryResultRow>(question: string) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Row>(question).finally(() => client.end());
  return rows;
};

test("three processes that start on an empty database bring it up to now once, and one later finds nothing to do", async () => {
  await Promise.all([migrateDatabase(url), migrateDatabase(url), migrateDatabase(url)]);
  const written = () =>
    asked<{ made: string }>("select created_at::text as made from drizzle.__drizzle_migrations order by id");
  const once = knownMigrations().map(({ when }) => ({ made: String(when) }));
  expect(await written()).toEqual(once);
  await migrateDatabase(url);
  expect(await written()).toEqual(once);
});

test("who migrates waits for a migration under way, and then finds it done", async () => {
  await asked(
    "delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)",
  );
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  await other.query("begin");
  await other.query("select pg_advisory_xact_lock(7304001)");
  const second = migrateDatabase(url);
  const waiting = () =>
    asked<{ n: number }>(
      `select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`,
    );
  await expect.poll(waiting).toEqual([{ n: 1 }]);
  await other.query(
    `insert into drizzle.__drizzle_migrations (hash, created_at) values ('-', ${knownMigrations().at(-1)?.when})`,
  );
  await other.query("commit");
  await second;
  await other.end();
  const [last] = await asked<{ hash: string }>(
    "select hash from drizzle.__drizzle_migrations order by id desc limit 1",
  );
  expect(last?.hash).toBe("-");
});
