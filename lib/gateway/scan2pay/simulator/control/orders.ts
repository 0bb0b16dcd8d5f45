import { type Body, oneOf, refuseOthers, text, whole } from "#lib/gateway/simulator/control/input.ts";
import { Refusal } from "#lib/gateway/simulator/state/refusal.ts";
import { announce, type NoticeDoor } from "../notice.ts";
import { isKnownMethod } from "../protocol/methods.ts";
import { isOpen, type Order, orderState, returnedAmount } from "../state/order.ts";
import { addOrder, findOrder, giveBack, pay, type World } from "../state/world.ts";

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

/** An order from outside the protocol, of any age and first state. */
export function createOrder(world: World, body: Body) {
  refuseOthers(body, ["storeOrderNo", "totalFee", "mchId", "body", "method", "ageMs", "state"]);
  const storeOrderNo = text(body, "storeOrderNo") ?? "";
  const totalFee = whole(body, "totalFee") ?? 0;
  const mchId = text(body, "mchId") ?? "S2PSIM0001";
  if (!/^[A-Za-z0-9-]{1,20}$/.test(storeOrderNo))
    throw new Refusal(400, '"storeOrderNo" must be 1 to 20 letters, digits or hyphens.');
  if (totalFee < 1) throw new Refusal(400, '"totalFee" must be a whole number of 1 or more.');
  if (!world.merchants.some((one) => one.mchId === mchId))
    throw new Refusal(404, `There is no merchant ${mchId}.`);
  if (findOrder(world, mchId, storeOrderNo)) throw new Refusal(409, `Order ${storeOrderNo} exists.`);
  const state = oneOf(body, "state", ["open", "paid", "failed"]) ?? "open";
  const method = methodOf(body);
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
  if (state === "paid") pay(world, order, { method, at: order.createdAt });
  else if (state === "failed") order.payState = "failed";
  return shown(world, order);
}

/** What the payer, the clock or the merchant's portal does to an order. */
export function actOnOrder(door: NoticeDoor, order: Order, act: { action: string; body: Body }): void {
  const { world } = door;
  const { action, body } = act;
  if (action === "pay") {
    pay(world, order, { method: methodOf(body) });
    void announce(door, order);
  } else if (action === "refuse") {
    if (!isOpen(order, world.clock.now())) throw new Refusal(409, "The order is not open.");
    order.payState = "failed";
    void announce(door, order);
  } else if (action === "expire") {
    if (!isOpen(order, world.clock.now())) throw new Refusal(409, "The order is not open.");
    order.expiresAt = world.clock.now();
  } else if (action === "refund") {
    const rest = order.totalFee - returnedAmount(order);
    const amount = whole(body, "amount") ?? rest;
    if (order.payState !== "paid" || amount < 1 || amount > rest)
      throw new Refusal(409, "There is not that much to give back.");
    giveBack(world, order, { amount, origin: "portal", kind: "refund", no: null, reason: "portal" });
  } else throw new Refusal(404, `There is no action ${action}.`);
}

function methodOf(body: Body): string {
  const method = text(body, "method") ?? "11500";
  if (!isKnownMethod(method)) throw new Refusal(400, `There is no payment method ${method}.`);
  return method;
}
