import { type Body, oneOf, refuseOthers, text, whole } from "#lib/gateway/simulator/control/input.ts";
import {
  answerControl,
  type ControlCall,
  commonRoutes,
  orderAt,
  type Routes,
  readOrderPath,
} from "#lib/gateway/simulator/control/routes.ts";
import { changedSettings } from "#lib/gateway/simulator/control/settings.ts";
import { Refusal } from "#lib/gateway/simulator/state/refusal.ts";
import type { Door } from "../gateway-door.ts";
import { queueNotice, tamperings } from "../notice.ts";
import { isChannelList } from "../protocol/channels.ts";
import { publicKeyOf } from "../protocol/rsa.ts";
import { platformKeyPems } from "../protocol/test-keys.ts";
import { faultRules } from "../state/faults.ts";
import { type Settings, settingRules } from "../state/settings.ts";
import type { World } from "../state/world.ts";
import { layFault } from "./faults.ts";
import { setMerchant } from "./merchants.ts";
import { actOnOrder, createOrder, shown } from "./orders.ts";

const help = {
  what: "Control of the Ksher simulator. POST bodies are JSON; amounts are satang; mchId is the appid, storeOrderNo the mch_order_no.",
  get: [
    ...["merchants", "orders[?storeOrderNo=&mchId=]", "faults", "clock", "arrivals[?since=]"],
    ...["effects", "locks", "settings", "notices"],
  ],
  post: [
    ...["merchants", "orders", "orders/:no/pay|pay-later|start|otp|finish|drop|refuse|expire|refund"],
    ...["faults", "clock", "unlock", "settings", "notify", "reset"],
  ],
  delete: ["faults"],
  faultKinds: faultRules.kinds,
};

const platformKeys = {
  platformPublicKeyPem: publicKeyOf(platformKeyPems.V1),
  platformPublicKeyV2Pem: publicKeyOf(platformKeyPems.V2),
};

function setSettings(world: World, body: Body): Settings {
  const next = changedSettings(settingRules, world.settings, body);
  const lists = [
    ...["noRefundChannels", "noPartialChannels", "noRefundQueryChannels", "noCloseChannels"],
  ] as const;
  for (const [name, value] of Object.entries(next))
    if (lists.some((one) => one === name) && value !== "" && !isChannelList(String(value)))
      throw new Refusal(400, `"${name}" names an unknown channel.`);
  world.settings = next;
  return next;
}

function notify(world: World, body: Body) {
  refuseOthers(body, ["storeOrderNo", "mchId", "tamper", "times", "afterMs"]);
  const order = orderAt(world.orders, text(body, "storeOrderNo") ?? "", text(body, "mchId") ?? null);
  const { tamper, ...rest } = body;
  const tampering =
    tamper === true ? "amount" : oneOf({ ...rest, tamper: tamper || undefined }, "tamper", tamperings);
  const times = Math.min(whole(body, "times") ?? 1, 20);
  queueNotice(world, order, { tampering: tampering ?? null, times, afterMs: whole(body, "afterMs") ?? 0 });
  return { queued: times };
}

const routes: Routes<Door> = {
  ...commonRoutes,
  "GET ": () => help,
  "GET merchants": ({ world }) => world.merchants.map((one) => ({ ...one, ...platformKeys })),
  "POST merchants": ({ world }, { body }) => setMerchant(world, body),
  "GET orders": ({ world, origin }, { query }) =>
    world.orders
      .filter(({ storeOrderNo }) => (query.get("storeOrderNo") ?? storeOrderNo) === storeOrderNo)
      .filter(({ mchId }) => (query.get("mchId") ?? mchId) === mchId)
      .map((one) => ({ ...shown(world, one), payContent: `${origin}/ua?order_uuid=${one.token}&lang=en` })),
  "POST orders": ({ world }, { body }) => createOrder(world, body),
  "POST faults": ({ world }, { body }) => layFault(world, body),
  "POST settings": ({ world }, { body }) => setSettings(world, body),
  "POST notify": ({ world }, { body }) => notify(world, body),
  "GET notices": ({ world }) => ({ waiting: world.notices, tried: world.noticeLog }),
};

/** Answers one control call; a Refusal carries its HTTP status. */
export function control(door: Door, call: ControlCall): unknown {
  const onOrder = call.method === "POST" ? readOrderPath(call.path) : null;
  if (!onOrder) return answerControl(routes, door, call);
  const order = orderAt(door.world.orders, onOrder.orderNo, call.query.get("mchId"));
  actOnOrder(door.world, order, { action: onOrder.action, body: call.body });
  return shown(door.world, order);
}
