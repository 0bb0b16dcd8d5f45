import type { Door } from "./gateway-door.ts";
import { sendNotice } from "./notice.ts";
import { isJsonObject } from "./protocol/json-text.ts";
import { isKnownMethod } from "./protocol/methods.ts";
import { checkedNotifyUrl, merchant } from "./state/merchants.ts";
import { type Order, orderState, returnedAmount } from "./state/order.ts";
import { Refusal } from "./state/refusal.ts";
import { changedSettings } from "./state/settings.ts";
import { addOrder, findOrder, giveBack, pay, type World } from "./state/world.ts";

type Body = Readonly<Record<string, unknown>>;
export type ControlCall = { method: string; path: string; query: URLSearchParams; body: Body };

const faultKinds = [
  "lost-before-effect",
  "lost-after-effect",
  "delay",
  "bare-code",
  "garbage",
  "wrong-key",
  "truncated",
  "http-status",
  "slow-bytes",
  "code",
  "pending-then-success",
  "refund-fail",
  "wrong-echo",
  "missing-code",
  "empty",
  "huge",
  "redirect",
];

/** An order as the control interface shows it: the truth, and the ledger of effects. */
export function shown(world: World, order: Order) {
  const { storeOrderNo, mchId, totalFee, method, body, token, effects, createdAt, expiresAt } = order;
  return {
    storeOrderNo,
    mchId,
    totalFee,
    method,
    body,
    token,
    state: orderState(order, world.clock.now()),
    createdAt,
    expiresAt,
    effects,
  };
}

function text(body: Body, name: string): string | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (typeof value !== "string" || value === "") throw new Refusal(400, `"${name}" must be text.`);
  return value;
}

function whole(body: Body, name: string): number | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (!Number.isSafeInteger(value)) throw new Refusal(400, `"${name}" must be a whole number.`);
  return Number(value);
}

function orderAt(world: World, orderNo: string, mchId: string | null): Order {
  const order = mchId
    ? findOrder(world, mchId, orderNo)
    : world.orders.find(({ storeOrderNo }) => storeOrderNo === orderNo);
  if (!order) throw new Refusal(404, `There is no order ${orderNo}.`);
  return order;
}

function createOrder({ world }: Door, body: Body) {
  const storeOrderNo = text(body, "storeOrderNo") ?? "";
  const totalFee = whole(body, "totalFee") ?? 0;
  const mchId = text(body, "mchId") ?? "S2PSIM0001";
  if (!/^[A-Za-z0-9-]{1,20}$/.test(storeOrderNo))
    throw new Refusal(400, '"storeOrderNo" must be 1 to 20 letters, digits or hyphens.');
  if (totalFee < 1) throw new Refusal(400, '"totalFee" must be a whole number of 1 or more.');
  if (!world.merchants.some((one) => one.mchId === mchId))
    throw new Refusal(404, `There is no merchant ${mchId}.`);
  if (findOrder(world, mchId, storeOrderNo)) throw new Refusal(409, `Order ${storeOrderNo} exists.`);
  const title = text(body, "body");
  const ageMs = whole(body, "ageMs");
  const order = addOrder(world, {
    mchId,
    storeOrderNo,
    totalFee,
    service: "OLPay",
    ...(title === undefined ? {} : { body: title }),
    ...(ageMs === undefined ? {} : { ageMs }),
  });
  const state = text(body, "state") ?? "open";
  if (state === "paid") {
    Object.assign(order, {
      payState: "paid",
      paidAt: order.createdAt,
      method: text(body, "method") ?? "11500",
    });
    order.effects.push({ kind: "pay", amount: totalFee, at: order.createdAt, origin: "payer" });
  } else if (state === "failed") order.payState = "failed";
  else if (state !== "open") throw new Refusal(400, '"state" must be open, paid or failed.');
  return shown(world, order);
}

/** What the payer, the clock or the merchant's portal does to an order. */
export async function actOnOrder(door: Door, order: Order, action: string, body: Body): Promise<void> {
  const { world } = door;
  if (action === "pay") {
    const method = text(body, "method") ?? "11500";
    if (!isKnownMethod(method)) throw new Refusal(400, `There is no payment method ${method}.`);
    pay(world, order, method);
    void sendNotice(world, door.keys, order);
  } else if (action === "refuse") {
    if (order.payState !== "open") throw new Refusal(409, "The order is not open.");
    order.payState = "failed";
  } else if (action === "expire") {
    order.expiresAt = world.clock.now();
  } else if (action === "refund") {
    const rest = order.totalFee - returnedAmount(order);
    const amount = whole(body, "amount") ?? rest;
    if (order.payState !== "paid" || amount < 1 || amount > rest)
      throw new Refusal(409, "There is not that much to give back.");
    giveBack(world, order, { amount, origin: "portal", kind: "refund", no: null, reason: "portal" });
  } else throw new Refusal(404, `There is no action ${action}.`);
}

