import { fromTaipeiStamp } from "../protocol/taipei-time.ts";
import { addOrder, findOrder, pay } from "../state/world.ts";
import { amountOf, isNumber, refuse, type ServiceAnswer, type ServiceCall, textOf } from "./answer.ts";

const deviceInfo = "skb0001";

/** The checks that OLPay and Micropay share, in the paper's order; null: go on. */
function refusal(call: ServiceCall): string | null {
  const { world, merchant, data } = call;
  const orderNo = textOf(data, "StoreOrderNo");
  if (orderNo === null || textOf(data, "Body") === null || data.TotalFee === undefined) return "8002";
  if (data.DeviceInfo !== deviceInfo) return "7130";
  if (!isNumber(orderNo, world)) return "7127";
  if (findOrder(world, merchant.mchId, orderNo)) return "7000";
  const fee = amountOf(call, "TotalFee");
  if (fee === null) return "7125";
  if (fee > world.settings.orderAmountMax) return "7126";
  if (data.FeeType !== undefined && data.FeeType !== "" && data.FeeType !== "TWD") return "7160";
  const expire = textOf(data, "TimeExpire");
  return expire !== null && fromTaipeiStamp(expire) === null ? "7124" : null;
}

function create(call: ServiceCall, service: "OLPay" | "Micropay") {
  const { world, merchant, data } = call;
  const expire = textOf(data, "TimeExpire");
  const expiresAt = expire === null ? null : fromTaipeiStamp(expire);
  return addOrder(world, {
    mchId: merchant.mchId,
    storeOrderNo: textOf(data, "StoreOrderNo") ?? "",
    totalFee: amountOf(call, "TotalFee") ?? 0,
    service,
    body: textOf(data, "Body") ?? "",
    detail: textOf(data, "Detail") ?? "",
    storeInfo: textOf(data, "StoreInfo") ?? "",
    callBackUrl: textOf(data, "CallBackUrl") ?? "",
    ...(expiresAt === null ? {} : { expiresAt }),
  });
}

/** 4.1: an order, and the page where the customer pays. */
export function olPay(call: ServiceCall): ServiceAnswer {
  const no = refusal(call);
  if (no) return refuse(no);
  const order = create(call, "OLPay");
  return { code: "0000", data: { urlToken: `${call.origin}/pay/${order.token}` } };
}

/** 4.2: charges the code that the customer shows. Codes are digits; `…00` is unknown here, `…99` has expired, `…97` waits for the customer (ASSUMED). */
export function microPay(call: ServiceCall): ServiceAnswer {
  const no = refusal(call);
  if (no) return refuse(no);
  const authCode = textOf(call.data, "AuthCode");
  if (authCode === null || !/^\d{10,32}$/.test(authCode)) return refuse("7120");
  if (authCode.endsWith("00")) return refuse("7121");
  if (authCode.endsWith("99")) return refuse("7123");
  const order = create(call, "Micropay");
  const { settings, clock } = call.world;
  if (call.fault?.kind === "pending-then-success") {
    Object.assign(order, {
      method: "11500",
      payDueAt: clock.now() + (call.fault.delayMs ?? settings.pendingMs),
    });
    return { code: "9997", method: order.method };
  }
  if (authCode.endsWith("97")) return { code: "9997" };
  pay(call.world, order);
  const data = {
    SysOrderNo: order.sysOrderNo,
    StoreOrderNo: order.storeOrderNo,
    TotalFee: String(order.totalFee),
  };
  return { code: "0000", data, method: order.method };
}
