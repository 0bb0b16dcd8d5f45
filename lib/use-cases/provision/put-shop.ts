import "server-only";
import { eq } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { sealingKey } from "#lib/db/keys/hold-master-key.ts";
import { gatewayLane, merchantAccount, store } from "#lib/db/schema.ts";
import { openSecrets, sealSecrets } from "#lib/db/seal.ts";
import { limits } from "#lib/domain/limits.ts";
import { gatewayKind } from "#lib/gateway/registry.ts";
import type { AccountWish, StoreWish } from "./read-file.ts";

/** Makes a store as it is wished for; adds a line to `changes` where that changed anything. */
export async function putStore(tx: Db, wish: StoreWish, changes: string[]): Promise<void> {
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

/** Makes a merchant account as it is wished for, its secrets sealed; adds a line to `changes` where that changed anything. */
export async function putAccount(
  tx: Db,
  { wish, storeId }: { wish: AccountWish; storeId: string },
  changes: string[],
): Promise<void> {
  const { slug, gateway } = wish;
  const { config, secrets } = wish.settings;
  const [known] = await tx.select().from(merchantAccount).where(eq(merchantAccount.slug, slug));
  const { from: quietFrom = null, to: quietTo = null } = wish.quietHours ?? {};
  const isSame =
    known?.storeId === storeId &&
    known.quietFrom === quietFrom &&
    known.quietTo === quietTo &&
    sorted(known.config) === sorted(config) &&
    sorted(openSecrets(slug, known.sealedSecrets)) === sorted(secrets);
  if (isSame) return;
  const capabilities = gatewayKind(gateway).capabilities(config);
  const values = {
    slug,
    storeId,
    gateway,
    currency: capabilities.currency,
    config: { ...config },
    sealedSecrets: sealSecrets(await sealingKey(tx), slug, secrets),
    isFullRefundOnly: !capabilities.refund.canPartial,
    quietFrom,
    quietTo,
  };
  const laneKey = gatewayKind(gateway).laneKey(config);
  if (known) {
    await tx.update(merchantAccount).set(values).where(eq(merchantAccount.id, known.id));
    await tx.update(gatewayLane).set({ laneKey }).where(eq(gatewayLane.accountId, known.id));
  } else {
    const [row] = await tx.insert(merchantAccount).values(values).returning({ id: merchantAccount.id });
    if (row) await tx.insert(gatewayLane).values({ accountId: row.id, gapMs: limits.laneGapMs, laneKey });
  }
  changes.push(`merchant account ${slug}: ${known ? "changed" : "added"}`);
}

const sorted = (record: Readonly<Record<string, unknown>>) =>
  JSON.stringify(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