function addFault({ world }: Door, body: Body) {
  const kind = text(body, "kind") ?? "";
  if (!faultKinds.includes(kind)) throw new Refusal(400, `"kind" must be one of ${faultKinds.join(", ")}.`);
  const fault = { ...body, kind, times: whole(body, "times") ?? 1 };
  world.faults.push(fault);
  return fault;
}

function setMerchant({ world }: Door, body: Body) {
  const mchId = text(body, "mchId");
  if (!mchId) throw new Refusal(400, '"mchId" is missing.');
  const known = world.merchants.find((one) => one.mchId === mchId) ?? merchant(mchId, {});
  const notifyUrl = typeof body.notifyUrl === "string" ? checkedNotifyUrl(body.notifyUrl) : known.notifyUrl;
  const flag = (name: "partialRefund" | "enabled") =>
    typeof body[name] === "boolean" ? body[name] : known[name];
  const next = {
    ...known,
    tradePassword: text(body, "tradePassword") ?? known.tradePassword,
    refundPassword: text(body, "refundPassword") ?? known.refundPassword,
    partialRefund: flag("partialRefund"),
    enabled: flag("enabled"),
    notifyUrl: body.notifyUrl === null ? null : notifyUrl,
  };
  world.merchants = [...world.merchants.filter((one) => one.mchId !== mchId), next];
  return next;
}

function setClock({ world }: Door, body: Body) {
  const numbers = ["offsetMs", "now", "advanceMs"].flatMap((name) => {
    const value = whole(body, name);
    return value === undefined ? [] : [[name, value]];
  });
  world.clock.set({
    ...Object.fromEntries(numbers),
    ...(typeof body.frozen === "boolean" ? { frozen: body.frozen } : {}),
  });
  return { now: world.clock.now() };
}

const help = {
  what: "Control of the Scan2Pay simulator. POST bodies are JSON.",
  get: [
    "merchants",
    "orders[?storeOrderNo=&mchId=]",
    "faults",
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
};

async function notify(door: Door, body: Body) {
  const order = orderAt(door.world, text(body, "storeOrderNo") ?? "", text(body, "mchId") ?? null);
  const times = whole(body, "times") ?? 1;
  for (let n = 0; n < Math.min(times, 20); n += 1)
    await sendNotice(door.world, door.keys, order, body.tamper === true);
  return { sent: times };
}

/** Answers one control call; a Refusal carries its HTTP status. */
export async function control(door: Door, { method, path, query, body }: ControlCall): Promise<unknown> {
  const { world } = door;
  const onOrder = /^orders\/([^/]+)\/([a-z]+)$/.exec(path);
  if (method === "POST" && onOrder) {
    const order = orderAt(world, decodeURIComponent(onOrder[1] ?? ""), query.get("mchId"));
    await actOnOrder(door, order, onOrder[2] ?? "", body);
    return shown(world, order);
  }
  switch (`${method} ${path}`) {
    case "GET ":
      return help;
    case "GET merchants":
      return world.merchants.map((one) => ({ ...one, publicKeyPem: door.keys.publicKeyPem, ivs: door.ivs }));
    case "POST merchants":
      return setMerchant(door, body);
    case "GET orders":
      return world.orders
        .filter(
          (one) =>
            (query.get("storeOrderNo") ?? one.storeOrderNo) === one.storeOrderNo &&
            (query.get("mchId") ?? one.mchId) === one.mchId,
        )
        .map((one) => ({ ...shown(world, one), urlToken: `${door.origin}/pay/${one.token}` }));
    case "POST orders":
      return createOrder(door, body);
    case "GET faults":
      return world.faults;
    case "POST faults":
      return addFault(door, body);
    case "DELETE faults":
      world.faults = [];
      return [];
    case "POST clock":
      return setClock(door, body);
    case "GET arrivals":
      return world.arrivals.filter(({ arrivedAt }) => arrivedAt >= Number(query.get("since") ?? 0));
    case "GET effects":
      return world.orders.flatMap(({ storeOrderNo, mchId, effects }) =>
        effects.map((effect) => ({ storeOrderNo, mchId, ...effect })),
      );
    case "GET locks":
      return [...world.locks]
        .map(([address, until]) => ({ address, until }))
        .filter(({ until }) => until > world.clock.now());
    case "POST unlock":
      world.locks.clear();
      return [];
    case "GET settings":
      return world.settings;
    case "POST settings":
      world.settings = changedSettings(world.settings, isJsonObject(body) ? body : {});
      return world.settings;
    case "POST notify":
      return notify(door, body);
    case "POST reset":
      world.reset();
      return {};
    default:
      throw new Refusal(404, `There is no ${method} /_control/${path}.`);
  }
}
