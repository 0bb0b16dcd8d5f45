import "server-only";
import type { Database } from "#lib/db/client.ts";
import { newestMigrationMs } from "#lib/db/newest-migration.ts";
import { metrics } from "#lib/metrics.ts";

/** Why a process takes no requests now. */
export type NotReady = "stopping" | "books-away" | "migrating";

const key = Symbol.for("storedesk.stopping");
type Holder = { [key]?: boolean };

/** From now on this process says that it takes no new requests. */
export function sayStopping(): void {
  (globalThis as Holder)[key] = true;
}

/** Whether requests may be sent here: not while this process stops, the books are away, or older than this version. */
export async function readiness({ pool }: Database): Promise<"ready" | NotReady> {
  const word = (globalThis as Holder)[key] ? "stopping" : await askBooks(pool);
  metrics().ready.set(Number(word === "ready"));
  return word;
}

async function askBooks(pool: Database["pool"]): Promise<"ready" | NotReady> {
  try {
    const { rows } = await pool.query(
      "select max(created_at)::text as newest from drizzle.__drizzle_migrations",
    );
    return Number(rows[0]?.newest ?? 0) >= newestMigrationMs ? "ready" : "migrating";
  } catch (error) {
    // No such table: the first migration has not run.
    return error instanceof Error && "code" in error && error.code === "42P01" ? "migrating" : "books-away";
  }
}
