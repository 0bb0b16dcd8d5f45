import "server-only";
import { eq, sql } from "drizzle-orm";
import { hashSecret, isRightSecret } from "#lib/auth/password.ts";
import type { Database, Db } from "#lib/db/client.ts";
import { isDrillBooks } from "#lib/db/drill/is-drill-books.ts";
import { roleWish, staff, staffStore, store } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import type { Currency } from "#lib/domain/currency.ts";
import { limits } from "#lib/domain/limits.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { putAccount, putStore } from "./provision/put-shop.ts";
import {
  currenciesOf,
  type Fault,
  faultsAmongStores,
  readProvisioningFile,
  type StaffWish,
} from "./provision/read-file.ts";

/** `isDemo`: its staff may enter in demo mode only. */
export type ProvisionOptions = { readonly isDemo?: boolean };

/**
 * Applies a provisioning file: all of it or nothing. Things are matched by code, slug and username; what the file does not
 * name stays; the books of a drill take the demo and nothing else. Returns one line for each thing that changed, none for what was so already; or every fault with its place.
 */
export async function provision(
  database: Database,
  file: unknown,
  { isDemo = false }: ProvisionOptions = {},
): Promise<Result<readonly string[], readonly Fault[]>> {
  const wishes = readProvisioningFile(file);
  return withTx(database, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(7304002)`);
    if (!isDemo && (await isDrillBooks(tx))) return refuse([drillFault]);
    const known = (await tx.select().from(store)).map((row) => [row.code, row] as const);
    const wanted = wishes.stores.map(({ wish }) => [wish.code, wish] as const);
    const faults = [...wishes.faults, ...faultsAmongStores(wishes, new Map([...known, ...wanted]))];
    if (faults.length > 0) return refuse(faults);
    const changes: string[] = [];
    for (const { wish } of wishes.stores) await putStore(tx, wish, changes);
    const stores = new Map((await tx.select().from(store)).map((row) => [row.code, row]));
    const idOf = (code: string) => stores.get(code)?.id ?? "";
    for (const { wish } of wishes.accounts)
      await putAccount(tx, { wish, storeId: idOf(wish.store) }, changes);
    for (const { wish } of wishes.staff) {
      const [currency = null] = currenciesOf(wish, stores);
      await putStaff(tx, { wish, storeIds: wish.stores.map(idOf), currency, isDemo }, changes);
    }
    return ok(changes);
  });
}

const drillFault: Fault = {
  path: "installation",
  message: "these are the books of a drill, which hold the demo and nothing else",
};

type Hiring = { wish: StaffWish; storeIds: readonly string[]; currency: Currency | null; isDemo: boolean };

const ownLimit = ({ refundLimitMinor }: StaffWish, currency: Currency | null) => ({
  refundLimitMinor,
  refundLimitCurrency: currency,
  refundDayCountMax: limits.ownDayCountMax,
  refundDaySumMinor: refundLimitMinor * limits.ownDaySumTimes,
  refundSaleAgeMaxDays: limits.ownSaleAgeMaxDays,
});

async function putStaff(
  tx: Db,
  { wish, storeIds, currency, isDemo }: Hiring,
  changes: string[],
): Promise<void> {
  const [known] = await tx.select().from(staff).where(eq(staff.username, wish.username));
  const at = known ? await tx.select().from(staffStore).where(eq(staffStore.staffId, known.id)) : [];
  const hasStores = at.length === storeIds.length && at.every((row) => storeIds.includes(row.storeId));
  const isSameLimit =
    wish.refundLimitMinor === (known?.refundLimitMinor ?? 0) &&
    (wish.refundLimitMinor === 0 || known?.refundLimitCurrency === currency);
  const isSame =
    known !== undefined &&
    hasStores &&
    known.name === wish.name &&
    known.role === wish.role &&
    known.isDemo === isDemo &&
    isSameLimit &&
    (await isRightSecret(known.passwordHash, wish.password)) &&
    (await isRightSecret(known.pinHash, wish.pin));
  if (isSame) return;
  const values = {
    username: wish.username,
    name: wish.name,
    role: wish.role,
    // Whoever has the file has the database too: what it says of a role counts at once.
    ...(known?.role === wish.role ? {} : { decidesFrom: null, pausedAsNew: false }),
    isDemo,
    // The limits of a day that an owner set at the page stay, unless the file changes the amount they belong to.
    ...(isSameLimit ? {} : ownLimit(wish, currency)),
    passwordHash: await hashSecret(wish.password),
    pinHash: await hashSecret(wish.pin),
  };
  const [row] = known
    ? await tx.update(staff).set(values).where(eq(staff.id, known.id)).returning({ id: staff.id })
    : await tx.insert(staff).values(values).returning({ id: staff.id });
  if (!row) throw new Error("the account was not stored");
  await tx.delete(roleWish).where(eq(roleWish.staffId, row.id));
  await tx.delete(staffStore).where(eq(staffStore.staffId, row.id));
  for (const storeId of storeIds) await tx.insert(staffStore).values({ staffId: row.id, storeId });
  if (known)
    await tx.execute(
      sql`update app_session set revoked_at = clock_timestamp() where staff_id = ${row.id} and revoked_at is null`,
    );
  changes.push(`staff ${wish.username}: ${known ? "changed" : "added"}`);
}
