import { type Order, type RefundRecord, returnedAmount } from "../state/order.ts";
import { cancel, pay, type World } from "../state/world.ts";

/** Late payments, cancels and refunds whose time has come happen now. Gives the orders that were just paid. */
export function settleDue(world: World): Order[] {
  const now = world.clock.now();
  const isDue = (at: number | null | undefined): at is number => typeof at === "number" && at <= now;
  const paid: Order[] = [];
  let hasMoved = false;
  for (const order of world.orders) {
    const { payDueAt, cancelDueAt } = order;
    if (isDue(payDueAt)) {
      order.payDueAt = null;
      hasMoved = true;
      if (order.payState === "open" && payDueAt < order.expiresAt) {
        pay(world, order, { method: order.method, at: payDueAt });
        paid.push(order);
      }
    }
    if (isDue(cancelDueAt)) {
      cancel(world, order, cancelDueAt);
      hasMoved = true;
    }
    for (const record of order.refunds) {
      if (record.outcome !== "running" || !isDue(record.decidedAt)) continue;
      decide(world, order, record);
      hasMoved = true;
    }
  }
  if (hasMoved) world.save();
  return paid;
}

/** A late refund fails when its money left another way meanwhile, unless the gateway does not look at the order. */
function decide({ settings }: World, order: Order, record: RefundRecord): void {
  const isCovered = record.amount <= order.totalFee - returnedAmount(order);
  record.outcome = isCovered || !settings.duplicateCheck.order ? "success" : "fail";
  if (record.outcome !== "success") return;
  const no = record.storeRefundNo === null ? {} : { storeRefundNo: record.storeRefundNo };
  order.effects.push({ kind: "refund", amount: record.amount, at: record.decidedAt, origin: "api", ...no });
}
