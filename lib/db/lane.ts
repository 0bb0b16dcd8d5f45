import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "./client.ts";
import { afterMs } from "./clock.ts";
import { laneUse } from "./lane-use.ts";

/** A slot of an account's lane: one request may be in flight until it is released. */
export type LaneSlot = { readonly accountId: string; readonly holder: string; readonly fence: number };

/** How long the lane rests after trouble in a row, in ms: 1, 2, 5, 15, 30 minutes (money.md 3.5). */
const breakerMs = [60_000, 120_000, 300_000, 900_000, 1_800_000] as const;
const troubleBeforeBreaker = 3;

/**
 * Who wants the lane: `person` waits at the counter and goes before every `watch`; `send` is money on its way or an open
 * outcome and is not held up by either (money.md 3.3).
 */
export type LaneWish = {
  readonly holder: string;
  readonly ttlMs: number;
  readonly by: "person" | "send" | "watch";
};

/** How long a wish is kept when its person is not heard of again, in ms. */
const wishMs = 1_000;

/**
 * The rows of an account's lane, locked in their order and as they are once they are locked: accounts of one merchant share it.
 * Whoever changes one of them changes all.
 */
const sameLane = (accountId: string) => sql`
  with lane as materialized (
    select * from gateway_lane
     where account_id = ${accountId} or lane_key = (select lane_key from gateway_lane where account_id = ${accountId})
     order by account_id for update)`;

/**
 * Takes the account's lane if it is free (money.md 3.1); null when somebody holds it, the gap is not over or the breaker
 * is open. A holder that died is passed over once its time and one gap are over. The database's clock decides.
 */
export async function takeLane(
  { db }: Database,
  accountId: string,
  { holder, ttlMs, by }: LaneWish,
): Promise<LaneSlot | null> {
  const { rows } = await db.execute<{ id: string; fence: number }>(sql`
    ${sameLane(accountId)}
    update gateway_lane l set holder = ${holder}, fence = fence + 1,
           taken_at = clock_timestamp(), holder_until = ${afterMs(ttlMs)}
     where account_id in (select account_id from lane)
       and (select bool_and(next_free_at <= clock_timestamp() and breaker_until <= clock_timestamp()
              and (holder is null or holder_until + make_interval(secs => gap_ms / 1000.0) < clock_timestamp())
              and (${by !== "watch"} or wanted_until <= clock_timestamp())) from lane)
    returning account_id as id, fence`);
  const row = rows.find(({ id }) => id === accountId);
  if (!row && by === "person")
    await db.execute(
      sql`${sameLane(accountId)}
        update gateway_lane set wanted_until = ${afterMs(wishMs)} where account_id in (select account_id from lane)`,
    );
  return row ? { accountId, holder, fence: Number(row.fence) } : null;
}

/** Until when a lane is left alone by its breaker, if that is more than `patienceMs` from now; else null. */
export async function restOf({ db }: Database, accountId: string, patienceMs: number): Promise<Date | null> {
  const { rows } = await db.execute<{ until: string }>(sql`
    select breaker_until as until from gateway_lane where account_id = ${accountId} and breaker_until > ${afterMs(patienceMs)}`);
  return rows[0] ? new Date(rows[0].until) : null;
}

/** How long the account's lane keeps its gap from now, in ms; 0 where it is over. */
export async function gapLeftMs({ db }: Database, accountId: string): Promise<number> {
  const { rows } = await db.execute<{ ms: number }>(sql`
    select greatest(0, extract(epoch from next_free_at - clock_timestamp())::float8 * 1000) as ms
      from gateway_lane where account_id = ${accountId}`);
  return Math.ceil(rows[0]?.ms ?? 0);
}

/** Whether the slot is still ours: asked right before the write (money.md 2.4, gate 5). */
export async function holdsLane({ db }: Database, slot: LaneSlot): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select 1 from gateway_lane where account_id = ${slot.accountId} and holder = ${slot.holder} and fence = ${slot.fence}
       and holder_until > clock_timestamp()`);
  return rows.length === 1;
}

/**
 * Gives the slot back after the answer was read or the connection destroyed; the gap runs from now.
 * `answered`: the gateway is well. `trouble`: the third in a row opens the breaker. `locked-out`: it opens at once.
 * `unused`: nothing was written, the lane is free again without a gap.
 */
export async function giveLane(
  { db }: Database,
  slot: LaneSlot,
  how: "answered" | "trouble" | "locked-out" | "unused",
): Promise<void> {
  const isTrouble = how === "trouble" || how === "locked-out";
  const gapFactor = how === "unused" ? 0 : 1;
  const pauses = sql.join(
    breakerMs.map((ms) => sql`${ms}::int`),
    sql`, `,
  );
  await db.execute(sql`
    ${sameLane(slot.accountId)}
    update gateway_lane set holder = null, holder_until = null,
           next_free_at = clock_timestamp() + make_interval(secs => gap_ms * ${gapFactor}::int / 1000.0),
           trouble_count = case when ${isTrouble} then trouble_count + 1 when ${how === "answered"} then 0 else trouble_count end,
           last_answer_at = case when ${how === "answered"} then clock_timestamp() else last_answer_at end,
           breaker_until = case
             when ${how === "locked-out"} then clock_timestamp() + interval '10 minutes'
             when ${isTrouble} and trouble_count + 1 >= ${troubleBeforeBreaker} then clock_timestamp() + make_interval(secs =>
               (array[${pauses}])[least(trouble_count + 2 - ${troubleBeforeBreaker}, ${breakerMs.length})] / 1000.0)
             else breaker_until end,
           ${laneUse(how)}
     where account_id in (select account_id from lane) and holder = ${slot.holder}
       and exists (select 1 from lane where account_id = ${slot.accountId} and holder = ${slot.holder} and fence = ${slot.fence})`);
}
