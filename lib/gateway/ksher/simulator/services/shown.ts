import type { JsonObject } from "#lib/gateway/simulator/json.ts";
import { thaiTime } from "../protocol/times.ts";
import { isExpired, type Order, type RefundRecord } from "../state/order.ts";
import type { World } from "../state/world.ts";

/** Refunds as queries see them: silent for `refundVisibleAfterMs`. */
export function visibleRefunds({ settings, clock }: World, order: Order): RefundRecord[] {
  const now = clock.now();
  return order.refunds.filter((refund) => now - refund.requestedAt >= settings.refundVisibleAfterMs);
}

/** `data.result` of an order (section 7). */
export function resultOf(world: World, order: Order): string {
  const { settings, clock } = world;
  if (isExpired(order, clock.now())) return settings.expiredShownAs;
  switch (order.phase) {
    case "open":
      return settings.openShownAs;
    case "paying":
      return settings.payingShownAs;
    case "failed":
      return "PAYERROR";
    case "closed":
      return "CLOSED";
    case "paid":
      return paidResult(world, order);
  }
}

function paidResult(world: World, order: Order): string {
  const good = visibleRefunds(world, order).filter(({ outcome }) => outcome === "success");
  if (good.length === 0) return "SUCCESS";
  const isWhole = good.reduce((sum, { amount }) => sum + amount, 0) >= order.totalFee;
  return isWhole ? "REFUND" : world.settings.partialRefundShownAs;
}

/** What an order is worth in both families' query answers. */
export function paymentMembers(order: Order): JsonObject {
  const isPaid = order.paidAt !== null;
  return {
    cash_fee: isPaid ? order.totalFee : "",
    cash_fee_type: isPaid ? "THB" : "",
    rate: isPaid ? "1.000000" : "",
    time_end: order.paidAt === null ? "" : thaiTime(order.paidAt),
    total_fee: order.totalFee,
    fee_type: "THB",
  };
}

/** `data` of gateway_order_query and of a notice (6.2), its members in the order of the vectors. */
export function gatewayData(order: Order, result: string): JsonObject {
  const { cash_fee, cash_fee_type, rate, time_end, total_fee, fee_type } = paymentMembers(order);
  return {
    ...{ channel: order.channel, openid: "", channel_order_no: order.channelOrderNo, cash_fee_type },
    ...{ ksher_order_no: order.ksherOrderNo, nonce_str: order.nonce, time_end, fee_type },
    ...{ attach: order.attach, rate, result, total_fee, appid: order.mchId, cash_fee },
    ...{ mch_order_no: order.storeOrderNo, pay_mch_order_no: order.payMchOrderNo },
  };
}
