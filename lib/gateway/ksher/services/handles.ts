import "server-only";
import { isCard } from "../wallets.ts";

/** What a refund needs from a fresh query of the order; the names are the wire's (protocol 6.2). */
export type Handles = {
  readonly pay_mch_order_no?: string;
  readonly ksher_order_no?: string;
  readonly channel?: string;
  readonly total_fee?: string;
};

/**
 * Names the payment underneath a gateway order (protocol 6.5): its `pay_mch_order_no` and, where a channel order exists, its
 * `ksher_order_no`, both of the same query; a card goes by the latter and cannot do without. Our own order number means nothing there.
 */
export function paymentNumbers(handles: Handles): Readonly<Record<string, string>> | null {
  const { pay_mch_order_no: payNo, ksher_order_no: ksherNo, channel } = handles;
  if (ksherNo === undefined && (payNo === undefined || isCard(channel ?? ""))) return null;
  return {
    ...(payNo === undefined ? {} : { mch_order_no: payNo }),
    ...(ksherNo === undefined ? {} : { ksher_order_no: ksherNo }),
  };
}

/** Handles are of this order only while its amount is the one we know; a link made anew may carry another (protocol 6.1). */
export function isOfAmount(handles: Handles, orderAmountMinor: number): boolean {
  return handles.total_fee === String(orderAmountMinor);
}
