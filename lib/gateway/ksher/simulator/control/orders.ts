import { type Body, oneOf, refuseOthers, text, whole } from "#lib/gateway/simulator/control/input.ts";
import { Refusal } from "#lib/gateway/simulator/state/refusal.ts";
import { announce } from "../notice.ts";
import { channelOf, isChannelList } from "../protocol/channels.ts";
import { addOrder, canBePaid, close, giveBack, pay, restOf, startPaying } from "../state/money.ts";
import { isOpen, type Order, orderState, refundOrigins } from "../state/order.ts";
import { findOrder, type World } from "../state/world.ts";

/** An order as the control interface shows it: the truth, and the ledger of effects. */
export function shown(world: World, order: Order) {
  const { storeOrderNo, mchId, totalFee, channel, channelList, body, token, effects } = order;
  const { payMchOrderNo, ksherOrderNo, createdAt, expiresAt } = order;
  const state = orderState(order, world.clock.now());
  const numbers = { payMchOrderNo, ksherOrderNo };
  return {
    ...{ storeOrderNo, mchId, totalFee, ...numbers, channel, channelList, body, token, state },
    ...{ createdAt, expiresAt, effects },
  };
}

const firstStates = ["open", "paying", "paid", "failed", "cancelled", "expired"] as const;
const createMembers = [
  ...["storeOrderNo", "totalFee", "mchId", "body", "channel", "channelList", "attach", "ageMs", "state"],
  ...["payMchOrderNo", "ksherOrderNo", "notifyUrl"],
];

/** An order from outside the protocol, of any age and first state. */
export function createOrder(world: World, body: Body) {
  refuseOthers(body, createMembers);
  const storeOrderNo = text(body, "storeOrderNo") ?? "";
  const totalFee = whole(body, "totalFee") ?? 0;
  const mchId = text(body, "mchId") ?? "mch99001";
  if (!/^[\x20-\x7e]{1,32}$/.test(storeOrderNo))
    throw new Refusal(400, '"storeOrderNo" must be 1 to 32 plain characters.');
  if (totalFee < 1) throw new Refusal(400, '"totalFee" must be a whole number of 1 or more.');
  if (!world.merchants.some((one) => one.mchId === mchId))
    throw new Refusal(404, `There is no merchant ${mchId}.`);
  if (findOrder(world, mchId, storeOrderNo)) throw new Refusal(409, `Order ${storeOrderNo} exists.`);
  const state = oneOf(body, "state", firstStates) ?? "open";
  const channel = channelIn(body) ?? "promptpay";
  const channelList = text(body, "channelList") ?? "promptpay,truemoney,linepay,airpay,alipay,wechat,card";
  if (!isChannelList(channelList)) throw new Refusal(400, '"channelList" names an unknown channel.');
  const createdAt = world.clock.now() - (whole(body, "ageMs") ?? 0);
  const order = addOrder(world, {
    ...{ mchId, storeOrderNo, totalFee, channelList, createdAt },
    expiresAt: createdAt + world.settings.qrLifetimeMs,
    body: text(body, "body") ?? "Goods",
    attach: text(body, "attach") ?? "",
    notifyUrl: text(body, "notifyUrl") ?? "",
  });
  bringTo(world, order, { state, channel });
  order.payMchOrderNo = text(body, "payMchOrderNo") ?? order.payMchOrderNo;
  order.ksherOrderNo = text(body, "ksherOrderNo") ?? order.ksherOrderNo;
  return shown(world, order);
}

function bringTo(
  world: World,
  order: Order,
  { state, channel }: { state: (typeof firstStates)[number]; channel: string },
): void {
  if (state === "paid") pay(world, order, { channel, at: order.createdAt });
  else if (state === "paying") startPaying(world, order, channel);
  else if (state === "failed") order.phase = "failed";
  else if (state === "cancelled") close(order, order.createdAt);
  else if (state === "expired") order.expiresAt = world.clock.now();
}

type Act = (world: World, order: Order, body: Body) => void;

/** What the buyer, the clock or the merchant's own tools do to an order. */
const acts: { readonly [action: string]: Act } = {
  pay: payNow,
  "pay-later": payLater,
  finish: payNow,
  start: (world, order, body) => startPaying(world, order, channelIn(body) ?? "promptpay"),
  otp: (world, order) => startPaying(world, order, "card"),
  drop: refuseOrDrop,
  refuse: refuseOrDrop,
  expire: (world, order) => {
    if (!isOpen(order, world.clock.now())) throw new Refusal(409, "The order is not open.");
    order.expiresAt = world.clock.now();
  },
  refund: refundElsewhere,
};

export function actOnOrder(
  world: World,
  order: Order,
  { action, body }: { action: string; body: Body },
): void {
  const act = Object.hasOwn(acts, action) ? acts[action] : undefined;
  if (!act) throw new Refusal(404, `There is no action ${action}.`);
  act(world, order, body);
}

function payNow(world: World, order: Order, body: Body): void {
  refuseOthers(body, ["channel"]);
  const channel = channelIn(body);
  pay(world, order, channel === undefined ? {} : { channel });
  announce(world, order);
}

function payLater(world: World, order: Order, body: Body): void {
  refuseOthers(body, ["channel", "afterMs"]);
  const afterMs = whole(body, "afterMs") ?? 0;
  const [first = ""] = order.channelList.split(",");
  const channel = channelIn(body) ?? (order.channel || first);
  if (!canBePaid(order, channel, world.clock.now()))
    throw new Refusal(409, "The order cannot be paid any more.");
  Object.assign(order, { payDueAt: world.clock.now() + afterMs, payDueChannel: channel });
}

/** The attempt fails; the buyer may try again while the link is open. */
function refuseOrDrop(world: World, order: Order): void {
  const isTaken = order.phase === "paying" || isOpen(order, world.clock.now());
  if (!isTaken) throw new Refusal(409, "The order is not open.");
  order.phase = "failed";
}

function refundElsewhere(world: World, order: Order, body: Body): void {
  refuseOthers(body, ["amount", "origin"]);
  const rest = restOf(order);
  const amount = whole(body, "amount") ?? rest;
  if (amount < 1 || amount > rest) throw new Refusal(409, "There is not that much to give back.");
  const origin = oneOf(body, "origin", refundOrigins) ?? "app";
  giveBack(world, order, { amount, origin, kind: "refund", no: null });
}

function channelIn(body: Body): string | undefined {
  const channel = text(body, "channel");
  if (channel !== undefined && !channelOf(channel)) throw new Refusal(400, `There is no channel ${channel}.`);
  return channel;
}
