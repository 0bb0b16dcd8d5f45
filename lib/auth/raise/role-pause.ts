import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { limits } from "#lib/domain/limits.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";

/**
 * The role of `p` (staff) is too new to decide at the store `storeId`. A new account decides at once where the store itself
 * was opened less than a pause before it: nobody else is there yet, and nothing was sold there before (docs/adr/0025).
 */
export const isPausedAt = (
  storeId: SQL,
): SQL<boolean> => sql`coalesce(p.decides_from > clock_timestamp() and not (p.paused_as_new
  and exists (select 1 from store n where n.id = ${storeId}
               and n.created_at > p.decides_from - make_interval(secs => 2 * ${limits.rolePauseMs}::int / 1000.0))), false)`;

/** Somebody's role is too new for this; they may from `untilAt` on, in `waitMs`. */
export type RolePaused = { readonly why: "rolePaused"; readonly untilAt: Date; readonly waitMs: number };

/**
 * Whether somebody's role is too new to decide about money or people of a store (null: of none in particular), by the
 * database's clock and in the caller's transaction. Null: it is not.
 */
export async function rolePause(
  tx: Db,
  { staffId }: Pick<CurrentStaff, "staffId">,
  storeId: string | null,
): Promise<RolePaused | null> {
  const { rows } = await tx.execute<{ until: string; wait_ms: string }>(sql`
    select p.decides_from as until, ceil(extract(epoch from p.decides_from - clock_timestamp()) * 1000)::int8 as wait_ms
      from staff p where p.id = ${staffId} and ${isPausedAt(sql`${storeId}::uuid`)}`);
  const [row] = rows;
  return row
    ? { why: "rolePaused", untilAt: new Date(row.until), waitMs: Math.max(0, Number(row.wait_ms)) }
    : null;
}
