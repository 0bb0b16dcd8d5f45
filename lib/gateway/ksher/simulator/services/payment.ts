import { channelOf, channels, lists } from "../protocol/channels.ts";
import { close, giveBack, restOf } from "../state/money.ts";
import { fail, type ServiceAnswer, type ServiceCall } from "./answer.ts";
import { paymentMembers, resultOf } from "./shown.ts";

/** 6.4: a payment by its own numbers. */
export function orderQuery(call: ServiceCall): ServiceAnswer {
  const { world, order, params } = call;
  if (!order) return fail(call, "KSHER_INVALID_ORDER_NO");
  const { nonce_str = "", operator_id = "" } = params;
  const names = { ksher_order_no: order.ksherOrderNo, mch_order_no: order.payMchOrderNo };
  if (order.phase === "paying") {
    const why = { err_code: "PAYMENT_IN_PROCESS", err_msg: "payment in process" };
    return { code: 0, data: { ...why, ...names, nonce_str, result: "NOTSURE" } };
  }
  const data = {
    ...{ appid: order.mchId, attach: order.attach, channel: order.channel },
    ...{ channel_order_no: order.channelOrderNo, consumer_remark: "", device_id: "" },
    ...{ ...names, merchant_remark: "", nonce_str, openid: "", operation: "ORDER-QUERY", operator_id },
    ...paymentMembers(order),
    ...{ raw_total_fee: order.totalFee, result: resultOf(world, order) },
  };
  return { code: 0, data };
}

function done({ params }: ServiceCall, appid: string, mch_order_no: string): ServiceAnswer {
  return { code: 0, data: { appid, mch_order_no, nonce_str: params.nonce_str ?? "", result: "SUCCESS" } };
}

/** 6.7: an unpaid payment closes, like a cancelled order. */
export function orderClose(call: ServiceCall): ServiceAnswer {
  const { world, order } = call;
  if (!order) return fail(call, "KSHER_INVALID_ORDER_NO");
  if (order.phase === "paid") return fail(call, "KSHER_ORDER_PAID");
  if (order.phase === "closed") return fail(call, "SIM_ORDER_CLOSED");
  if (lists(world.settings.noCloseChannels, order.channel)) return fail(call, "SIM_CHANNEL_WITHOUT_CLOSE");
  const isCardBusy = order.phase === "paying" && channelOf(order.channel)?.isCard;
  if (isCardBusy) return fail(call, "SIM_CARD_IN_PROGRESS");
  close(order, world.clock.now());
  return done(call, order.mchId, order.payMchOrderNo);
}

/** 6.8: undoes a payment, or prevents it. The answer is that of order_close (ASSUMED). */
export function orderReverse(call: ServiceCall): ServiceAnswer {
  const { world, order } = call;
  if (!order) return fail(call, "KSHER_INVALID_ORDER_NO");
  if (order.phase === "closed") return fail(call, "SIM_ORDER_CLOSED");
  const rest = restOf(order);
  if (order.phase !== "paid") close(order, world.clock.now());
  else if (rest > 0) giveBack(world, order, { amount: rest, origin: "api", kind: "reverse", no: null });
  return done(call, order.mchId, order.payMchOrderNo);
}

const signedMembers = ["mobile", "mch_id", "account_type", "business_mode", "nonce_str"];

/** 6.9: only five members are signed. */
export function merchantInfo({ merchant, params }: ServiceCall): ServiceAnswer {
  const codes = channels.map(({ code }) => code);
  const limits = { day_sum_limit: -1, single_order_limit: -1, settlement_time_type: "T+1" };
  const data = {
    ...{ account_type: "Test", business_mode: "online", mch_id: merchant.mchId.replace(/^mch/, "") },
    ...{ mobile: "0800000000", nonce_str: params.nonce_str ?? "" },
    ...{ allow_partial_refund: merchant.partialRefund ? "Y" : "N", mch_appid: merchant.mchId },
    ...{ country_support_channel: codes, time_zone: "+07:00", price_fee_type: "THB" },
    mch_support_channel: codes.map((pay_channel) => ({ pay_channel, ...limits })),
  };
  return { code: 0, data, members: signedMembers };
}
