import { gsonEscaped } from "./protocol/json-text.ts";
import type { GatewayKeys } from "./protocol/keys.ts";
import { methodName } from "./protocol/methods.ts";
import type { Order } from "./state/order.ts";
import type { World } from "./state/world.ts";

/** A payment notice (section 5): members in alphabetical order, signed as raw UTF-8 without Sign, `=` escaped in Sign. */
export function noticeBody(world: World, keys: GatewayKeys, order: Order, isTampered = false): string {
  const members = {
    MchId: order.mchId,
    MethodName: methodName(order.method),
    Result: order.payState === "paid" ? "0000" : "9999",
    StoreOrderNo: order.storeOrderNo,
    TotalFee: String(order.totalFee),
  };
  const plain = JSON.stringify(members);
  const signed = world.settings.noticeEscapes === "gson" ? gsonEscaped(plain) : plain;
  const sign = keys.signSha256(signed).replaceAll("=", "\\u003d");
  const at = signed.indexOf('"StoreOrderNo"');
  const body = `${signed.slice(0, at)}"Sign":"${sign}",${signed.slice(at)}`;
  return isTampered ? body.replace(`"TotalFee":"${order.totalFee}"`, '"TotalFee":"1"') : body;
}

/** Posts a notice to the merchant's address; a merchant that cannot be reached is told nothing more. */
export async function sendNotice(
  world: World,
  keys: GatewayKeys,
  order: Order,
  isTampered = false,
): Promise<void> {
  const url = world.merchants.find(({ mchId }) => mchId === order.mchId)?.notifyUrl;
  if (!url) return;
  const body = noticeBody(world, keys, order, isTampered);
  const init = {
    method: "POST",
    body,
    headers: { "content-type": "application/json" },
    signal: AbortSignal.timeout(5_000),
  };
  await fetch(url, init).catch(() => undefined);
}
