import "server-only";
import { sql } from "drizzle-orm";
import type { CounterLane } from "#lib/domain/counter-view.ts";
import { gatewayHealth } from "#lib/domain/gateway-health.ts";

/** A lane as the books have it: instants as JSON writes them. */
export type RawLane = Omit<CounterLane, "health" | "quietUntil"> & {
  troubleCount: number;
  breakerUntil: string;
};

/** The lanes as `l`, each with its account `a` and store `s`. */
export const laneTables = sql`
  gateway_lane l join merchant_account a on a.id = l.account_id join store s on s.id = a.store_id`;
/** What is read of them for a `RawLane`. */
export const laneColumns = sql`
  a.slug as account, a.gateway, s.name as "storeName", s.time_zone as "timeZone", l.trouble_count as "troubleCount",
  l.breaker_until as "breakerUntil", l.last_answer_at as "lastAnswerAt", a.sending_paused_why is not null as "isSendingPaused"`;

/** What staff are told of a lane; `quietUntil` only while it rests. */
export function laneStanding({ troubleCount, breakerUntil, ...lane }: RawLane, now: Date): CounterLane {
  const lastAnswerAt = lane.lastAnswerAt === null ? null : new Date(lane.lastAnswerAt);
  const until = new Date(breakerUntil);
  const health = gatewayHealth({ troubleCount, breakerUntil: until, lastAnswerAt }, now);
  return {
    ...{ account: lane.account, gateway: lane.gateway, storeName: lane.storeName, timeZone: lane.timeZone },
    ...{ health, isSendingPaused: lane.isSendingPaused, lastAnswerAt: lastAnswerAt?.toISOString() ?? null },
    quietUntil: health === "quiet" ? until.toISOString() : null,
  };
}
