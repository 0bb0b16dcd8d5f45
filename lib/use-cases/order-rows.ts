import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Currency } from "#lib/domain/currency.ts";
import type { GatewayOrderState } from "#lib/domain/gateway-facts.ts";
import type { GatewayId } from "#lib/domain/gateway-id.ts";
import type { OrderRow } from "#lib/domain/order-row.ts";
import { type OrderMoney, reservingStatuses } from "#lib/domain/refund.ts";
import { verdictOf } from "#lib/domain/verdict.ts";
import type { Context } from "./context.ts";

/** When an order happened, as far as we know: when it was paid, else when it was first seen. Indexed with its store. */
export const happenedAt = sql`coalesce(o.paid_at, o.first_seen_at)`;

/** What a list needs of an order, with everything that decides its verdict, in one row; `o`, `a` and `s` are its tables. */
export const orderColumns = sql`
  o.id, a.slug as account, a.gateway, o.order_no as "orderNo", s.name as "storeName", s.time_zone as "timeZone", o.currency,
  o.amount_minor as "amountMinor", o.paid_minor as "paidMinor", o.wallet, o.gateway_state as "gatewayState",
  o.as_of_at is not null as "isKnown", o.cancelled_at is not null as "isCancelled",
  o.refunds_wanted_at is not null as "isShareAsked",
  to_char(${happenedAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
  (select coalesce(json_agg(json_build_object('kind', m.kind, 'state', m.state, 'amountMinor', m.amount_minor) order by m.created_at), '[]')
     from money_op m where m.order_id = o.id) as ops,
  (select coalesce(json_agg(r.amount_minor), '[]') from refund_request r
    where r.order_id = o.id and r.status = any(${sql.param([...reservingStatuses])}::text[]) and r.expires_at > clock_timestamp()) as "waitingMinor",
  (select coalesce(sum(f.amount_minor), 0) from found_refund f where f.order_id = o.id)::int8 as "elsewhereMinor"`;

export const orderTables = (order: SQL) =>
  sql`${order} join merchant_account a on a.id = o.account_id join store s on s.id = o.store_id`;

export type RawOrderRow = {
  id: string;
  account: string;
  gateway: GatewayId;
  orderNo: string;
  storeName: string;
  timeZone: string;
  currency: Currency;
  amountMinor: number | null;
  paidMinor: number;
  wallet: string | null;
  gatewayState: GatewayOrderState;
  isKnown: boolean;
  isCancelled: boolean;
  isShareAsked: boolean;
  at: string;
  ops: OrderMoney["ops"];
  waitingMinor: number[];
  elsewhereMinor: number;
};

/** The row as people read it; its verdict by the one rule that the order page asks too. */
export function toOrderRow(ctx: Context, raw: RawOrderRow): OrderRow {
  const { id, account, orderNo, storeName, timeZone, currency, at } = raw;
  const amountMinor = raw.amountMinor === null ? null : Number(raw.amountMinor);
  const facts = { ...raw, paidMinor: Number(raw.paidMinor), elsewhereMinor: Number(raw.elsewhereMinor) };
  return {
    ...{ id, account, orderNo, storeName, timeZone, currency, at, amountMinor },
    wallet: raw.wallet && ctx.walletName(raw.gateway, raw.wallet),
    verdict: verdictOf(facts),
  };
}
