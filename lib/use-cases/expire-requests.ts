import "server-only";
import { sql } from "drizzle-orm";
import { appendAudit } from "#lib/db/audit.ts";
import type { Db } from "#lib/db/client.ts";
import type { Currency } from "#lib/domain/currency.ts";

type Expired = {
  requestNo: string;
  storeId: string;
  orderId: string;
  orderNo: string;
  amountMinor: string | number;
  currency: Currency;
};

/**
 * Requests whose time is over by the database's clock become EXPIRED and free their amount, each with its audit line;
 * those of one order only where `orderId` is given.
 */
export async function expireRequests(tx: Db, orderId: string | null = null): Promise<void> {
  const { rows } = await tx.execute<Expired>(sql`
    update refund_request r set status = 'EXPIRED'
      from pay_order o
     where o.id = r.order_id and r.status in ('REQUESTED', 'RETURNED') and r.expires_at <= clock_timestamp()
       and (${orderId}::uuid is null or r.order_id = ${orderId}::uuid)
    returning r.request_no as "requestNo", r.store_id as "storeId", r.order_id as "orderId", o.order_no as "orderNo",
              r.amount_minor::int8 as "amountMinor", r.currency`);
  for (const { requestNo, storeId, orderId: order, orderNo, amountMinor, currency } of rows) {
    await appendAudit(tx, {
      action: "expire-refund",
      outcome: "done",
      staffId: null,
      storeId,
      orderId: order,
      subject: requestNo,
      deviceId: null,
      facts: { orderNo, amountMinor: Number(amountMinor), currency },
    });
  }
}
