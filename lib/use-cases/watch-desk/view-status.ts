import "server-only";
import { sql } from "drizzle-orm";
import { busyNow } from "#lib/db/lane-use.ts";
import { limits } from "#lib/domain/limits.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { GatewayStatus, StatusView } from "#lib/domain/status-view.ts";
import { build } from "#lib/env.ts";
import packageJson from "../../../package.json" with { type: "json" };
import type { Context } from "../context.ts";
import { laneColumns, laneStanding, laneTables, type RawLane } from "./lane-standing.ts";

type Raw = RawLane & Pick<GatewayStatus, "answerMs" | "usedPercent" | "waiting" | "quietHours">;
type Read = { now: string; isSendingOff: boolean; lanes: Raw[] };

/** Those that wait for the lane `l`: the accounts that share it stand in one line. */
const waiting = sql`(
  select ((select count(*) from query_job j where j.account_id = any(mates.ids) and j.due_at <= clock_timestamp())
        + (select count(*) from money_op m where m.account_id = any(mates.ids) and m.state in ('READY','UNKNOWN','PENDING')
              and coalesce(m.next_ask_at, m.created_at) <= clock_timestamp()))::int
    from (select array_agg(x.account_id) as ids from gateway_lane x
           where x.account_id = l.account_id or x.lane_key = l.lane_key) mates)`;

/**
 * How the gateways of this person's stores stand, from one reading of the books: whichever process answers, it says the
 * same. `version` and `build` are those of the process itself.
 */
export async function viewStatus(ctx: Context, staff: CurrentStaff): Promise<StatusView> {
  const { rows } = await ctx.database.db.execute<Read>(sql`
    select clock_timestamp() as now, exists (select 1 from installation where sending_off_why is not null) as "isSendingOff",
      (select coalesce(json_agg(r order by r."storeName", r.account), '[]') from (
         select ${laneColumns}, l.answer_ms as "answerMs", ${waiting} as waiting,
                least(100, round(100 * ${busyNow} / ${limits.laneUseMs}::int))::int as "usedPercent",
                case when a.quiet_from is not null then json_build_object('from', a.quiet_from, 'to', a.quiet_to) end as "quietHours"
           from ${laneTables} where a.store_id = any(${sql.param([...staff.storeIds])}::uuid[])) r) as lanes`);
  const [read] = rows;
  if (!read) throw new Error("the books did not answer");
  const now = new Date(read.now);
  return {
    serverNow: now.toISOString(),
    timeZone: read.lanes[0]?.timeZone ?? "UTC",
    version: packageJson.version,
    build,
    isSendingOff: read.isSendingOff,
    gateways: read.lanes.map((lane) => ({
      ...laneStanding(lane, now),
      ...{ answerMs: lane.answerMs, usedPercent: lane.usedPercent, waiting: lane.waiting },
      quietHours: lane.quietHours,
    })),
  };
}
