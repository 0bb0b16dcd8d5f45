import "server-only";
import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { appDatabase } from "#lib/db/pool.ts";
import { merchantAccount, store } from "#lib/db/schema.ts";
import { openSecrets } from "#lib/db/seal.ts";
import { limits } from "#lib/domain/limits.ts";
import { gatewayKind } from "#lib/gateway/registry.ts";
import { tracedGateway } from "#lib/gateway/traced-gateway.ts";
import { makeBell } from "./bell.ts";
import type { Context, OpenAccount } from "./context.ts";
import { makeLaneLines } from "./lane-lines.ts";

/** A context over a database: accounts are opened with the keys stored in it. What a page reads of a lane serves others for `sharedMs`. */
export function makeContext(
  database: Database,
  { sharedMs }: { sharedMs: number } = { sharedMs: limits.laneLineMs },
): Context {
  return {
    database,
    instanceId: randomUUID(),
    bell: makeBell(),
    lines: makeLaneLines(sharedMs),
    capabilitiesOf: (account) => gatewayKind(account.gateway).capabilities(account.config),
    walletName: (gateway, wallet) => gatewayKind(gateway).walletName(wallet),
    async openAccount(accountId): Promise<OpenAccount> {
      const [row] = await database.db
        .select({ account: merchantAccount, storeCode: store.code })
        .from(merchantAccount)
        .innerJoin(store, eq(store.id, merchantAccount.storeId))
        .where(eq(merchantAccount.id, accountId));
      if (!row) throw new Error(`no merchant account ${accountId}`);
      const { account, storeCode } = row;
      const secrets = openSecrets(account.slug, account.sealedSecrets);
      const line = gatewayKind(account.gateway).open({ config: account.config, secrets });
      const gateway = tracedGateway(line, account.slug);
      return { id: account.id, slug: account.slug, storeId: account.storeId, storeCode, gateway };
    },
  };
}

const key = Symbol.for("storedesk.context");
type Holder = { [key]?: Context };

/** The process's context, one however often Next loads this module. */
export function appContext(): Context {
  const holder = globalThis as Holder;
  holder[key] ??= makeContext(appDatabase());
  return holder[key];
}
