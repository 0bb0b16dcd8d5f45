import "server-only";
import { sql } from "drizzle-orm";
import type { Currency } from "#lib/domain/currency.ts";
import type { GatewayId } from "#lib/domain/gateway-id.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "./context.ts";

/** The stores and merchant accounts this person's lists can be narrowed to, and the days it is and was in the first of them. */
export type ListChoices = {
  readonly stores: readonly { readonly code: string; readonly name: string; readonly currency: Currency }[];
  readonly accounts: readonly { readonly slug: string; readonly gateway: GatewayId }[];
  readonly timeZone: string;
  readonly today: string;
  readonly yesterday: string;
};

type Row = ListChoices["stores"][number] & {
  timeZone: string;
  today: string;
  yesterday: string;
  accounts: ListChoices["accounts"];
};

export async function listChoices(ctx: Context, staff: CurrentStaff): Promise<ListChoices> {
  const { rows } = await ctx.database.db.execute<Row>(sql`
    select s.code, s.name, s.currency, s.time_zone as "timeZone",
           to_char(clock_timestamp() at time zone s.time_zone, 'YYYY-MM-DD') as today,
           to_char((clock_timestamp() at time zone s.time_zone)::date - 1, 'YYYY-MM-DD') as yesterday,
           (select coalesce(json_agg(json_build_object('slug', a.slug, 'gateway', a.gateway) order by a.slug), '[]')
              from merchant_account a where a.store_id = s.id) as accounts
      from store s where s.id = any(${sql.param([...staff.storeIds])}::uuid[]) order by s.code`);
  return {
    stores: rows.map(({ code, name, currency }) => ({ code, name, currency })),
    accounts: rows.flatMap(({ accounts }) => accounts),
    timeZone: rows[0]?.timeZone ?? "UTC",
    today: rows[0]?.today ?? "",
    yesterday: rows[0]?.yesterday ?? "",
  };
}
