import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import { type Database, openDatabase } from "#lib/db/client.ts";

/** Each plans everything anew. More callers wait in line: as long as a busy machine needs, not as long as a person would. */
const poolMax = 6;
const patienceMs = 60_000;

const isTemplateBusy = (error: unknown) =>
  error instanceof Error && "code" in error && error.code === "55006";

/** Somebody else (autovacuum, a copy under way) may be in the template for a moment: then it is tried again. */
async function copyTemplate(copy: () => Promise<void>): Promise<void> {
  for (let left = 10; ; left -= 1) {
    try {
      return await copy();
    } catch (error) {
      if (left === 0 || !isTemplateBusy(error)) throw error;
    }
  }
}

/** A fresh, migrated database for one test file. It goes with its server: to drop it would take longer than to make it. */
export function freshDatabase(): { readonly database: Database; readonly url: string } {
  const name = `t_${randomBytes(6).toString("hex")}`;
  const admin = inject("postgresUrl");
  const url = Object.assign(new URL(admin), { pathname: `/${name}` }).toString();
  const held: { database?: Database } = {};
  const asAdmin = async (statement: string) => {
    const client = new pg.Client({
      connectionString: Object.assign(new URL(admin), { pathname: "/postgres" }).toString(),
    });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  beforeAll(async () => {
    await copyTemplate(() => asAdmin(`create database ${name} template storedesk strategy file_copy`));
    held.database = openDatabase(url, poolMax);
    held.database.pool.options.connectionTimeoutMillis = patienceMs;
  });
  afterAll(() => held.database?.pool.end());
  return {
    url,
    get database() {
      if (!held.database) throw new Error("the database is there once the tests run");
      return held.database;
    },
  };
}
