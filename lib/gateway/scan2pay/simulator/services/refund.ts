import { toTaipeiStamp } from "../protocol/taipei-time.ts";
import { fitsPassword } from "../state/merchants.ts";
import { isExpired, isOpen, type Order, type RefundRecord, returnedAmount } from "../state/order.ts";
import { cancel, findOrder, giveBack, nextSystemNo, type World } from "../state/world.ts";
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
  { world, fault }: ServiceCall,
  order: Order,
  wish: { refundNo: string; amount: number; reason: string },
): ServiceAnswer {
  const { pendingMs } = world.settings;
  const isBent = fault?.kind === "pending-then-success" || fault?.kind === "refund-fail";
  const refundOutcome = isBent ? fault.kind : world.settings.refundOutcome;
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
      decidedAt: now + (isPending ? (fault?.delayMs ?? pendingMs) : 0),
    };
    order.refunds.push(record);
    if (isPending || fault?.code !== "0000")
      return { code: isPending ? "9997" : (fault?.code ?? "7138"), method: order.method };
    return { code: "0000", data: refundData(world, order, record), method: order.method };
  }
  const record = giveBack(world, order, {
    amount: wish.amount,
    origin: "api",
    kind: "refund",
    no: wish.refundNo,
    reason: wish.reason,
  });
  return { code: "0000", data: refundData(world, order, record), method: order.method };
}

function refundData({ settings }: World, order: Order, record: RefundRecord) {
  const { sysRefundNo, storeRefundNo, decidedAt } = record;
  const three = { SysRefundNo: sysRefundNo, StoreRefundNo: storeRefundNo, StoreOrderNo: order.storeOrderNo };
  if (settings.refundFields === "minimal") return three;
  return {
    SysOrderNo: order.sysOrderNo,
    ...three,
    RefundedAt: toTaipeiStamp(decidedAt),
    PlatformRsp: `{"returnCode":"0000","info":{"refundTransactionId":${sysRefundNo}}}`,
  };
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
  const no = againstCancel(call, order);
  if (no) return refuse(no);
  const now = world.clock.now();
  if (call.fault?.kind === "pending-then-success") {
    order.cancelDueAt = now + (call.fault.delayMs ?? world.settings.pendingMs);
    return { code: "9997", method: order.method };
  }
  cancel(world, order, now);
  return { code: "0000", data: { StoreOrderNo: order.storeOrderNo }, method: order.method };
}

function againstCancel({ world }: ServiceCall, order: Order): string | null {
  const { cancelCoversPaid, cancelWindowMs } = world.settings;
  const now = world.clock.now();
  if (order.cancelledAt !== null || typeof order.cancelDueAt === "number") return "7133";
  if (returnedAmount(order) > 0) return "7001";
  if (order.refunds.some(({ outcome }) => outcome === "running")) return "7119";
  if (order.payState === "failed" || isExpired(order, now)) return "7134";
  if (now - order.createdAt > cancelWindowMs) return "7327";
  return order.payState === "paid" && !cancelCoversPaid ? "7134" : null;
}
