import "server-only";
import { eq } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { isDrillBooks } from "#lib/db/drill/is-drill-books.ts";
import { merchantAccount, store } from "#lib/db/schema.ts";
import type { GatewayId } from "#lib/domain/gateway-id.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { gatewayKind } from "#lib/gateway/registry.ts";
import type { Context } from "../context.ts";
import { putAccount } from "../provision/put-shop.ts";
import { type DeedRefusal, staffDeed } from "../settle/staff-deed.ts";

export type AccountRefusal =
  | DeedRefusal
  | { readonly why: "slugTaken" | "currencyOfGateway" | "notInDrill" }
  | { readonly why: "badInput"; readonly fields: Readonly<Record<string, string>> };
type Ask = {
  readonly isNew: boolean;
  readonly storeCode: string;
  readonly slug: string;
  readonly gateway: GatewayId;
  readonly settings: Readonly<Record<string, string | boolean>>;
};

/**
 * Opens a merchant account of one of the owner's stores, or writes all of its settings anew: what is secret is never read
 * back, so a change types all of it again. Nothing secret stands in the audit. The gateway's currency must be the store's. A
 * drill has the simulators' accounts and no others.
 */
export async function putOwnAccount(
  ctx: Context,
  by: CurrentStaff,
  { isNew, storeCode, slug, gateway, settings }: Ask,
): Promise<Result<null, AccountRefusal>> {
  const kind = gatewayKind(gateway);
  const typed = Object.entries(settings).filter(([, value]) => value !== "");
  const read = kind.readSettings({ slug, store: storeCode, gateway, ...Object.fromEntries(typed) });
  const faults = read.ok ? [] : read.faults.map(({ path }) => [path, "settingWrong"]);
  if (!/^[a-z0-9-]{1,32}$/.test(slug)) faults.push(["slug", "slugShape"]);
  if (!read.ok || faults.length > 0) return refuse({ why: "badInput", fields: Object.fromEntries(faults) });
  type Refusal = Exclude<AccountRefusal, DeedRefusal>;
  return staffDeed<null, Refusal, About>(ctx, by, {
    permission: "change-account",
    find: (tx, who) => findAbout(tx, who, { storeCode, slug }),
    act: async (tx, _, { shop, account }) => {
      if (await isDrillBooks(tx)) return refuse({ why: "notInDrill" as const });
      if (account && (isNew || account.storeId !== shop.id || account.gateway !== gateway))
        return refuse({ why: "slugTaken" as const });
      if (kind.capabilities(read.value.config).currency !== shop.currency)
        return refuse({ why: "currencyOfGateway" as const });
      const quietHours =
        account?.quietFrom && account.quietTo ? { from: account.quietFrom, to: account.quietTo } : undefined;
      const wish = {
        slug,
        store: storeCode,
        gateway,
        settings: read.value,
        ...(quietHours ? { quietHours } : {}),
      };
      await putAccount(tx, { wish, storeId: shop.id }, []);
      return ok(null);
    },
  });
}

type Shop = typeof store.$inferSelect;
type Account = typeof merchantAccount.$inferSelect;
type About = {
  storeId: string;
  orderId: null;
  subject: string;
  facts: Record<string, string>;
  shop: Shop;
  account: Account | null;
};

async function findAbout(
  tx: Db,
  who: CurrentStaff,
  { storeCode, slug }: { storeCode: string; slug: string },
): Promise<About | null> {
  const [shop] = await tx.select().from(store).where(eq(store.code, storeCode)).for("update");
  if (!shop || !who.storeIds.includes(shop.id)) return null;
  const [account] = await tx
    .select()
    .from(merchantAccount)
    .where(eq(merchantAccount.slug, slug))
    .for("update");
  const facts = { store: storeCode, account: slug };
  return { storeId: shop.id, orderId: null, subject: slug, facts, shop, account: account ?? null };
}
