import "server-only";
import { mayCancel } from "#lib/domain/cancel.ts";
import { moneyStepOf } from "#lib/domain/money-step.ts";
import type { OrderView, TimelineEvent } from "#lib/domain/order-view.ts";
import { isReserving, mayRequestRefund, sumMoney } from "#lib/domain/refund.ts";
import { type CurrentStaff, roleCan } from "#lib/domain/staff.ts";
import { isSettled, verdictOf } from "#lib/domain/verdict.ts";
import type { Context } from "./context.ts";
import { factsOf, findWatched, type OrderBooks } from "./order-books.ts";
import { watchOrder } from "./watch-order.ts";

/** The books as the order page shows them, with what this member of staff may do. */
export function toView(ctx: Context, staff: CurrentStaff, books: OrderBooks): OrderView {
  const { order, account, store, now } = books;
  const facts = factsOf(books);
  const capabilities = ctx.capabilitiesOf(account);
  const cancel = mayCancel({ ...facts, madeAt: order.firstSeenAt }, capabilities, { now, by: "offer" });
  const mayPressCancel = roleCan(staff.role, "cancel-order");
  const refund = mayRequestRefund(facts, null, capabilities);
  return {
    account: account.slug,
    orderNo: order.orderNo,
    storeName: store.name,
    timeZone: store.timeZone,
    currency: order.currency,
    verdict: verdictOf(facts),
    amountMinor: order.amountMinor,
    sums: sumMoney(facts),
    wallet: order.wallet && ctx.walletName(account.gateway, order.wallet),
    title: order.title,
    gatewayOrderNo: order.gatewayOrderNo,
    paidAt: order.paidAt?.toISOString() ?? null,
    asOf: order.asOfAt?.toISOString() ?? null,
    isSettled: isSettled(facts),
    cancelUntil: cancel.ok ? (cancel.value?.toISOString() ?? null) : null,
    canCancel: cancel.ok && mayPressCancel,
    isCancelOver: !cancel.ok && cancel.refusal === "tooLate" && mayPressCancel,
    canRefund: refund.ok && roleCan(staff.role, "request-refund"),
    canPartial: capabilities.refund.canPartial,
    step: moneyStepOf(books),
    openRequestNo: openRequestOf(staff, books),
    timeline: timelineOf(books),
  };
}

/** The request that waits for a manager or for its cashier, where this person may open it: their own, or as one who decides. */
function openRequestOf(staff: CurrentStaff, { requests, now }: OrderBooks): string | null {
  const open = requests.find(({ status, expiresAt }) => isReserving(status) && expiresAt > now);
  const maySee = open?.requestedPerson === staff.personId || roleCan(staff.role, "approve-refund");
  return open && maySee ? open.requestNo : null;
}

function timelineOf({ order, requests, ops }: OrderBooks): TimelineEvent[] {
  const events: TimelineEvent[] = [];
  const add = (at: Date | null, what: TimelineEvent["what"], no = "") => {
    if (at) events.push({ at: at.toISOString(), what, no });
  };
  add(order.firstSeenAt, "seen");
  add(order.paidAt, "paid");
  for (const { requestedAt, decidedAt, status, approvedByRule, requestNo } of requests) {
    add(requestedAt, "asked", requestNo);
    add(decidedAt, approvedByRule ? "byRule" : status, requestNo);
  }
  for (const { createdAt, settledAt, kind, state, merchantNo } of ops) {
    add(createdAt, kind, merchantNo);
    if (state === "SUCCEEDED" || state === "FAILED") add(settledAt, `${kind}_${state}`, merchantNo);
  }
  return events.toSorted((a, b) => a.at.localeCompare(b.at));
}

/** The order as this member of staff may see it; null where it is none of their stores'. Opening it asks the gateway again. */
export async function viewOrder(
  ctx: Context,
  staff: CurrentStaff,
  at: { account: string; orderNo: string },
): Promise<OrderView | null> {
  const books = await findWatched(ctx.database.db, staff, at);
  if (!books) return null;
  await watchOrder(ctx.database, staff, books, { isOpening: true });
  return toView(ctx, staff, books);
}
