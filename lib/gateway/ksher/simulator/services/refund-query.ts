import type { JsonObject } from "#lib/gateway/simulator/json.ts";
import { lists } from "../protocol/channels.ts";
import { thaiTime } from "../protocol/times.ts";
import type { RefundRecord } from "../state/order.ts";
import type { World } from "../state/world.ts";
import { fail, type ServiceAnswer, type ServiceCall } from "./answer.ts";
import { visibleRefunds } from "./shown.ts";

/** 6.6: the refunds of an order. The top-level refund_fee repeats the count, as the real sample does. */
export function refundQuery(call: ServiceCall): ServiceAnswer {
  const { world, order, params } = call;
  const { settings } = world;
  if (!order) return fail(call, "KSHER_INVALID_ORDER_NO");
  if (lists(settings.noRefundQueryChannels, order.channel))
    return fail(call, "SIM_CHANNEL_WITHOUT_REFUND_QUERY");
  const wanted = settings.refundQueryFilters ? (params.mch_refund_no ?? "") : "";
  const rows = visibleRefunds(world, order).filter((one) => wanted === "" || one.storeRefundNo === wanted);
  if (rows.length === 0 && settings.emptyRefundQuery === "fail") return fail(call, "SIM_NO_REFUND");
  const count = String(rows.length);
  const last = rows.at(-1);
  const data = {
    appid: order.mchId,
    cash_fee: String(order.totalFee),
    cash_fee_type: "THB",
    channel_order_no: order.channelOrderNo,
    fee_type: "THB",
    ksher_order_no: order.ksherOrderNo,
    mch_order_no: order.payMchOrderNo,
    nonce_str: params.nonce_str ?? "",
    refund_count: count,
    refund_fee: count,
    refund_orders: rows.map((one) => row(world, one)),
    result: "SUCCESS",
    time_end: last ? thaiTime(last.decidedAt) : "",
    total_fee: order.totalFee,
  };
  return { code: 0, data };
}

function row(world: World, record: RefundRecord): JsonObject {
  return {
    channel_refund_no: record.channelRefundNo,
    ksher_refund_no: record.ksherRefundNo,
    mch_refund_fee: record.amount,
    mch_refund_no: record.storeRefundNo,
    refund_state: stateOf(world, record),
    refund_time: thaiTime(record.decidedAt),
  };
}

/** Only REFUNDSUCCESS is attested; the others are made up. */
function stateOf({ settings, clock }: World, { outcome, requestedAt }: RefundRecord): string {
  if (outcome === "fail") return "SIM_REFUND_FAILED";
  const isSlow = clock.now() - requestedAt < settings.slowRefundMs;
  return outcome === "running" || isSlow ? settings.slowRefundState : "REFUNDSUCCESS";
}
