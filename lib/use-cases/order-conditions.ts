import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { currencies } from "#lib/domain/currency.ts";
import type { OrderFilter } from "#lib/domain/order-filter.ts";
import { happenedAt } from "./order-rows.ts";
import { couldBe } from "./verdict-candidates.ts";

/** The list's filter as conditions on an order `o` of a store `s`; days and times are those of that store. */
export function orderConditions(filter: OrderFilter): SQL[] {
  const { no, account, state, amountMin, amountMax } = filter;
  return [
    ...(no ? [sql`o.order_no like ${`${no.replaceAll("_", "\\_")}%`}`] : []),
    ...(account ? [sql`o.account_id = (select id from merchant_account where slug = ${account})`] : []),
    ...(state ? [couldBe(state)] : []),
    ...(amountMin ? [bound(amountMin, sql`>=`)] : []),
    ...(amountMax ? [bound(amountMax, sql`<=`)] : []),
    ...moments(filter),
  ];
}

/** One side of the amounts in the currency of each store; a store whose currency has none is left out. */
function bound(side: NonNullable<OrderFilter["amountMin"]>, compare: SQL): SQL {
  const cases = currencies.map((currency) => sql`when ${currency} then ${side[currency] ?? null}::int8`);
  return sql`o.amount_minor ${compare} case s.currency ${sql.join(cases, sql` `)} end`;
}

/** Times without a day are today's; the last day and the last minute count whole. */
function moments({ day, dayTo, from, to }: OrderFilter): SQL[] {
  const isTimed = from !== null || to !== null;
  const date = (iso: string | null) =>
    iso === null ? sql`(clock_timestamp() at time zone s.time_zone)::date` : sql`${iso}::date`;
  const first = day !== null || (isTimed && (from !== null || dayTo === null)) ? date(day ?? dayTo) : null;
  const last = dayTo !== null || first !== null ? date(dayTo ?? day) : null;
  const end =
    to === null ? sql`${last} + interval '1 day'` : sql`${last} + ${to}::time + interval '1 minute'`;
  return [
    ...(first ? [sql`${happenedAt} >= (${first} + ${from ?? "00:00"}::time) at time zone s.time_zone`] : []),
    ...(last ? [sql`${happenedAt} < (${end}) at time zone s.time_zone`] : []),
  ];
}
