import { lists } from "../protocol/channels.ts";
import { thaiTime } from "../protocol/times.ts";
import { giveBack, restOf } from "../state/money.ts";
import type { Order, RefundRecord } from "../state/order.ts";
import { amountOf, fail, type ServiceAnswer, type ServiceCall } from "./answer.ts";

const numberLengthMax = 32;

const thaiDay = (atMs: number) => thaiTime(atMs).slice(0, 10);
const inProcess = { err_code: "PAYMENT_IN_PROCESS", err_msg: "payment in process" };

type Wish = { refundNo: string; amount: number; order: Order };

/** 6.5: checks first, then the money, then the answer. Every err_code with SIM_ is made up, so that nobody relies on it. */
export function orderRefund(call: ServiceCall): ServiceAnswer {
  const { order, params, world, merchant } = call;
  const refundNo = params.mch_refund_no ?? "";
  if (!order) return fail(call, "KSHER_INVALID_ORDER_NO");
  const failed = (errCode: string) =>
    fail(call, errCode, { mch_order_no: order.payMchOrderNo, mch_refund_no: refundNo });
  if (refundNo.length < 1 || refundNo.length > numberLengthMax) return failed("SIM_REFUND_NO_INVALID");
  const amount = amountOf(params.refund_fee);
  if (amount === null) return failed("SIM_REFUND_FEE_INVALID");
  const numberKey = `${merchant.mchId} ${refundNo}`;
  const earlier = earlierRefund(call, refundNo);
  if (earlier && world.settings.duplicateCheck.number) {
    if (world.settings.duplicateAnswer === "fail") return failed("SIM_REFUND_NO_USED");
    return { code: 0, data: refundData(call, earlier.order, earlier.record) };
  }
  if (world.rejectedNumbers.includes(numberKey)) return failed("SIM_REFUND_NO_USED");
  const wish = { refundNo, amount, order };
  const errCode =
    call.fault?.kind === "refund-fail"
      ? (call.fault.code ?? "SIM_REFUND_REJECTED")
      : againstRefund(call, wish);
  if (!errCode) return carryOut(call, wish);
  if (world.settings.rejectedNumberUsed) world.rejectedNumbers.push(numberKey);
  return failed(errCode);
}

function earlierRefund({ world, merchant }: ServiceCall, refundNo: string) {
  return world.orders
    .filter(({ mchId }) => mchId === merchant.mchId)
    .flatMap((order) => order.refunds.map((record) => ({ order, record })))
    .find(({ record }) => record.storeRefundNo === refundNo);
}

/** What order and merchant have against it; null: nothing. */
function againstRefund(call: ServiceCall, { order, amount }: Wish): string | null {
  const { settings, clock } = call.world;
  const { params } = call;
  if (order.phase !== "paid" || order.paidAt === null) return "SIM_ORDER_NOT_PAID";
  if (params.total_fee !== String(order.totalFee)) return "SIM_TOTAL_FEE_WRONG";
  if (params.fee_type !== "THB") return "SIM_FEE_TYPE_WRONG";
  if (lists(settings.noRefundChannels, order.channel)) return "SIM_CHANNEL_WITHOUT_REFUND";
  const isCard = order.channel === "card";
  if (isCard && settings.cardNeedsKsherOrderNo && !params.ksher_order_no)
    return "SIM_CARD_WANTS_KSHER_ORDER_NO";
  if (settings.refundDeadlineMs > 0 && clock.now() - order.paidAt > settings.refundDeadlineMs)
    return "SIM_REFUND_TOO_LATE";
  const running = order.refunds.filter(({ outcome }) => outcome === "running");
  const promised = running.reduce((sum, one) => sum + one.amount, 0);
  if (settings.duplicateCheck.order && amount > restOf(order) - promised) return "SIM_REFUND_FEE_TOO_MUCH";
  return againstMerchant(call, { order, amount, paidAt: order.paidAt });
}

function againstMerchant(
  { world, merchant }: ServiceCall,
  { order, amount, paidAt }: { order: Order; amount: number; paidAt: number },
): string | null {
  const { settings, clock } = world;
  const isPartial = amount < order.totalFee;
  const mayBePartial = merchant.partialRefund && !lists(settings.noPartialChannels, order.channel);
  if (isPartial && !mayBePartial) return "SIM_PARTIAL_REFUND_NOT_ALLOWED";
  const isFromBalance = settings.balanceMode === "always" || thaiDay(paidAt) !== thaiDay(clock.now());
  const isShort = merchant.balance !== null && merchant.balance < amount;
  return isFromBalance && isShort ? "SIM_BALANCE_NOT_ENOUGH" : null;
}

function carryOut(call: ServiceCall, { order, amount, refundNo }: Wish): ServiceAnswer {
  const { world, fault, params } = call;
  const giving = { amount, origin: "api", kind: "refund", no: refundNo } as const;
  if (fault?.kind !== "pending-then-success") {
    return { code: 0, data: refundData(call, order, giveBack(world, order, giving)) };
  }
  const decidedAt = world.clock.now() + (fault.delayMs ?? world.settings.pendingMs);
  giveBack(world, order, { ...giving, outcome: "running", decidedAt });
  const names = { mch_order_no: order.payMchOrderNo, mch_refund_no: refundNo };
  return { code: 0, data: { ...inProcess, ...names, nonce_str: params.nonce_str ?? "", result: "NOTSURE" } };
}

/** `data` of a refund that worked. */
function refundData({ params }: ServiceCall, order: Order, record: RefundRecord) {
  return {
    appid: order.mchId,
    attach: order.attach,
    cash_refund_fee: record.amount,
    channel: order.channel,
    channel_order_no: order.channelOrderNo,
    channel_refund_no: record.channelRefundNo,
    device_id: "",
    fee_type: "THB",
    ksher_order_no: order.ksherOrderNo,
    ksher_refund_no: record.ksherRefundNo,
    mch_order_no: order.payMchOrderNo,
    mch_refund_no: record.storeRefundNo,
    nonce_str: params.nonce_str ?? "",
    operator_id: params.operator_id ?? "",
    refund_fee: record.amount,
    refund_time: thaiTime(record.decidedAt),
    result: "SUCCESS",
    total_fee: order.totalFee,
  };
}
