import "server-only";
import { eq } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { moneyOp, refundRequest } from "#lib/db/schema.ts";
import { isAboutAccount } from "#lib/domain/recovery/send-answer.ts";
import type { OrderBooks } from "../order-books.ts";
import { nextMerchantNo } from "../restore/next-merchant-no.ts";

/**
 * Puts an approved refund in line once more after its first operation was proven dead because the account's key was wrong
 * (scenario 47): the approval stands, so it gets a new number and waits until sending is on again. Any other failure ends the
 * request's operation for good; staff ask again. The caller has just written FAILED, under the order's lock.
 */
export async function sendOnceMore(tx: Db, books: OrderBooks, op: OrderBooks["ops"][number]): Promise<void> {
  if (op.kind !== "REFUND" || !op.requestId || !isAboutAccount(op.why)) return;
  const [request] = await tx.select().from(refundRequest).where(eq(refundRequest.id, op.requestId));
  if (request?.status !== "APPROVED") return;
  await tx.insert(moneyOp).values({
    kind: "REFUND",
    orderId: op.orderId,
    accountId: op.accountId,
    requestId: op.requestId,
    amountMinor: op.amountMinor,
    currency: op.currency,
    merchantNo: await nextMerchantNo(tx),
    requestedPerson: op.requestedPerson,
    approvedPerson: op.approvedPerson,
    approvedByRule: op.approvedByRule,
    why: "keyWasWrong",
    createdAt: books.now,
  });
}
