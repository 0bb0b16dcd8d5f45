import "server-only";
import { asc, inArray } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { store } from "#lib/db/schema.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";

/** The stores somebody works in, by code; for the auditor all. */
export async function listOwnStores({ db }: Database, { storeIds }: CurrentStaff) {
  if (storeIds.length === 0) return [];
  return db
    .select({ storeId: store.id, name: store.name, timeZone: store.timeZone })
    .from(store)
    .where(inArray(store.id, [...storeIds]))
    .orderBy(asc(store.code));
}
