import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { sessionLimits } from "#lib/domain/session-limits.ts";
import { roles } from "#lib/domain/staff.ts";

/**
 * How far somebody has come: `code`: the password was right, the code of the second factor is asked for; `locked`: the
 * screen is locked and asks for the PIN; `setUp`: the role needs a second factor and the account has none yet; `in`: signed
 * in. Only `in` opens anything of the shop.
 */
export type SessionStage = "code" | "locked" | "setUp" | "in";

/** The account `p` (staff) has a second factor that counts: an app, or a passkey. */
export const holdsFactor: SQL<boolean> = sql`(exists (select 1 from second_factor f where f.staff_id = p.id and f.confirmed_at is not null)
  or exists (select 1 from passkey k where k.staff_id = p.id))`;

/** The role of `p` (staff) needs a second factor that the account does not have. */
export const lacksFactor: SQL<boolean> = sql`(exists (select 1 from sign_in_rule r where r.role = p.role and r.needs_factor) and not ${holdsFactor})`;

const lockMsOf = (role: SQL) =>
  sql`case ${role} ${sql.join(
    roles.map((one) => sql`when ${one} then ${sessionLimits[one].lockMs}::int`),
    sql` `,
  )} end`;

/** The screen of the session `s` is locked: somebody locked it, or nobody did anything for as long as the role allows. */
export const isLocked = (role: SQL): SQL<boolean> =>
  sql`(s.locked_at is not null or s.last_action_at <= clock_timestamp() - make_interval(secs => (${lockMsOf(role)}) / 1000.0))`;

/** The stage of the session `s` of the person `p`. */
export const stageNow: SQL<SessionStage> = sql`case when s.awaits_code then 'code' when ${isLocked(sql`p.role`)} then 'locked'
  when ${lacksFactor} then 'setUp' else 'in' end`;

/** The session `s` was neither ended nor ran out. */
export const isOpen: SQL<boolean> = sql`(s.revoked_at is null and s.idle_until > clock_timestamp() and s.absolute_until > clock_timestamp())`;
