import { type NoticeDoor, sendNotice, tamperings } from "../notice.ts";
import { noteClockBack } from "../state/arrivals.ts";
import { callFaultKinds, noticeFaultKinds } from "../state/faults.ts";
import { checkedNotifyUrl, merchant } from "../state/merchants.ts";
import { Refusal } from "../state/refusal.ts";
import { changedSettings } from "../state/settings.ts";
import { addFault } from "./faults.ts";
import { type Body, flag, oneOf, refuseOthers, text, whole } from "./input.ts";
import { actOnOrder, createOrder, orderAt, shown } from "./orders.ts";

export type ControlCall = { method: string; path: string; query: URLSearchParams; body: Body };
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

function setClock({ world }: NoticeDoor, body: Body) {
  refuseOthers(body, ["offsetMs", "now", "advanceMs", "frozen"]);
  const isFrozen = flag(body, "frozen");
  const numbers = ["offsetMs", "now", "advanceMs"].flatMap((name) => {
    const value = whole(body, name);
    return value === undefined ? [] : [[name, value]];
  });
  const { wentBackMs } = world.clock.set({
    ...Object.fromEntries(numbers),
    ...(isFrozen === undefined ? {} : { frozen: isFrozen }),
  });
  noteClockBack(world, wentBackMs);
  return { now: world.clock.now() };
}

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
  faultKinds: [...callFaultKinds, ...noticeFaultKinds],
};

async function notify(door: NoticeDoor, body: Body) {
  refuseOthers(body, ["storeOrderNo", "mchId", "tamper", "times"]);
  const order = orderAt(door.world, text(body, "storeOrderNo") ?? "", text(body, "mchId") ?? null);
  const tampering =
    body.tamper === true
      ? "amount"
      : oneOf({ ...body, tamper: body.tamper || undefined }, "tamper", tamperings);
  const times = Math.min(whole(body, "times") ?? 1, 20);
  for (let n = 0; n < times; n += 1) await sendNotice(door, order, tampering ?? null);
  return { sent: times };
}

const now = ({ world }: NoticeDoor) => world.clock.now();

type Route = (door: ControlDoor, call: ControlCall) => unknown;

const routes: Readonly<Record<string, Route>> = {
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
  "GET faults": ({ world }) => world.faults,
  "POST faults": ({ world }, { body }) => addFault(world, body),
  "DELETE faults": ({ world }) => {
    world.faults = [];
    return [];
  },
  "GET clock": (door) => ({ now: now(door) }),
  "POST clock": (door, { body }) => setClock(door, body),
  "GET arrivals": ({ world }, { query }) =>
    world.arrivals.filter(({ arrivedAt }) => arrivedAt >= Number(query.get("since") ?? 0)),
  "GET effects": ({ world }) =>
    world.orders.flatMap(({ storeOrderNo, mchId, effects }) =>
      effects.map((effect) => ({ storeOrderNo, mchId, ...effect })),
    ),
  "GET locks": (door) =>
    [...door.world.locks]
      .map(([address, until]) => ({ address, until }))
      .filter(({ until }) => until > now(door)),
  "POST unlock": ({ world }) => {
    world.locks.clear();
    return [];
  },
  "GET settings": ({ world }) => world.settings,
  "POST settings": ({ world }, { body }) => {
    world.settings = changedSettings(world.settings, body);
    return world.settings;
  },
  "POST notify": (door, { body }) => notify(door, body),
  "POST reset": ({ world }) => {
    world.reset();
    return {};
  },
};

/** Answers one control call; a Refusal carries its HTTP status. */
export async function control(door: ControlDoor, call: ControlCall): Promise<unknown> {
  const { method, path, query, body } = call;
  const onOrder = /^orders\/([^/]+)\/([a-z]+)$/.exec(path);
  if (method === "POST" && onOrder) {
    const order = orderAt(door.world, decodeURIComponent(onOrder[1] ?? ""), query.get("mchId"));
    actOnOrder(door, order, { action: onOrder[2] ?? "", body });
    return shown(door.world, order);
  }
  const name = `${method} ${path}`;
  const route = Object.hasOwn(routes, name) ? routes[name] : undefined;
  if (!route) throw new Refusal(404, `There is no ${method} /_control/${path}.`);
  return route(door, call);
}
