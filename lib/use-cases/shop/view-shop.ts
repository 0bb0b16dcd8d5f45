import "server-only";
import { asc, eq, inArray } from "drizzle-orm";
import { gatewayLane, merchantAccount, store } from "#lib/db/schema.ts";
import type { Currency } from "#lib/domain/currency.ts";
import { type GatewayId, gatewayIds } from "#lib/domain/gateway-id.ts";
import { type CurrentStaff, roleCan } from "#lib/domain/staff.ts";
import type { SettingField } from "#lib/gateway/gateway-kind.ts";
import { gatewayKind } from "#lib/gateway/registry.ts";
import type { Context } from "../context.ts";

/** A merchant account without anything secret. `isPaused`: nothing is sent until its keys were tested. */
export type ShopAccount = {
  readonly slug: string;
  readonly gateway: GatewayId;
  readonly isPaused: boolean;
  readonly lastAnswerAt: string | null;
  readonly config: Readonly<Record<string, unknown>>;
};
/** A store and its merchant accounts, as their owner sees them. */
export type ShopView = {
  readonly code: string;
  readonly name: string;
  readonly timeZone: string;
  readonly currency: Currency;
  readonly dayCutAt: string;
  /** Above this amount two managers approve; null: never. */
  readonly secondApprovalAboveMinor: number | null;
  readonly accounts: readonly ShopAccount[];
  /** The gateways that pay in the store's currency. */
  readonly gateways: readonly GatewayId[];
};

/** The owner's stores by code, each with its accounts; none for whoever may not change them. */
export async function listShops(ctx: Context, by: CurrentStaff): Promise<ShopView[]> {
  const { db } = ctx.database;
  if (!roleCan(by.role, "change-store") || by.storeIds.length === 0) return [];
  const stores = await db
    .select()
    .from(store)
    .where(inArray(store.id, [...by.storeIds]))
    .orderBy(asc(store.code));
  const accounts = await db
    .select({ row: merchantAccount, lastAnswerAt: gatewayLane.lastAnswerAt })
    .from(merchantAccount)
    .leftJoin(gatewayLane, eq(gatewayLane.accountId, merchantAccount.id))
    .where(inArray(merchantAccount.storeId, [...by.storeIds]))
    .orderBy(asc(merchantAccount.slug));
  return stores.map(({ id, code, name, timeZone, currency, dayCutAt, secondApprovalAboveMinor }) => ({
    ...{ code, name, timeZone, currency, dayCutAt, secondApprovalAboveMinor },
    gateways: gatewayIds.filter((one) => gatewayKind(one).capabilities({}).currency === currency),
    accounts: accounts
      .filter(({ row }) => row.storeId === id)
      .map(({ row, lastAnswerAt }) => ({
        slug: row.slug,
        gateway: row.gateway,
        isPaused: row.sendingPausedWhy !== null,
        lastAnswerAt: lastAnswerAt?.toISOString() ?? null,
        config: row.config,
      })),
  }));
}

/** One of them; null: there is none of this person's with the code. */
export async function findShop(ctx: Context, by: CurrentStaff, code: string): Promise<ShopView | null> {
  return (await listShops(ctx, by)).find((shop) => shop.code === code) ?? null;
}

/** The fields of a gateway's account as a form shows them, filled in with what is no secret; a secret starts empty, also where one is stored. */
export function settingFields(gateway: GatewayId, account: ShopAccount | null): Required<SettingField>[] {
  return gatewayKind(gateway).settingFields.map(({ name, kind, choices = [], start = "", words = name }) => {
    const kept = account?.config[name];
    const known = typeof kept === "boolean" ? (kept ? "yes" : "") : typeof kept === "string" ? kept : start;
    return { name, kind, choices, start: kind.startsWith("secret") ? "" : known, words };
  });
}
