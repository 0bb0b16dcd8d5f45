import { addFault } from "#lib/gateway/simulator/control/faults.ts";
import { type Body, flag, oneOf, refuseOthers, text, whole } from "#lib/gateway/simulator/control/input.ts";
import {
  answerControl,
  type ControlCall,
  commonRoutes,
  orderAt,
  type Routes,
  readOrderPath,
} from "#lib/gateway/simulator/control/routes.ts";
import { changedSettings } from "#lib/gateway/simulator/control/settings.ts";
import { checkedNotifyUrl } from "#lib/gateway/simulator/http/notices.ts";
import { Refusal } from "#lib/gateway/simulator/state/refusal.ts";
import { type NoticeDoor, sendNotice, tamperings } from "../notice.ts";
import { callFaultKinds, type FaultKind, noticeFaultKinds } from "../state/faults.ts";
import { merchant } from "../state/merchants.ts";
import { settingRules } from "../state/settings.ts";
import { actOnOrder, createOrder, shown } from "./orders.ts";

type ControlDoor = NoticeDoor & { readonly ivs: readonly string[]; readonly origin: string };

function setMerchant({ world }: NoticeDoor, body: Body) {
  refuseOthers(body, ["mchId", "tradePassword", "refundPassword", "partialRefund", "notifyUrl", "enabled"]);
  const mchId = text(body, "mchId");
  if (!mchId) throw new Refusal(400, '"mchId" is missing.');
  const known = world.merchants.find((one) => one.mchId === mchId) ?? merchant(mchId, {});
  const notifyUrl = typeof body.notifyUrl === "string" ? checkedNotifyUrl(body.notifyUrl) : known.notifyUrl;
  const next = {
    ...known,
    tradePassword: text(body, "tradePassword") ?? known.tradePassword,
    refundPassword: text(body, "refundPassword") ?? known.refundPassword,
    partialRefund: flag(body, "partialRefund") ?? known.partialRefund,
    enabled: flag(body, "enabled") ?? known.enabled,
    notifyUrl: body.notifyUrl === null ? null : notifyUrl,
  };
  world.merchants = [...world.merchants.filter((one) => one.mchId !== mchId), next];
  return next;
}

const faultKinds = [...callFaultKinds, ...noticeFaultKinds];
export const faultRules: { readonly kinds: readonly FaultKind[]; readonly codeNeeded: readonly FaultKind[] } =
  { kinds: faultKinds, codeNeeded: ["code"] };

const help = {
  what: "Control of the Scan2Pay simulator. POST bodies are JSON.",
  get: [
    "merchants",
    "orders[?storeOrderNo=&mchId=]",
    "faults",
    "clock",
    "arrivals[?since=]",
    "effects",
    "locks",
    "settings",
  ],
  post: [
    "merchants",
    "orders",
    "orders/:no/pay|refuse|expire|refund",
    "faults",
    "clock",
    "unlock",
    "settings",
    "notify",
    "reset",
  ],
  delete: ["faults"],
  faultKinds,
};

async function notify(door: NoticeDoor, body: Body) {
  refuseOthers(body, ["storeOrderNo", "mchId", "tamper", "times"]);
  const order = orderAt(door.world.orders, text(body, "storeOrderNo") ?? "", text(body, "mchId") ?? null);
  const tampering =
    body.tamper === true
      ? "amount"
      : oneOf({ ...body, tamper: body.tamper || undefined }, "tamper", tamperings);
  const times = Math.min(whole(body, "times") ?? 1, 20);
  for (let n = 0; n < times; n += 1) await sendNotice(door, order, tampering ?? null);
  return { sent: times };
}

const routes: Routes<ControlDoor> = {
  ...commonRoutes,
  "GET ": () => help,
  "GET merchants": ({ world, keys, ivs }) =>
    world.merchants.map((one) => ({ ...one, publicKeyPem: keys.publicKeyPem, ivs })),
  "POST merchants": (door, { body }) => setMerchant(door, body),
  "GET orders": ({ world, origin }, { query }) =>
    world.orders
      .filter(({ storeOrderNo }) => (query.get("storeOrderNo") ?? storeOrderNo) === storeOrderNo)
      .filter(({ mchId }) => (query.get("mchId") ?? mchId) === mchId)
      .map((one) => ({ ...shown(world, one), urlToken: `${origin}/pay/${one.token}` })),
  "POST orders": ({ world }, { body }) => createOrder(world, body),
  "POST faults": ({ world }, { body }) => addFault(world.faults, body, faultRules),
  "POST settings": ({ world }, { body }) => {
    world.settings = changedSettings(settingRules, world.settings, body);
    return world.settings;
  },
  "POST notify": (door, { body }) => notify(door, body),
};

/** Answers one control call; a Refusal carries its HTTP status. */
export function control(door: ControlDoor, call: ControlCall): unknown {
  const onOrder = call.method === "POST" ? readOrderPath(call.path) : null;
  if (!onOrder) return answerControl(routes, door, call);
  const order = orderAt(door.world.orders, onOrder.orderNo, call.query.get("mchId"));
  actOnOrder(door, order, { action: onOrder.action, body: call.body });
  return shown(door.world, order);
}
