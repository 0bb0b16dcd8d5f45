import "server-only";
import { z } from "zod";
import { type Currency, currencies } from "#lib/domain/currency.ts";
import { gatewayIds } from "#lib/domain/gateway-id.ts";
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

export const storeSchema = z.strictObject({
  code: z.string().min(1).max(16),
  name: z.string().min(1).max(100),
  timeZone: z.string().refine(isZone, "is no time zone"),
  currency: z.enum(currencies),
  dayCutAt: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be HH:MM")
    .default("00:00"),
});
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be HH:MM");
const accountSchema = z.looseObject({
  slug: z.string().regex(/^[a-z0-9-]{1,32}$/, "must be 1 to 32 lower-case letters, digits or hyphens"),
  store: z.string(),
  gateway: z.enum(gatewayIds, "is no gateway this version knows"),
  /** Hours of the store's clock in which nothing is sent. */
  quietHours: z.strictObject({ from: clock, to: clock }).optional(),
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
const list = z.array(z.unknown(), "must be a list").default([]);
const fileSchema = z.strictObject({ stores: list, merchantAccounts: list, staff: list });

/** A fault of the file with its place, e.g. `staff.0.pin`. No value is repeated. */
export type Fault = { readonly path: string; readonly message: string };

/** An entry and its place in its list. */
type Placed<T> = { readonly index: number; readonly wish: T };
export type StoreWish = z.output<typeof storeSchema>;
export type AccountWish = z.output<typeof accountSchema> & { readonly settings: AccountSettings };
export type StaffWish = z.output<typeof staffSchema>;

/** What a provisioning file wishes for, as far as it can be read, and everything that is wrong with it by itself. */
export type Wishes = {
  readonly stores: readonly Placed<StoreWish>[];
  readonly accounts: readonly Placed<AccountWish>[];
  readonly staff: readonly Placed<StaffWish>[];
  /** Every store that something is said to belong to, also in entries that are wrong otherwise. */
  readonly homes: readonly { readonly path: string; readonly code: string }[];
  readonly faults: readonly Fault[];
};

function faultsAt(place: string, error: z.ZodError): Fault[] {
  return error.issues.map(({ path, message }) => ({ path: [place, ...path].join("."), message }));
}

/** Reads a list entry by entry, so that one wrong entry hides no fault of another. */
function readList<T>(name: string, entries: readonly unknown[], schema: z.ZodType<T>, faults: Fault[]) {
  return entries.flatMap((entry, index): Placed<T>[] => {
    const read = schema.safeParse(entry);
    if (read.success) return [{ index, wish: read.data }];
    faults.push(...faultsAt(`${name}.${index}`, read.error));
    return [];
  });
}

/** An account's settings are read by its gateway also when the rest of the entry is wrong. */
function readSettings(entries: readonly unknown[], faults: Fault[]): ReadonlyMap<number, AccountSettings> {
  const settings = new Map<number, AccountSettings>();
  entries.forEach((entry, index) => {
    const named = z.looseObject({ gateway: z.enum(gatewayIds) }).safeParse(entry);
    if (!named.success) return;
    const { quietHours: _, ...own } = named.data;
    const answer = gatewayKind(named.data.gateway).readSettings(own);
    if (answer.ok) settings.set(index, answer.value);
    else
      for (const { path, message } of answer.faults)
        faults.push({ path: `merchantAccounts.${index}.${path}`, message });
  });
  return settings;
}

function findTwice(names: readonly { path: string; name: string }[]): Fault[] {
  return names.flatMap(({ path, name }, at) =>
    names.findIndex((other) => other.name === name) < at ? [{ path, message: "is named twice" }] : [],
  );
}

/** Reads a provisioning file whole: what can be read of it, and every fault with its place. */
export function readProvisioningFile(file: unknown): Wishes {
  const outer = fileSchema.safeParse(file);
  if (!outer.success) {
    const faults = outer.error.issues.map(({ path, message }) => ({
      path: path.join(".") || "file",
      message,
    }));
    return { stores: [], accounts: [], staff: [], homes: [], faults };
  }
  const faults: Fault[] = [];
  const stores = readList("stores", outer.data.stores, storeSchema, faults);
  const heads = readList("merchantAccounts", outer.data.merchantAccounts, accountSchema, faults);
  const settings = readSettings(outer.data.merchantAccounts, faults);
  const staff = readList("staff", outer.data.staff, staffSchema, faults);
  faults.push(
    ...findTwice(stores.map(({ index, wish }) => ({ path: `stores.${index}.code`, name: wish.code }))),
    ...findTwice(
      heads.map(({ index, wish }) => ({ path: `merchantAccounts.${index}.slug`, name: wish.slug })),
    ),
    ...findTwice(staff.map(({ index, wish }) => ({ path: `staff.${index}.username`, name: wish.username }))),
  );
  const accounts = heads.flatMap(({ index, wish }): Placed<AccountWish>[] => {
    const read = settings.get(index);
    return read ? [{ index, wish: { ...wish, settings: read } }] : [];
  });
  return { stores, accounts, staff, homes: homesOf(outer.data), faults };
}

function homesOf(lists: z.output<typeof fileSchema>): Wishes["homes"] {
  const account = z.looseObject({ store: z.string() });
  const person = z.looseObject({ stores: z.array(z.unknown()) });
  return [
    ...lists.merchantAccounts.flatMap((entry, index) => {
      const { data } = account.safeParse(entry);
      return data ? [{ path: `merchantAccounts.${index}.store`, code: data.store }] : [];
    }),
    ...lists.staff.flatMap((entry, index) =>
      (person.safeParse(entry).data?.stores ?? []).flatMap((code, at) =>
        typeof code === "string" ? [{ path: `staff.${index}.stores.${at}`, code }] : [],
      ),
    ),
  ];
}

/** The currencies that somebody's stores work in: an amount without a currency means one of one only. */
export function currenciesOf(
  { stores: codes }: StaffWish,
  stores: ReadonlyMap<string, { readonly currency: Currency }>,
): Currency[] {
  return [...new Set(codes.flatMap((code) => stores.get(code)?.currency ?? []))];
}

/** What is wrong with the file beside the stores that there are or will be, by code. */
export function faultsAmongStores(
  { accounts, homes, staff }: Wishes,
  stores: ReadonlyMap<string, { readonly currency: Currency }>,
): Fault[] {
  return [
    ...homes.flatMap(({ path, code }) =>
      stores.has(code) ? [] : [{ path, message: `there is no store ${code}` }],
    ),
    ...staff.flatMap(({ index, wish }): Fault[] => {
      const isPlain = wish.refundLimitMinor === 0 || currenciesOf(wish, stores).length <= 1;
      const message = "needs stores of one currency";
      return isPlain ? [] : [{ path: `staff.${index}.refundLimitMinor`, message }];
    }),
    ...accounts.flatMap(({ index, wish }): Fault[] => {
      const wanted = stores.get(wish.store)?.currency;
      const { currency } = gatewayKind(wish.gateway).capabilities(wish.settings.config);
      const message = `the store's currency is ${wanted}, the gateway pays in ${currency}`;
      const isFit = wanted === undefined || wanted === currency;
      return isFit ? [] : [{ path: `merchantAccounts.${index}.store`, message }];
    }),
  ];
}
