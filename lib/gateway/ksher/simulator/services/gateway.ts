import { channelOf, isChannelList } from "../protocol/channels.ts";
import { cancelText } from "../protocol/texts.ts";
import { addOrder, close, type NewOrder, renewOrder } from "../state/money.ts";
import { isExpired, type Order } from "../state/order.ts";
import { amountOf, refuse, type ServiceAnswer, type ServiceCall } from "./answer.ts";
import { gatewayData, resultOf } from "./shown.ts";

const numberLengthMax = 32;
const channelListLengthMax = 128;
/** The paper names no code for wrong parameters of gateway_pay, so this one is made up. */
const wrongParameter = -100;
const otherRequired = ["mch_code", "mch_redirect_url", "mch_redirect_url_fail", "product_name", "refer_url"];

/** The parameters of gateway_pay as an order, or null where one is wrong or missing. */
function readWish({ world, merchant, params }: ServiceCall): NewOrder | null {
  const { mch_order_no = "", channel_list = "", expire_time = "" } = params;
  const totalFee = amountOf(params.total_fee);
  const isWhole = !world.settings.strictPayFields || otherRequired.every((name) => params[name]);
  const isNumber = mch_order_no.length >= 1 && mch_order_no.length <= numberLengthMax;
  if (!isNumber || totalFee === null || params.fee_type !== "THB" || !isWhole) return null;
  if (channel_list.length > channelListLengthMax || !isChannelList(channel_list)) return null;
  const minutes = expire_time === "" ? null : amountOf(expire_time);
  if (expire_time !== "" && minutes === null) return null;
  const lifeMs = minutes === null ? world.settings.qrLifetimeMs : minutes * 60_000;
  return {
    ...{ mchId: merchant.mchId, storeOrderNo: mch_order_no, totalFee, channelList: channel_list },
    expiresAt: world.clock.now() + lifeMs,
    ...{ body: params.product_name ?? "Goods", attach: params.attach ?? "" },
    ...{ redirectUrl: params.mch_redirect_url ?? "", notifyUrl: params.mch_notify_url ?? "" },
  };
}

/** 6.1: a checkout order and the page where the buyer pays. */
export function gatewayPay(call: ServiceCall): ServiceAnswer {
  const { world, origin, order: known, params } = call;
  const wish = readWish(call);
  if (!wish) return refuse(wrongParameter);
  if (known?.phase === "paid") return refuse(1);
  if (known?.phase === "closed" && !world.settings.closedNumberReusable) return refuse(-5);
  if (known) renewOrder(world, known, wish);
  const order = known ?? addOrder(world, wish);
  const lang = ["en", "cn", "th"].includes(params.lang ?? "") ? params.lang : "en";
  const pay_content = `${origin}/ua?order_uuid=${order.token}&lang=${lang}`;
  return { code: 0, data: { pay_content }, text: "SUCCESS" };
}

/** 6.2. */
export function gatewayOrderQuery({ world, order, params }: ServiceCall): ServiceAnswer {
  if (order) return { code: 0, data: gatewayData(order, resultOf(world, order)) };
  if (world.settings.unknownOrderQuery === "code") return refuse(-3);
  const { nonce_str = "" } = params;
  const why = { err_code: "KSHER_INVALID_ORDER_NO", err_msg: "order not found" };
  return { code: 0, data: { ...why, nonce_str, result: "FAIL" } };
}

/** 6.3: the link dies; a saved QR code does not. */
export function cancelOrder(call: ServiceCall): ServiceAnswer {
  const { world, order, params } = call;
  if (!order) return refuse(-3);
  const code = againstCancel(call, order);
  if (code !== 0) return refuse(code);
  const now = world.clock.now();
  if (call.fault?.kind === "pending-then-success")
    order.closeDueAt = now + (call.fault.delayMs ?? world.settings.pendingMs);
  else close(order, now);
  if (world.settings.cancelAnswer === "text")
    return { code: 0, data: cancelText(world.settings.textLanguage) };
  const { nonce_str = "" } = params;
  const names = { appid: order.mchId, mch_order_no: order.storeOrderNo };
  return { code: 0, data: { ...names, nonce_str, result: "SUCCESS" } };
}

function againstCancel({ world }: ServiceCall, order: Order): number {
  const now = world.clock.now();
  if (order.phase === "paid") return -4;
  if (order.phase === "closed" || isExpired(order, now)) return -5;
  const isCardBusy = order.phase === "paying" && channelOf(order.channel)?.isCard;
  return isCardBusy ? Number(world.settings.cardCancelCode) : 0;
}
