import "server-only";
import { sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { afterMs } from "#lib/db/clock.ts";

/** How often one list is read for all of an account's open outcomes, in ms (money.md 2.6: every few minutes). */
export const sweepEveryMs = 3 * 60_000;

/** Puts the account's list in line: one question that covers every refund whose outcome is open. */
export async function wantSweep(tx: Db, accountId: string, { inMs = sweepEveryMs } = {}): Promise<void> {
  await tx.execute(sql`
    insert into account_chore (account_id, kind, due_at) values (${accountId}, 'sweep', ${afterMs(inMs)})
    on conflict (account_id, kind, subject) do update
      set due_at = case when account_chore.done_at is null then least(account_chore.due_at, excluded.due_at) else excluded.due_at end,
          done_at = null`);
}
