import "server-only";
import type { Db } from "#lib/db/client.ts";
import { moneyOp } from "#lib/db/schema.ts";
import type { ApprovalRule } from "#lib/domain/refund.ts";
import { inSpan } from "#lib/trace.ts";
import type { OrderBooks } from "./order-books.ts";
import { nextMerchantNo } from "./restore/next-merchant-no.ts";

type Approver = { readonly person: string } | { readonly rule: ApprovalRule };

/**
 * The one money operation of an approved request, in the transaction of its approval and under the order's lock: the clerk
 * asks the gateway once more and sends it. The same for a person's approval and for a rule's.
 */
export function putInLine(
  tx: Db,
  books: OrderBooks,
  request: OrderBooks["requests"][number],
  by: Approver,
): Promise<{ opId: string }> {
  return inSpan("put-in-line", {}, async (note) => {
    const op = await storeOp(tx, books, { request, by });
    note({ op: op.opId });
    return op;
  });
}

type Approved = { readonly request: OrderBooks["requests"][number]; readonly by: Approver };

async function storeOp(tx: Db, { order }: OrderBooks, { request, by }: Approved): Promise<{ opId: string }> {
  const [op] = await tx
    .insert(moneyOp)
    .values({
      kind: "REFUND",
      orderId: request.orderId,
      accountId: order.accountId,
      requestId: request.id,
      amountMinor: request.amountMinor,
      currency: request.currency,
      merchantNo: await nextMerchantNo(tx),
      requestedPerson: request.requestedPerson,
      ...("person" in by ? { approvedPerson: by.person } : { approvedByRule: by.rule }),
    })
    .returning({ id: moneyOp.id });
  if (!op) throw new Error("the operation was not stored");
  return { opId: op.id };
}
