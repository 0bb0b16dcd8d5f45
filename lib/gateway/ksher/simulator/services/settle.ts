import { canBePaid, close, moveBack, pay, restOf } from "../state/money.ts";
import type { Order, RefundRecord } from "../state/order.ts";
import type { World } from "../state/world.ts";

/** Late payments, cancels and refunds whose time has come happen now. Gives the orders that were just paid. */
export function settleDue(world: World): Order[] {
  const now = world.clock.now();
  const paid: Order[] = [];
  let hasMoved = false;
  for (const order of world.orders) {
    const { payDueAt, closeDueAt } = order;
    if (payDueAt !== null && payDueAt <= now) {
      const channel = order.payDueChannel;
      order.payDueAt = null;
      hasMoved = true;
      if (canBePaid(order, channel, payDueAt)) {
        pay(world, order, { channel, at: payDueAt });
        paid.push(order);
      }
    }
    if (closeDueAt !== null && closeDueAt <= now) {
      if (order.phase === "paid") order.closeDueAt = null;
      else close(order, closeDueAt);
      hasMoved = true;
    }
    for (const record of order.refunds) {
      if (record.outcome !== "running" || record.decidedAt > now) continue;
      decide(world, order, record);
      hasMoved = true;
    }
  }
  if (hasMoved) world.save();
  return paid;
}

/** A late refund fails when its money left another way meanwhile, unless the gateway does not look at the order. */
function decide(world: World, order: Order, record: RefundRecord): void {
  const isCovered = record.amount <= restOf(order) || !world.settings.duplicateCheck.order;
  record.outcome = isCovered ? "success" : "fail";
  const { amount, decidedAt: at, storeRefundNo: no } = record;
  if (isCovered) moveBack(world, order, { amount, at, no, origin: "api", kind: "refund" });
}

/** When something happens next by itself, by the simulator's clock, besides the notices already on their way; Infinity: never. */
export function nextDueAt(world: World, onTheWay: ReadonlySet<number>): number {
  const times = world.orders.flatMap(({ payDueAt, closeDueAt, refunds }) => [
    payDueAt ?? Infinity,
    closeDueAt ?? Infinity,
    ...refunds.map(({ outcome, decidedAt }) => (outcome === "running" ? decidedAt : Infinity)),
  ]);
  const notices = world.notices.filter(({ id }) => !onTheWay.has(id)).map(({ dueAt }) => dueAt);
  return [...times, ...notices].reduce((a, b) => Math.min(a, b), Infinity);
}
