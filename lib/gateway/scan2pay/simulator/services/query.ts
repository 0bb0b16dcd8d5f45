import { methodName } from "../protocol/methods.ts";
import { fromTaipeiDate, toTaipeiStamp } from "../protocol/taipei-time.ts";
import { isExpired, type Order, type RefundRecord } from "../state/order.ts";
import { findOrder, type World } from "../state/world.ts";
import { refuse, type ServiceAnswer, type ServiceCall, textOf } from "./answer.ts";

/** Refunds as a status query sees them: silent for `refundVisibleAfterMs`, decided when their time has come. */
function visibleRefunds(world: World, order: Order): RefundRecord[] {
  const now = world.clock.now();
  return order.refunds.filter((refund) => now - refund.requestedAt >= world.settings.refundVisibleAfterMs);
}

/** OrderStatus and RefundedMsg of an order (6.1). */
export function statusOf(world: World, order: Order): { status: string; message: string | null } {
  const refunds = visibleRefunds(world, order);
  const good = refunds.filter(({ outcome }) => outcome === "success");
  if (good.length > 0) {
    const isWhole = good.reduce((sum, { amount }) => sum + amount, 0) >= order.totalFee;
    if (!isWhole && world.settings.partialRefundStatus === "1") return { status: "1", message: null };
    return { status: "3", message: "Refund success" };
  }
  if (refunds.some(({ outcome }) => outcome === "running")) return { status: "3", message: null };
  if (refunds.length > 0) return { status: "3", message: "Refund fail" };
  if (order.payState === "paid") return { status: "1", message: null };
  return {
    status: order.payState === "failed" || isExpired(order, world.clock.now()) ? "2" : "0",
    message: null,
  };
}

/** 4.3. */
export function singleOrderQuery({ world, merchant, data }: ServiceCall): ServiceAnswer {
  const orderNo = textOf(data, "StoreOrderNo");
  if (orderNo === null) return refuse("8002");
  const order = findOrder(world, merchant.mchId, orderNo);
  if (!order) return refuse("7002");
  const { status, message } = statusOf(world, order);
  const older = { FeeType: "TWD", DeviceInfo: "skb0001", Detail: order.detail, StoreInfo: order.storeInfo };
  const newer = {
    PaidAt: order.paidAt === null ? "" : toTaipeiStamp(order.paidAt),
    CarrierNum: "",
    MemberId: "",
  };
  return {
    code: "0000",
    method: order.method,
    data: {
      SysOrderNo: order.sysOrderNo,
      StoreOrderNo: order.storeOrderNo,
      TotalFee: world.settings.amountOutput === "number" ? order.totalFee : String(order.totalFee),
      Body: order.body,
      OrderStatus: status,
      ...(message === null ? {} : { RefundedMsg: message }),
      ...(world.settings.queryFields === "chinese" ? newer : older),
    },
  };
}

function rangeOf({ world, data }: ServiceCall): { from: number; to: number } | null {
  const start = fromTaipeiDate(String(data.StartDate ?? ""));
  const end = fromTaipeiDate(String(data.EndDate ?? ""));
  if (!start || !end) return null;
  const isDay = String(data.EndDate).length === 8;
  const to = isDay && !world.settings.endDateInclusive ? end.startMs - 1 : end.endMs;
  return start.startMs > to ? null : { from: start.startMs, to };
}

function rows(call: ServiceCall, name: string, list: Record<string, unknown>[]): ServiceAnswer {
  if (list.length === 0 && call.world.settings.emptyListCode === "2000") return refuse("2000");
  return { code: "0000", data: call.world.settings.rowsForm === "array" ? list : { [name]: list } };
}

/** 4.4: refunded orders come under 1 and carry RefundStatus. */
export function orderQuery(call: ServiceCall): ServiceAnswer {
  const { world, merchant, data } = call;
  const range = rangeOf(call);
  if (!range) return refuse("7124");
  const wanted = String(data.OrderStatus ?? "");
  if (!["0", "1", "2"].includes(wanted)) return refuse("8002");
  const keyword = textOf(data, "StoreOrderNo");
  if (keyword !== null && keyword.length <= 3) return refuse("8002");
  const words = { "0": "Trade processing", "1": "Trade success", "2": "Trade fail" }[wanted];
  const found = world.orders.filter((order) => {
    const { status } = statusOf(world, order);
    const isInRange = order.createdAt >= range.from && order.createdAt <= range.to;
    const isWanted = (status === "3" ? "1" : status) === wanted;
    return (
      order.mchId === merchant.mchId &&
      isInRange &&
      isWanted &&
      (keyword === null || order.storeOrderNo.includes(keyword))
    );
  });
  const list = found.map((order) => {
    const { status, message } = statusOf(world, order);
    return {
      StoreOrderNo: order.storeOrderNo,
      SysOrderNo: order.shortNo,
      TotalFee: world.settings.amountOutput === "string" ? String(order.totalFee) : order.totalFee,
      FeeType: "TWD",
      Status: words,
      ...(status === "3" && message !== null ? { RefundStatus: message } : {}),
      Description: order.body,
      Method: order.method,
    };
  });
  return rows(call, "DataValue", list);
}

/** 4.5: charge and refund are two rows on their own dates; refunds are negative. */
export function transactionQuery(call: ServiceCall): ServiceAnswer {
  const { world, merchant } = call;
  const range = rangeOf(call);
  if (!range) return refuse("7124");
  const list: Record<string, unknown>[] = [];
  const account = textOf(call.data, "AccoundId") ?? merchant.mchId;
  for (const order of world.orders.filter(({ mchId }) => mchId === merchant.mchId && mchId === account)) {
    const row = (at: number, amount: number, status: string, sysOrderNo: string) => {
      if (at < range.from || at > range.to) return;
      const stamp = toTaipeiStamp(at);
      list.push({
        Status: status,
        AccountId: merchant.mchId,
        TranDate: stamp.slice(0, 8),
        TranDayTime: stamp.slice(8),
        Amount: amount,
        StoreOrderNo: order.storeOrderNo,
        Method: world.settings.transactionMethod === "code" ? order.method : methodName(order.method),
        Name: "Simulator store",
        BrandName: "",
        StoreType: "Directly-managed stores",
        ServiceType: amount < 0 ? "Refund" : order.service,
        SysOrderNo: sysOrderNo,
        UserId: 15400,
        ItemName: order.body,
      });
    };
    if (order.paidAt !== null) row(order.paidAt, order.totalFee, "Trade success", order.sysOrderNo);
    for (const refund of visibleRefunds(world, order)) {
      if (refund.outcome === "success")
        row(refund.decidedAt, -refund.amount, "Refund success", refund.sysRefundNo);
    }
  }
  return rows(call, "list", list);
}
