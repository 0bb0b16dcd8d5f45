import "server-only";
import { type AloneReason, whyAlone, whyNotNow } from "#lib/domain/go-together.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Deciding, DecisionRefusal } from "../decide-refund.ts";
import type { OrderBooks } from "../order-books.ts";
import { saleOf } from "../own-limit/read-own-limit.ts";
import type { RequestRow } from "../requests/request-rows.ts";
import { findRequestRow } from "../requests/view-request.ts";

/** Why a request is approved alone, by its row and its order's books of one moment; null: it is of low risk. */
export function whyNotTogether(row: RequestRow, books: OrderBooks): AloneReason | null {
  const { isPlain, isDecidedBefore } = saleOf(books);
  const paidAt = row.paidAt === null ? null : new Date(row.paidAt);
  const askedAt = new Date(row.askedAt);
  return (
    whyAlone({ ...row, paidAt, askedAt, isDecidedBefore }) ??
    whyNotNow({ isPlain, asOfAt: books.order.asOfAt, now: books.now })
  );
}

/** The same inside the transaction of the approval, under the order's lock. */
export async function judgeTogether(
  { tx, books, request }: Deciding,
  approver: CurrentStaff,
): Promise<DecisionRefusal | null> {
  const found = await findRequestRow(tx, approver, request.requestNo);
  const because = found ? whyNotTogether(found.row, books) : "unusual";
  return because && { why: "alone", because };
}
