import type { Order } from "../state/order.ts";
import { findOrder, type World } from "../state/world.ts";
import type { ServiceAnswer, ServiceCall } from "./answer.ts";
import { cancelOrder, gatewayOrderQuery, gatewayPay } from "./gateway.ts";
import { merchantInfo, orderClose, orderQuery, orderReverse } from "./payment.ts";
import { orderRefund } from "./refund.ts";
import { refundQuery } from "./refund-query.ts";

export type Family = "gateway" | "payment";
type Service = { readonly family: Family; readonly run: (call: ServiceCall) => ServiceAnswer };

/** Section 2: path → what it does. */
const services: { readonly [path: string]: Service } = {
  "/api/gateway_pay": { family: "gateway", run: gatewayPay },
  "/api/gateway_order_query": { family: "gateway", run: gatewayOrderQuery },
  "/api/cancel_order": { family: "gateway", run: cancelOrder },
  "/KsherPay/order_query": { family: "payment", run: orderQuery },
  "/KsherPay/order_refund": { family: "payment", run: orderRefund },
  "/KsherPay/refund_query": { family: "payment", run: refundQuery },
  "/KsherPay/order_close": { family: "payment", run: orderClose },
  "/KsherPay/order_reverse": { family: "payment", run: orderReverse },
  "/KsherPay/merchant_info": { family: "payment", run: merchantInfo },
};

export function serviceAt(path: string): (Service & { readonly name: string }) | null {
  const service = Object.hasOwn(services, path) ? services[path] : undefined;
  return service ? { ...service, name: path.slice(path.lastIndexOf("/") + 1) } : null;
}

export const serviceNames = Object.keys(services).map((path) => path.slice(path.lastIndexOf("/") + 1));

/** The order that a call's numbers name: the gateway's own number, or one of three of the payment underneath. */
export function orderOf(
  world: World,
  family: Family,
  params: { readonly [name: string]: string },
): Order | undefined {
  const { appid = "", mch_order_no = "", ksher_order_no = "", channel_order_no = "" } = params;
  if (family === "gateway") return findOrder(world, appid, mch_order_no);
  const own = world.orders.filter(({ mchId }) => mchId === appid);
  // Where several are given the service goes by ksher_order_no (6.5).
  if (ksher_order_no !== "") return own.find(({ ksherOrderNo }) => ksherOrderNo === ksher_order_no);
  if (mch_order_no !== "") return own.find(({ payMchOrderNo }) => payMchOrderNo === mch_order_no);
  return channel_order_no === "" ? undefined : own.find((one) => one.channelOrderNo === channel_order_no);
}
