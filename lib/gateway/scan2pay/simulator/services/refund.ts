import { toTaipeiStamp } from "../protocol/taipei-time.ts";
import { fitsPassword } from "../state/merchants.ts";
import { isExpired, isOpen, type Order, returnedAmount } from "../state/order.ts";
import { findOrder, giveBack, nextSystemNo } from "../state/world.ts";
import { amountOf, isNumber, refuse, type ServiceAnswer, type ServiceCall, textOf } from "./answer.ts";

const reasonLengthMax = 100;

function hasRefundKey({ world, merchant, data }: ServiceCall): boolean {
  return fitsPassword(data.RefundKey, merchant.refundPassword, world.settings.keyCase);
}

/** What the order itself has against a refund of this amount, in the paper's order. */
function againstOrder({ world, merchant }: ServiceCall, order: Order, amount: number): string | null {
  const { duplicateCheck, lastPartAccepted } = world.settings;
  const now = world.clock.now();
  if (order.cancelledAt !== null && order.payState !== "paid") return "7001";
  if (isOpen(order, now)) return "7114";
  if (order.payState !== "paid" || isExpired(order, now)) return "7113";
  const rest = order.totalFee - returnedAmount(order);
  if (duplicateCheck.order && rest <= 0) return order.cancelledAt === null ? "7112" : "7001";
  if (order.refunds.some(({ outcome }) => outcome === "running")) return "7119";
  if (duplicateCheck.order && amount > rest) return "7111";
  if (amount < order.totalFee && !merchant.partialRefund) return "7110";
  return !lastPartAccepted && amount < order.totalFee && amount === rest ? "7107" : null;
}

/** 4.6: full and partial refunds, checks in the paper's order. */
export function refund(call: ServiceCall): ServiceAnswer {
  const { world, merchant, data } = call;
  const refundNo = textOf(data, "StoreRefundNo");
  const orderNo = textOf(data, "StoreOrderNo");
  if (refundNo === null || orderNo === null || data.RefundFee === undefined || data.RefundKey === undefined)
    return refuse("8002");
  if (data.DeviceInfo !== "skb0001") return refuse("7130");
  if (!hasRefundKey(call)) return refuse(world.settings.wrongRefundKeyCode);
  const amount = amountOf(call, "RefundFee");
  if (amount === null) return refuse("7139");
  if (!isNumber(refundNo, world)) return refuse("7104");
  const isUsed = world.orders.some(
    (one) =>
      one.mchId === merchant.mchId && one.refunds.some(({ storeRefundNo }) => storeRefundNo === refundNo),
  );
  if (world.settings.duplicateCheck.number && isUsed) return refuse("7003");
  const order = findOrder(world, merchant.mchId, orderNo);
  if (!order) return refuse("7002");
  const no = againstOrder(call, order, amount);
  if (no) return refuse(no);
  const reason = textOf(data, "RefundedMsg");
  if (reason === null) return refuse("8002");
  if (reason.length > reasonLengthMax) return refuse("7154");
  return carryOut(call, order, { refundNo, amount, reason });
}

function carryOut(
  { world }: ServiceCall,
  order: Order,
  wish: { refundNo: string; amount: number; reason: string },
): ServiceAnswer {
  const { refundOutcome, pendingMs, refundFields } = world.settings;
  const now = world.clock.now();
  if (refundOutcome === "pending-then-success" || refundOutcome === "refund-fail") {
    const isPending = refundOutcome === "pending-then-success";
    const record = {
      storeRefundNo: wish.refundNo,
      sysRefundNo: nextSystemNo(world),
      amount: wish.amount,
      reason: wish.reason,
      service: "Refund" as const,
      outcome: isPending ? ("running" as const) : ("fail" as const),
      requestedAt: now,
      decidedAt: now + (isPending ? pendingMs : 0),
    };
    order.refunds.push(record);
    return isPending ? { code: "9997", method: order.method } : { code: "7138", method: order.method };
  }
  const sysRefundNo = giveBack(world, order, {
    amount: wish.amount,
    origin: "api",
    kind: "refund",
    no: wish.refundNo,
    reason: wish.reason,
  });
  const three = { SysRefundNo: sysRefundNo, StoreRefundNo: wish.refundNo, StoreOrderNo: order.storeOrderNo };
  if (refundFields === "minimal") return { code: "0000", data: three, method: order.method };
  const platform = `{"returnCode":"0000","info":{"refundTransactionId":${sysRefundNo}}}`;
  const data = {
    SysOrderNo: order.sysOrderNo,
    ...three,
    RefundedAt: toTaipeiStamp(now),
    PlatformRsp: platform,
  };
  return { code: "0000", data, method: order.method };
}

/** Running refunds whose time has come succeed: the money moves now. */
export function settleRunning({ world }: Pick<ServiceCall, "world">): void {
  const now = world.clock.now();
  for (const order of world.orders) {
    for (const record of order.refunds) {
      if (record.outcome !== "running" || record.decidedAt > now) continue;
      record.outcome = "success";
      const no = record.storeRefundNo === null ? {} : { storeRefundNo: record.storeRefundNo };
      order.effects.push({ kind: "refund", amount: record.amount, at: now, origin: "api", ...no });
    }
  }
}

/** 4.7: unpaid orders close, paid ones return their money where the settings say so. */
export function cancelOrder(call: ServiceCall): ServiceAnswer {
  const { world, merchant, data } = call;
  if (!world.settings.cancelOrder) return refuse("7118");
  const orderNo = textOf(data, "StoreOrderNo");
  if (orderNo === null || data.RefundKey === undefined) return refuse("8002");
  if (!hasRefundKey(call)) return refuse(world.settings.wrongRefundKeyCode);
  const order = findOrder(world, merchant.mchId, orderNo);
  if (!order) return refuse("7002");
  const now = world.clock.now();
  if (order.cancelledAt !== null) return refuse("7133");
  if (returnedAmount(order) > 0) return refuse("7001");
  if (order.payState === "failed" || isExpired(order, now)) return refuse("7134");
  if (now - order.createdAt > world.settings.cancelWindowMs) return refuse("7327");
  if (order.payState === "paid") {
    if (!world.settings.cancelCoversPaid) return refuse("7134");
    giveBack(world, order, {
      amount: order.totalFee,
      origin: "api",
      kind: "cancel",
      no: null,
      reason: "cancel",
    });
  } else order.payState = "failed";
  order.cancelledAt = now;
  return { code: "0000", data: { StoreOrderNo: order.storeOrderNo }, method: order.method };
}
