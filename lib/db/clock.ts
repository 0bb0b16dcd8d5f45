import "server-only";
import { type SQL, sql } from "drizzle-orm";

/** The moment `ms` from now by the database's clock, the only clock that decides (money paper 2.8). */
export function afterMs(ms: number): SQL {
  return sql`clock_timestamp() + make_interval(secs => ${ms}::int / 1000.0)`;
}
