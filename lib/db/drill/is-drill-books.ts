import "server-only";
import { eq } from "drizzle-orm";
import type { Db } from "../client.ts";
import { installation } from "../schema.ts";

/** Whether these books are a drill's: the start of every process holds them against STOREDESK_DRILL, so they say it for all. */
export async function isDrillBooks(db: Db): Promise<boolean> {
  const [house] = await db
    .select({ isDrill: installation.isDrill })
    .from(installation)
    .where(eq(installation.id, 1));
  return house?.isDrill ?? false;
}
