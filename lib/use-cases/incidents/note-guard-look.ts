import "server-only";
import { sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { afterMs } from "#lib/db/clock.ts";

const againMs = 60_000;

/** One answer does for every look of the guard that was due; without an answer they come again in a minute. */
export async function noteGuardLook(tx: Db, orderId: string, isAnswered: boolean): Promise<void> {
  await tx.execute(
    isAnswered
      ? sql`update guard_check set done_at = clock_timestamp()
             where order_id = ${orderId} and done_at is null and due_at <= clock_timestamp()`
      : sql`update guard_check set due_at = ${afterMs(againMs)}
             where order_id = ${orderId} and done_at is null and due_at <= clock_timestamp()`,
  );
}
