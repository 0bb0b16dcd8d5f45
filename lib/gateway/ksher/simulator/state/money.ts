import { randomBytes } from "node:crypto";
import { Refusal } from "#lib/gateway/simulator/state/refusal.ts";
import { channelOf } from "../protocol/channels.ts";
import { ksherNo, payOrderNo, thaiTime } from "../protocol/times.ts";
import { isOpen, type Order, type RefundOrigin, type RefundRecord, returnedAmount } from "./order.ts";
import type { World } from "./world.ts";

export type NewOrder = Pick<Order, "mchId" | "storeOrderNo" | "totalFee" | "channelList" | "expiresAt"> &
  Partial<Pick<Order, "body" | "attach" | "redirectUrl" | "notifyUrl" | "payMchOrderNo" | "createdAt">>;

const uuid = () => randomBytes(16).toString("hex");

export function addOrder(world: World, wish: NewOrder): Order {
  const now = world.clock.now();
  const order: Order = {
    ...{ body: "Goods", attach: "", redirectUrl: "", notifyUrl: "", createdAt: now },
    ...{ payMchOrderNo: payOrderNo(now, world.counter++), token: uuid() },
    ...{ ksherOrderNo: "", channel: "", channelOrderNo: "", nonce: "" },
    ...{ phase: "open", paidAt: null, closedAt: null, payDueAt: null, payDueChannel: "", closeDueAt: null },
    ...{ refunds: [], effects: [] },
    ...wish,
  };
  world.orders.push(order);
  return order;
}

/** gateway_pay again for an order that nobody paid: a new link over a new payment (6.1). */
export function renewOrder(world: World, order: Order, wish: NewOrder): void {
  const payMchOrderNo = payOrderNo(world.clock.now(), world.counter++);
  Object.assign(order, wish, { payMchOrderNo, token: uuid(), phase: "open", closedAt: null });
  Object.assign(order, { channel: "", channelOrderNo: "", ksherOrderNo: "" });
}

/** A channel order comes into being: the buyer chose how to pay. */
function takeChannel(world: World, order: Order, code: string): void {
  const channel = channelOf(code);
  if (!channel) throw new Refusal(400, `There is no channel ${code}.`);
  const serial = world.counter++;
  const now = world.clock.now();
  const digits = String(serial).padStart(6, "0");
  order.channel = code;
  order.channelOrderNo = channel.isCard
    ? `chrg_sim_${digits}`
    : thaiTime(now).replace(/\D/g, "").slice(0, 13) + digits;
  order.ksherOrderNo = ksherNo(channel.prefix, now, serial);
}

/** The buyer pays now, by card with an OTP or in a wallet. */
export function startPaying(world: World, order: Order, channel: string): void {
  if (!isOpen(order, world.clock.now())) throw new Refusal(409, "The order cannot be paid any more.");
  takeChannel(world, order, channel);
  order.phase = "paying";
}

/** Whether money can still come: the link is open, the buyer is paying, or a QR code was kept (the link is dead, the code is not). */
export function canBePaid(order: Order, channel: string, nowMs: number): boolean {
  if (order.phase === "paid") return false;
  return order.phase === "paying" || isOpen(order, nowMs) || channelOf(channel)?.hasQr === true;
}

/** The buyer's money arrives. */
export function pay(world: World, order: Order, how: { channel?: string; at?: number } = {}): void {
  const { at = world.clock.now() } = how;
  const [first = ""] = order.channelList.split(",");
  const channel = how.channel ?? (order.channel || first);
  if (!canBePaid(order, channel, at)) throw new Refusal(409, "The order cannot be paid any more.");
  if (order.channel !== channel) takeChannel(world, order, channel);
  Object.assign(order, { phase: "paid", paidAt: at, nonce: uuid(), payDueAt: null });
  order.effects.push({ kind: "pay", amount: order.totalFee, at, origin: "payer" });
  const merchant = world.merchants.find(({ mchId }) => mchId === order.mchId);
  if (merchant && merchant.balance !== null) merchant.balance += order.totalFee;
}

export function close(order: Order, at: number): void {
  Object.assign(order, { phase: "closed", closedAt: at, closeDueAt: null });
}

type Giving = {
  amount: number;
  origin: "api" | RefundOrigin;
  kind: "refund" | "reverse";
  no: string | null;
  outcome?: RefundRecord["outcome"];
  decidedAt?: number;
};

/** Takes a refund on; unless it is still running, its money goes back now: one row in the ledger. */
export function giveBack(world: World, order: Order, giving: Giving): RefundRecord {
  const now = world.clock.now();
  const serial = world.counter++;
  const { amount, no, outcome = "success", decidedAt = now } = giving;
  const record: RefundRecord = {
    // A refund made elsewhere has a number of Ksher's own making (ASSUMED).
    storeRefundNo: no ?? payOrderNo(now, serial),
    ksherRefundNo: ksherNo(order.ksherOrderNo.slice(0, 3), now, serial),
    channelRefundNo: `${thaiTime(now).replace(/\D/g, "")}${String(serial).padStart(6, "0")}`,
    ...{ amount, outcome, requestedAt: now, decidedAt },
  };
  order.refunds.push(record);
  if (outcome === "success") moveBack(world, order, { ...giving, at: now });
  return record;
}

/** The money of a refund leaves, and the merchant's balance with it. */
export function moveBack(
  world: World,
  order: Order,
  { amount, origin, kind, no, at }: Giving & { at: number },
): void {
  order.effects.push({ kind, amount, at, origin, ...(no === null ? {} : { storeRefundNo: no }) });
  const merchant = world.merchants.find(({ mchId }) => mchId === order.mchId);
  if (merchant && merchant.balance !== null) merchant.balance -= amount;
}

/** Satang that can still go back. */
export function restOf(order: Order): number {
  return order.phase === "paid" ? order.totalFee - returnedAmount(order) : 0;
}
