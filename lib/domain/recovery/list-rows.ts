/** One row of a gateway's list: a charge or a refund (lib/gateway/gateway.ts, TransactionRow). */
export type ListRow = {
  readonly orderNo: string;
  readonly amountMinor: number;
  readonly isRefund: boolean;
  readonly isSuccess: boolean;
};

/** What a list says of one order. Amounts in minor units, positive. */
export type ListedOrder = {
  readonly paidMinor: number;
  readonly returnedMinor: number;
  readonly refundCount: number;
  /** False while a refund row has not succeeded: then the sum is no proof. */
  readonly isClear: boolean;
};

const nothing: ListedOrder = { paidMinor: 0, returnedMinor: 0, refundCount: 0, isClear: true };

/** Sums a list by order: charges are positive rows, refunds negative ones (Scan2Pay 4.5). */
export function sumRows(rows: readonly ListRow[]): ReadonlyMap<string, ListedOrder> {
  const orders = new Map<string, ListedOrder>();
  for (const { orderNo, amountMinor, isRefund, isSuccess } of rows) {
    const so = orders.get(orderNo) ?? nothing;
    const minor = Math.abs(amountMinor);
    if (!isSuccess) orders.set(orderNo, isRefund ? { ...so, isClear: false } : so);
    else if (!isRefund) orders.set(orderNo, { ...so, paidMinor: so.paidMinor + minor });
    else
      orders.set(orderNo, {
        ...so,
        returnedMinor: so.returnedMinor + minor,
        refundCount: so.refundCount + 1,
      });
  }
  return orders;
}

/** An order that is in no row of a list. */
export const unlisted: ListedOrder = nothing;
