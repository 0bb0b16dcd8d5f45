import "server-only";
import type { Database } from "#lib/db/client.ts";
import { log } from "#lib/log.ts";
import { metrics } from "#lib/metrics.ts";
import { readFigures } from "./read-figures.ts";
import { readiness } from "./readiness.ts";

/** Brings what is measured up to now. Books that cannot be read do not hide what the process knows of itself; never throws. */
export async function refreshMetrics(database: Database): Promise<void> {
  const { pool, booksRead } = metrics();
  pool.set({ state: "all" }, database.pool.totalCount);
  pool.set({ state: "idle" }, database.pool.idleCount);
  pool.set({ state: "waiting" }, database.pool.waitingCount);
  await readiness(database);
  booksRead.set(1);
  await readFigures(database.db).catch((error: unknown) => {
    booksRead.set(0);
    log.warn({ error: String(error) }, "the figures of the books could not be read");
  });
}

/** Everything measured, as Prometheus reads it. */
export async function exposeMetrics(database: Database): Promise<{ text: string; contentType: string }> {
  await refreshMetrics(database);
  const { registry } = metrics();
  return { text: await registry.metrics(), contentType: registry.contentType };
}
