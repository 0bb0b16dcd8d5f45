import "server-only";
import { and, asc, eq, inArray } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { isDrillBooks } from "#lib/db/drill/is-drill-books.ts";
import { merchantAccount, store } from "#lib/db/schema.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { openPractice, type PracticeLine } from "#lib/gateway/practice-line.ts";
import { gatewayKind } from "#lib/gateway/registry.ts";

/** An account of the drill that somebody may practise with, and the line to its simulator. */
export type PracticeAccount = Pick<
  typeof merchantAccount.$inferSelect,
  "slug" | "storeId" | "currency" | "config" | "gateway"
> & { readonly storeName: string; readonly line: PracticeLine };

/** The accounts of these stores that have a simulator; none in a desk that is no drill. */
export async function practiceAccounts(
  db: Db,
  { storeIds }: Pick<CurrentStaff, "storeIds">,
  slug?: string,
): Promise<readonly PracticeAccount[]> {
  if (storeIds.length === 0 || !(await isDrillBooks(db))) return [];
  const { slug: slugOf, storeId, currency, config, gateway } = merchantAccount;
  const rows = await db
    .select({ slug: slugOf, storeId, currency, config, gateway, storeName: store.name })
    .from(merchantAccount)
    .innerJoin(store, eq(store.id, storeId))
    .where(and(inArray(storeId, [...storeIds]), slug === undefined ? undefined : eq(slugOf, slug)))
    .orderBy(asc(store.code), asc(slugOf));
  return rows.flatMap((row) => {
    const line = openPractice(gatewayKind(row.gateway).practice(row.config));
    return line ? [{ ...row, line }] : [];
  });
}
