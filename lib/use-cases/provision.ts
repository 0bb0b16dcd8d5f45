import "server-only";
import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { hashSecret, isRightSecret } from "#lib/auth/password.ts";
import type { Database, Db } from "#lib/db/client.ts";
import { gatewayLane, merchantAccount, staff, staffStore, store } from "#lib/db/schema.ts";
import { openSecrets, sealSecrets } from "#lib/db/seal.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { currencies } from "#lib/domain/currency.ts";
import { gatewayIds } from "#lib/domain/gateway-id.ts";
import { limits } from "#lib/domain/limits.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { roles } from "#lib/domain/staff.ts";
import type { AccountSettings } from "#lib/gateway/gateway-kind.ts";
import { gatewayKind } from "#lib/gateway/registry.ts";

const isZone = (zone: string) => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

const storeSchema = z.strictObject({
  code: z.string().min(1).max(16),
  name: z.string().min(1).max(100),
  timeZone: z.string().refine(isZone, "is no time zone"),
  currency: z.enum(currencies),
  dayCutAt: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be HH:MM")
    .default("00:00"),
});
const accountSchema = z.looseObject({
  slug: z.string().regex(/^[a-z0-9-]{1,32}$/, "must be 1 to 32 lower-case letters, digits or hyphens"),
  store: z.string(),
  gateway: z.enum(gatewayIds, "is no gateway this version knows"),
});
const staffSchema = z.strictObject({
  username: z
    .string()
    .regex(/^[a-z0-9._-]{1,64}$/, "must be 1 to 64 lower-case letters, digits, dots or hyphens"),
  name: z.string().min(1).max(100),
  role: z.enum(roles),
  stores: z.array(z.string()),
  password: z.string().min(8, "must have 8 characters or more").max(256),
  pin: z.string().regex(/^\d{6}$/, "must be six digits"),
  refundLimitMinor: z.int().min(0).default(0),
});
const fileSchema = z.strictObject({
  stores: z.array(storeSchema).default([]),
  merchantAccounts: z.array(accountSchema).default([]),
  staff: z.array(staffSchema).default([]),
});
type File = z.output<typeof fileSchema>;

/** A fault of the file with its place, e.g. `staff.0.pin`. No value is repeated. */
export type Fault = { readonly path: string; readonly message: string };

/**
 * Applies a provisioning file: all of it or nothing. Things are matched by code, slug and username; what the file does not
 * name stays. Returns one line for each thing that changed, none for what was so already.
 */
