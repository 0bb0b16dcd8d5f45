import { eq, sql } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { openEnvelope } from "#lib/db/keys/envelope.ts";
import { sealingKey } from "#lib/db/keys/hold-master-key.ts";
import { headPlace, keptPlace } from "#lib/db/keys/kept-key.ts";
import { type MasterKey, masterKeyOf } from "#lib/db/keys/master-key.ts";
import { keptKey, merchantAccount, secondFactor } from "#lib/db/schema.ts";
import { accountPlace, factorPlace, openSecrets, sealSecrets } from "#lib/db/seal.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { testEnvironment } from "#test/environment.ts";
import { makeShop } from "#test/shop.ts";
import { newKeyText } from "#test/two-keys.ts";

/** The test's own master key, one that takes its place, and one that is nobody's. */
export const keys = {
  first: masterKeyOf(Buffer.from(testEnvironment.STOREDESK_MASTER_KEY, "base64")),
  second: masterKeyOf(Buffer.from(newKeyText, "base64")),
  stranger: masterKeyOf(Buffer.alloc(32, 11)),
};

/** Another shop with merchant accounts like that one, their keys sealed as the page seals them. */
export async function addAccounts(database: Database, likeId: string, count: number) {
  const [like] = await database.db.select().from(merchantAccount).where(eq(merchantAccount.id, likeId));
  if (!like) throw new Error("no account to be like");
  const { shop } = await makeShop(database);
  const { id: _, ...values } = { ...like, storeId: shop.id };
  const slugs = Array.from({ length: count }, (_, no) => `${like.slug}-${no}`);
  for (const slug of slugs) {
    await database.db.insert(merchantAccount).values({ ...values, slug });
    await changeSecrets(database, slug, openSecrets(like.slug, like.sealedSecrets));
  }
  return slugs;
}

/** Puts other keys into an account, as the page does. */
export async function changeSecrets(database: Database, slug: string, secrets: Record<string, string>) {
  await withTx(database, async (tx) => {
    const sealedSecrets = sealSecrets(await sealingKey(tx), slug, secrets);
    await tx.update(merchantAccount).set({ sealedSecrets }).where(sql`slug = ${slug}`);
  });
}

/** Everything sealed in the books, and where. */
async function everythingSealed({ db }: Database) {
  const accounts = await db.select().from(merchantAccount).where(sql`length(sealed_secrets) > 0`);
  const factors = await db.select().from(secondFactor);
  const kept = await db.select().from(keptKey);
  const { rows } = await db.execute<{ sealed_key: Buffer }>(sql`select sealed_key from audit_head`);
  return [
    ...accounts.map((row) => ({ place: accountPlace(row.slug), sealed: row.sealedSecrets })),
    ...factors.map((row) => ({ place: factorPlace(row.staffId), sealed: row.sealed })),
    ...kept.map((row) => ({ place: keptPlace(row.purpose, row.version), sealed: row.sealed })),
    ...rows.map((row) => ({ place: headPlace, sealed: row.sealed_key })),
  ];
}

/** How many things are sealed, and how many of them one key alone opens. */
export async function openWith(database: Database, main: MasterKey) {
  const all = await everythingSealed(database);
  const opens = all.filter(({ place, sealed }) => {
    try {
      return openEnvelope({ main, old: null }, place, sealed);
    } catch {
      return false;
    }
  });
  return { all: all.length, opens: opens.length };
}
