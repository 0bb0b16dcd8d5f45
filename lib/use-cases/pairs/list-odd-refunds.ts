import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import type { Currency } from "#lib/domain/currency.ts";
import { limits } from "#lib/domain/limits.ts";
import { type OddWhy, whyOdd } from "#lib/domain/odd-refund.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { inStores } from "../requests/request-rows.ts";

/** An approved refund that stands out; amounts in minor units, instants as ISO text. `approver` null: a rule approved it. */
export type OddRefund = {
  readonly requestNo: string;
  readonly account: string;
  readonly orderNo: string;
  readonly amountMinor: number;
  readonly currency: Currency;
  readonly timeZone: string;
  readonly askedBy: string;
  readonly decidedBy: string | null;
  readonly askedAt: string;
  readonly requester: string;
  readonly approver: string | null;
  readonly why: readonly OddWhy[];
};

type Row = Omit<OddRefund, "why"> & { cancelledAt: string | null; paidAt: string | null };

/** The hours that `whyOdd` calls late, so that not every refund of three months is read. */
const isNight = (
  at: SQL,
) => sql`(extract(hour from ${at} at time zone s.time_zone) >= ${limits.lateNightFromHour}::int
  or extract(hour from ${at} at time zone s.time_zone) < ${limits.lateNightUntilHour}::int)`;

/** The approved refunds of the report's days that stand out, the newest first. */
export async function listOddRefunds(db: Db, staff: CurrentStaff): Promise<OddRefund[]> {
  const { rows } = await db.execute<Row>(sql`
    select r.request_no as "requestNo", a.slug as account, o.order_no as "orderNo", r.amount_minor::int8 as "amountMinor", r.currency,
           s.time_zone as "timeZone", p.name as "askedBy", d.name as "decidedBy", r.requested_at as "askedAt",
           r.requested_person as requester, r.decided_person as approver, o.cancelled_at as "cancelledAt", o.paid_at as "paidAt"
      from refund_request r join pay_order o on o.id = r.order_id join merchant_account a on a.id = o.account_id
      join store s on s.id = r.store_id join staff p on p.id = r.requested_by left join staff d on d.id = r.decided_by
     where r.status = 'APPROVED' and ${inStores(staff)}
       and r.requested_at > clock_timestamp() - make_interval(days => ${limits.pairsDays}::int)
       and (o.cancelled_at is not null or ${isNight(sql`r.requested_at`)} or ${isNight(sql`o.paid_at`)})
     order by r.requested_at desc, r.id`);
  return rows
    .map(({ cancelledAt, paidAt, ...row }) => ({
      ...row,
      amountMinor: Number(row.amountMinor),
      askedAt: new Date(row.askedAt).toISOString(),
      why: whyOdd({
        cancelledAt: cancelledAt === null ? null : new Date(cancelledAt),
        paidAt: paidAt === null ? null : new Date(paidAt),
        askedAt: new Date(row.askedAt),
        timeZone: row.timeZone,
      }),
    }))
    .filter(({ why }) => why.length > 0);
}