export async function provision(
  database: Database,
  file: unknown,
): Promise<Result<readonly string[], readonly Fault[]>> {
  const read = fileSchema.safeParse(file);
  if (!read.success) {
    return refuse(read.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message })));
  }
  const faults: Fault[] = [];
  const settings = read.data.merchantAccounts.map((entry, index) => {
    const answer = gatewayKind(entry.gateway).readSettings(entry);
    if (answer.ok) return answer.value;
    for (const fault of answer.faults)
      faults.push({ ...fault, path: `merchantAccounts.${index}.${fault.path}` });
    return null;
  });
  try {
    return await withTx(database, async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(7304002)`);
      const changes: string[] = [];
      for (const one of read.data.stores) await putStore(tx, one, changes);
      const stores = new Map((await tx.select().from(store)).map((row) => [row.code, row]));
      findMissingStores(read.data, stores, faults);
      if (faults.length > 0) throw new FileFaults();
      for (const [index, entry] of read.data.merchantAccounts.entries()) {
        const home = stores.get(entry.store);
        const account = settings[index];
        if (home && account) await putAccount(tx, { entry, account, storeId: home.id }, changes);
      }
      for (const person of read.data.staff) {
        await putStaff(
          tx,
          person,
          person.stores.map((code) => stores.get(code)?.id ?? ""),
          changes,
        );
      }
      return ok(changes);
    });
  } catch (error) {
    if (error instanceof FileFaults) return refuse(faults);
    throw error;
  }
}

class FileFaults extends Error {}

function findMissingStores(file: File, stores: ReadonlyMap<string, unknown>, faults: Fault[]): void {
  const missing = (code: string) => `there is no store ${code}`;
  file.merchantAccounts.forEach((one, index) => {
    if (!stores.has(one.store))
      faults.push({ path: `merchantAccounts.${index}.store`, message: missing(one.store) });
  });
  file.staff.forEach((one, index) => {
    one.stores.forEach((code, at) => {
      if (!stores.has(code)) faults.push({ path: `staff.${index}.stores.${at}`, message: missing(code) });
    });
  });
}

async function putStore(tx: Db, wish: File["stores"][number], changes: string[]): Promise<void> {
  const [known] = await tx.select().from(store).where(eq(store.code, wish.code));
  if (!known) await tx.insert(store).values(wish);
  else if (
    known.name !== wish.name ||
    known.timeZone !== wish.timeZone ||
    known.currency !== wish.currency ||
    known.dayCutAt !== wish.dayCutAt
  ) {
    await tx.update(store).set(wish).where(eq(store.id, known.id));
  } else return;
  changes.push(`store ${wish.code}: ${known ? "changed" : "added"}`);
}

type AccountWish = { entry: File["merchantAccounts"][number]; account: AccountSettings; storeId: string };

async function putAccount(
  tx: Db,
  { entry, account, storeId }: AccountWish,
  changes: string[],
): Promise<void> {
  const [known] = await tx.select().from(merchantAccount).where(eq(merchantAccount.slug, entry.slug));
  const capabilities = gatewayKind(entry.gateway).capabilities(account.config);
  const isSame =
    known?.storeId === storeId &&
    sorted(known.config) === sorted(account.config) &&
    sorted(openSecrets(entry.slug, known.sealedSecrets)) === sorted(account.secrets);
  if (isSame) return;
  const values = {
    slug: entry.slug,
    storeId,
    gateway: entry.gateway,
    currency: capabilities.currency,
    config: { ...account.config },
    sealedSecrets: sealSecrets(entry.slug, account.secrets),
    isFullRefundOnly: !capabilities.refund.canPartial,
  };
  if (known) await tx.update(merchantAccount).set(values).where(eq(merchantAccount.id, known.id));
  else {
    const [row] = await tx.insert(merchantAccount).values(values).returning({ id: merchantAccount.id });
    if (row) await tx.insert(gatewayLane).values({ accountId: row.id, gapMs: limits.laneGapMs });
  }
  changes.push(`merchant account ${entry.slug}: ${known ? "changed" : "added"}`);
}

const sorted = (record: Readonly<Record<string, unknown>>) =>
  JSON.stringify(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

async function putStaff(
  tx: Db,
  wish: File["staff"][number],
  storeIds: readonly string[],
  changes: string[],
): Promise<void> {
  const [known] = await tx.select().from(staff).where(eq(staff.username, wish.username));
  const at = known ? await tx.select().from(staffStore).where(eq(staffStore.staffId, known.id)) : [];
  const hasStores = at.length === storeIds.length && at.every((row) => storeIds.includes(row.storeId));
  const isSame =
    known !== undefined &&
    hasStores &&
    known.name === wish.name &&
    known.role === wish.role &&
    known.refundLimitMinor === wish.refundLimitMinor &&
    (await isRightSecret(known.passwordHash, wish.password)) &&
    (await isRightSecret(known.pinHash, wish.pin));
  if (isSame) return;
  const values = {
    username: wish.username,
    name: wish.name,
    role: wish.role,
    refundLimitMinor: wish.refundLimitMinor,
    passwordHash: await hashSecret(wish.password),
    pinHash: await hashSecret(wish.pin),
  };
  const [row] = known
    ? await tx.update(staff).set(values).where(eq(staff.id, known.id)).returning({ id: staff.id })
    : await tx.insert(staff).values(values).returning({ id: staff.id });
  if (!row) throw new Error("the account was not stored");
  await tx.delete(staffStore).where(eq(staffStore.staffId, row.id));
  for (const storeId of storeIds) await tx.insert(staffStore).values({ staffId: row.id, storeId });
  if (known)
    await tx.execute(
      sql`update app_session set revoked_at = clock_timestamp() where staff_id = ${row.id} and revoked_at is null`,
    );
  changes.push(`staff ${wish.username}: ${known ? "changed" : "added"}`);
}
