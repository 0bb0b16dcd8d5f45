import "server-only";
import { asc, eq, inArray } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { staffStore, store } from "#lib/db/schema.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";
import { putStore } from "../provision/put-shop.ts";
import { type StoreWish, storeSchema } from "../provision/read-file.ts";
import { type DeedRefusal, staffDeed } from "../settle/staff-deed.ts";

/** `fields`: message keys under `errors`, by the form's names. */
export type StoreRefusal =
  | DeedRefusal
  | { readonly why: "storeTaken" }
  | { readonly why: "badInput"; readonly fields: Readonly<Record<string, string>> };
type Ask = { readonly isNew: boolean } & Readonly<Record<keyof StoreWish, string>>;

/**
 * Opens a store, whose owner works there from then on, or changes name and day cut of one of the owner's own. Zone and
 * currency stay as they were made: orders are counted by them. A code that somebody has already is refused.
 */
export async function putOwnStore(
  ctx: Context,
  by: CurrentStaff,
  { isNew, ...ask }: Ask,
): Promise<Result<null, StoreRefusal>> {
  const read = storeSchema.safeParse(ask);
  if (!read.success) return refuse({ why: "badInput", fields: faultsOf(read.error.issues) });
  const wish = read.data;
  type Refusal = Exclude<StoreRefusal, DeedRefusal>;
  return staffDeed<null, Refusal, About>(ctx, by, {
    permission: "change-store",
    find: (tx, who) => (isNew ? newStore(tx, wish.code) : ownStore(tx, who, wish.code)),
    act: async (tx, who, { known }) => {
      if (isNew && known) return refuse({ why: "storeTaken" as const });
      const { timeZone = wish.timeZone, currency = wish.currency } = known ?? {};
      await putStore(tx, { ...wish, timeZone, currency }, []);
      if (!known) await workThere(tx, who, wish.code);
      return ok(null);
    },
  });
}

type Store = typeof store.$inferSelect;
type About = {
  storeId: string | null;
  orderId: null;
  subject: string;
  facts: object & Record<string, string>;
  known: Store | null;
};

async function findStore(tx: Db, code: string): Promise<Store | null> {
  const [row] = await tx.select().from(store).where(eq(store.code, code)).for("update");
  return row ?? null;
}

const aboutStore = (code: string, known: Store | null): About => ({
  ...{ storeId: known?.id ?? null, orderId: null, subject: code, facts: { store: code } },
  known,
});

/** Whoever has the code: a new store's about is the code alone, so that nothing of another's store is told. */
async function newStore(tx: Db, code: string): Promise<About> {
  return { ...aboutStore(code, await findStore(tx, code)), storeId: null };
}

async function ownStore(tx: Db, who: CurrentStaff, code: string): Promise<About | null> {
  const known = await findStore(tx, code);
  return known && who.storeIds.includes(known.id) ? aboutStore(code, known) : null;
}

async function workThere(tx: Db, who: CurrentStaff, code: string): Promise<void> {
  const made = await findStore(tx, code);
  if (!made) throw new Error("the store was not stored");
  await tx.insert(staffStore).values({ staffId: who.staffId, storeId: made.id });
  const own = inArray(store.id, [...who.storeIds]);
  const [first] =
    who.storeIds.length > 0 ? await tx.select().from(store).where(own).orderBy(asc(store.code)) : [];
  // One list of reasons for all stores of an owner.
  if (first?.refundReasons)
    await tx.update(store).set({ refundReasons: first.refundReasons }).where(eq(store.id, made.id));
}

const wordOf: Readonly<Record<string, string>> = {
  code: "storeCode",
  name: "required",
  timeZone: "required",
  currency: "required",
  dayCutAt: "clockShape",
};

function faultsOf(issues: readonly { readonly path: readonly PropertyKey[] }[]): Record<string, string> {
  return Object.fromEntries(
    issues.map(({ path }) => [String(path[0]), wordOf[String(path[0])] ?? "required"]),
  );
}
