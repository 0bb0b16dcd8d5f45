import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { limits } from "#lib/domain/limits.ts";

/** How much a new answer moves the mean of the last ones. */
const newestShare = 0.2;

/** What a lane was in use of late, in ms as of now: what lies `laneUseMs` back counts for a third (e to the minus one). */
export const busyNow = sql`(busy_ms * exp(-least(50, greatest(0,
  extract(epoch from clock_timestamp() - busy_at)::float8 * 1000 / ${limits.laneUseMs}::int))))`;

const heldMs = sql`least(600000, greatest(0, extract(epoch from clock_timestamp() - taken_at)::float8 * 1000))`;

/**
 * What is set when a slot comes back: the time it was out and the gap after it count as use, an answer moves the mean. A slot
 * that nobody used counts for nothing. By the database's clock, so that it is one sum over all processes.
 */
export function laneUse(how: "answered" | "trouble" | "locked-out" | "unused"): SQL {
  const isUsed = how !== "unused";
  const isAnswer = how === "answered";
  return sql`
    answer_ms = case when ${isAnswer} and taken_at is not null
      then round(coalesce(answer_ms + (${heldMs} - answer_ms) * ${newestShare}::float8, ${heldMs}))::int else answer_ms end,
    busy_ms = case when ${isUsed} then least(${limits.laneUseMs}::int, round(${busyNow} + coalesce(${heldMs}, 0) + gap_ms))::int else busy_ms end,
    busy_at = case when ${isUsed} then clock_timestamp() else busy_at end`;
}
