import "server-only";
import { sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { merchantNo } from "#lib/domain/merchant-no.ts";
import { firstEpoch } from "#lib/domain/recovery/epoch.ts";
import { env } from "#lib/env.ts";

/**
 * A number never given before: this installation's epoch letter (another after every restore, other letters for each
 * environment) and the database's counter (money.md 2.2).
 */
export async function nextMerchantNo(tx: Db): Promise<string> {
  const { rows } = await tx.execute<{ n: string | number; epoch: string | null }>(
    sql`select nextval('op_no_seq') as n, epoch from installation where id = 1`,
  );
  const epoch = rows[0]?.epoch ?? (await beginEpoch(tx));
  return merchantNo(epoch, Number(rows[0]?.n));
}

async function beginEpoch(tx: Db): Promise<string> {
  const { rows } = await tx.execute<{ epoch: string }>(sql`
    update installation set epoch = coalesce(epoch, ${firstEpoch(env().STOREDESK_ENVIRONMENT)}) where id = 1 returning epoch`);
  const epoch = rows[0]?.epoch;
  if (!epoch) throw new Error("the books have no installation row");
  return epoch;
}
