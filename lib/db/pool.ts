import "server-only";
import { env } from "#lib/env.ts";
import { type Database, openDatabase } from "./client.ts";

const key = Symbol.for("storedesk.database");
type Holder = { [key]?: Database };

/** The process's one pool, however often Next loads this module. */
export function appDatabase(): Database {
  const holder = globalThis as Holder;
  holder[key] ??= openDatabase(env().DATABASE_URL);
  return holder[key];
}
