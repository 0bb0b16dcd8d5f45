import "server-only";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import { log } from "#lib/log.ts";
import { connectionName, ownRing } from "./keys/master-key.ts";
import { prepareStatements } from "./prepared-statements.ts";

/** Typed access over one connection or the pool, by the tables of schema.ts. */
export type Db = NodePgDatabase;

/** A pool and typed access to it. */
export type Database = { readonly pool: pg.Pool; readonly db: Db };

pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`integer beyond 2^53: ${text}`);
  return value;
});

/**
 * Made anew for every transaction. It is not given the tables: only drizzle's relational queries, which nobody here asks, need
 * them, and it goes through all of them each time (0.4 ms).
 */
export const typedAccess = (client: pg.Pool | pg.PoolClient): Db => drizzle(client);

/**
 * Opens a pool. Every limit is set: a stuck statement or lock ends with an error, never with a silent wait. What was opened stays
 * open while nothing is asked: who comes in a rush waits less for a warm connection than for a new one (docs/adr/0034).
 */
export function openDatabase(url: string, poolMax = 10): Database {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: connectionName(ownRing()),
    max: poolMax,
    min: poolMax,
    connectionTimeoutMillis: 5_000,
    maxLifetimeSeconds: 8 * 60 * 60,
    statement_timeout: 15_000,
    lock_timeout: 10_000,
    idle_in_transaction_session_timeout: 30_000,
  });
  pool.on("error", (error) => log.warn({ error: error.message }, "an idle database connection was lost"));
  pool.on("connect", (client) => {
    client.on("error", () => undefined);
    prepareStatements(client);
  });
  return { pool, db: typedAccess(pool) };
}
