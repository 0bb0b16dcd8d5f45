import "server-only";
import { type SQL, sql } from "drizzle-orm";

/**
 * How far somebody has come: `code`: the password was right, the code of the second factor is asked for; `setUp`: the role
 * needs a second factor and the account has none yet; `in`: signed in. Only `in` opens anything of the shop.
 */
export type SessionStage = "code" | "setUp" | "in";

/** The role of `p` (staff) needs a second factor that the account does not have. */
export const lacksFactor: SQL<boolean> = sql`(exists (select 1 from sign_in_rule r where r.role = p.role and r.needs_factor)
  and not exists (select 1 from second_factor f where f.staff_id = p.id and f.confirmed_at is not null))`;

/** The stage of the session `s` of the person `p`. */
export const stageNow: SQL<SessionStage> = sql`case when s.awaits_code then 'code' when ${lacksFactor} then 'setUp' else 'in' end`;

/** The session `s` was neither ended nor ran out. */
export const isOpen: SQL<boolean> = sql`(s.revoked_at is null and s.idle_until > clock_timestamp() and s.absolute_until > clock_timestamp())`;
