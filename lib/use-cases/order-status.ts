import "server-only";
import type { OrderStatus } from "#lib/domain/order-view.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "./context.ts";
import { laneOutlook } from "./lane-outlook.ts";
import { findBooks } from "./order-books.ts";
import { toView } from "./view-order.ts";
import { type Look, watchOrder } from "./watch-order.ts";

/**
 * The status of a watched order, from our books: any number of tabs keep one question in the account's lane alive
 * (money.md 3.2). Null where the order is none of this person's stores'.
 */
export async function watchOrderStatus(
  ctx: Context,
  staff: CurrentStaff,
  { isOpening, ...at }: { account: string; orderNo: string } & Look,
): Promise<OrderStatus | null> {
  const { db } = ctx.database;
  const books = await findBooks(db, staff, at);
  if (!books) return null;
  const of = { orderId: books.order.id, accountId: books.account.id, sessionId: staff.sessionId };
  const asItStands = isOpening ? null : await laneOutlook(db, of);
  if (!asItStands?.isNoted) await watchOrder(db, staff, books, { isOpening });
  const lane = asItStands?.isNoted ? asItStands : await laneOutlook(db, of);
  const order = toView(ctx, staff, books);
  return {
    state: order.verdict,
    asOf: order.asOf,
    isDone: order.isSettled && lane.nextCheckAt === null,
    nextCheckAt: lane.nextCheckAt?.toISOString() ?? null,
    watchers: lane.watchers,
    targetAgeMs: lane.targetAgeMs,
    quietUntil: lane.quietUntil?.toISOString() ?? null,
    serverNow: books.now.toISOString(),
    order,
  };
}
