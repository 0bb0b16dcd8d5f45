import "server-only";
import { eq, sql } from "drizzle-orm";
import { appendAudit } from "#lib/db/audit.ts";
import type { Db } from "#lib/db/client.ts";
import { refundRequest } from "#lib/db/schema.ts";
import { type OwnLimitFacts, saleDays } from "#lib/domain/own-limit.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { OrderBooks } from "../order-books.ts";
import { putInLine } from "../put-in-line.ts";

type Asked = {
  readonly request: OrderBooks["requests"][number];
  readonly by: CurrentStaff;
  readonly own: OwnLimitFacts;
};

/**
 * Approves what was just asked by its person's own limit, in the transaction that stores the request and under the locks of
 * the person and the order (screens.md 4.3): the state says that a rule did it, the numbers stand in the audit, and from
 * here on it is an approved refund like any other. The caller has judged it (domain/own-limit.ts); the database judges again.
 */
export async function approveByRule(tx: Db, books: OrderBooks, { request, by, own }: Asked): Promise<void> {
  const { limits, today, sale } = own;
  await tx
    .update(refundRequest)
    .set({ status: "APPROVED", approvedByRule: "own-limit", decidedAt: sql`clock_timestamp()` })
    .where(eq(refundRequest.id, request.id));
  await putInLine(tx, books, request, { rule: "own-limit" });
  await appendAudit(tx, {
    action: "approve-by-rule",
    outcome: "done",
    staffId: null,
    storeId: request.storeId,
    orderId: request.orderId,
    subject: request.requestNo,
    deviceId: by.deviceId,
    facts: {
      orderNo: books.order.orderNo,
      amountMinor: request.amountMinor,
      currency: request.currency,
      askedBy: by.name,
      rule: "own-limit",
      limitMinor: limits.perRefundMinor,
      count: today.count + 1,
      countMax: limits.dayCountMax,
      sumMinor: today.sumMinor + request.amountMinor,
      sumMaxMinor: limits.daySumMinor,
      saleDays: saleDays(sale.ageMs ?? 0),
      saleDaysMax: limits.saleAgeMaxDays,
    },
  });
}
