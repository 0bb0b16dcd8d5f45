import "server-only";
import { sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import type { Currency } from "#lib/domain/currency.ts";
import { isLive } from "#lib/domain/money-op.ts";
import type { OwnLimitFacts } from "#lib/domain/own-limit.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { OrderBooks } from "../order-books.ts";
import { businessDay } from "../requests/request-rows.ts";

/**
 * Puts every request of one person in line, whichever of their accounts and orders it is about, until the transaction ends:
 * what is counted of their day after it is what stands. Taken before any other lock of a request.
 */
export async function lockPerson(tx: Db, { staffId }: CurrentStaff): Promise<void> {
  await tx.execute(sql`
    select 1 from staff where person_id = (select person_id from staff where id = ${staffId}) order by id for no key update`);
}

type Row = {
  currency: Currency | null;
  perRefundMinor: string | number;
  dayCountMax: number;
  daySumMinor: string | number;
  saleAgeMaxDays: number;
  count: string | number;
  sumMinor: string | number;
};

/** What the own limit of a member of staff says about refunds of this order, at this moment of the database's clock. */
export async function readOwnLimit(
  db: Db,
  { staffId, personId }: CurrentStaff,
  books: OrderBooks,
): Promise<OwnLimitFacts> {
  const { rows } = await db.execute<Row>(sql`
    select p.refund_limit_currency as currency, p.refund_limit_minor::int8 as "perRefundMinor",
           p.refund_day_count_max as "dayCountMax", p.refund_day_sum_minor::int8 as "daySumMinor",
           p.refund_sale_age_max_days as "saleAgeMaxDays", count(r.id)::int8 as count,
           coalesce(sum(r.amount_minor), 0)::int8 as "sumMinor"
      from staff p join store s on s.id = ${books.store.id}
      left join refund_request r on r.requested_person = ${personId} and r.approved_by_rule is not null
       and r.currency = ${books.order.currency} and r.requested_at > clock_timestamp() - interval '48 hours'
       and ${businessDay(sql`r.requested_at`)} = ${businessDay(sql`clock_timestamp()`)}
     where p.id = ${staffId} group by p.id`);
  const [row] = rows;
  if (!row) throw new Error("somebody who asks has an account");
  return {
    limits: {
      currency: row.currency,
      perRefundMinor: Number(row.perRefundMinor),
      dayCountMax: row.dayCountMax,
      daySumMinor: Number(row.daySumMinor),
      saleAgeMaxDays: row.saleAgeMaxDays,
    },
    today: { count: Number(row.count), sumMinor: Number(row.sumMinor) },
    sale: saleOf(books),
  };
}

/** What of an order and its books decides about the way a request takes. */
export function saleOf({
  order,
  store,
  ops,
  requests,
  elsewhereMinor,
  caseNo,
  now,
}: OrderBooks): OwnLimitFacts["sale"] {
  const isPartBack = ops.some(({ kind, state }) => kind === "REFUND" && state === "SUCCEEDED");
  const isSeenPaid = order.gatewayState === "paid" || (order.gatewayState === "refunded" && isPartBack);
  const isUntouched = order.cancelledAt === null && elsewhereMinor === 0 && caseNo === null;
  return {
    currency: order.currency,
    ageMs: order.paidAt && now.getTime() - order.paidAt.getTime(),
    secondAboveMinor: store.secondApprovalAboveMinor,
    isPlain: isSeenPaid && isUntouched && !ops.some(({ state }) => isLive(state)),
    isDecidedBefore: requests.some(({ status }) => ["RETURNED", "RESENT", "REJECTED"].includes(status)),
  };
}
