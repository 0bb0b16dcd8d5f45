import "server-only";
import { outlookOf } from "#lib/domain/lane-line.ts";
import type { OrderStatus } from "#lib/domain/order-view.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "./context.ts";
import { findWatched } from "./order-books.ts";
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
  const books = await findWatched(db, staff, at);
  if (!books) return null;
  await watchOrder(ctx.database, staff, books, { isOpening });
  const order = toView(ctx, staff, books);
  // A page that is told that all is done asks no more: that is never said from a line read a moment ago.
  const isFresh = isOpening || !books.isNoted || order.isSettled;
  const { line, nowMs } = await ctx.lines.read(db, books.account.id, { isFresh });
  const { nextCheckMs, quietMs, watchers, targetAgeMs } = outlookOf(line, books.order.id, nowMs);
  return {
    state: order.verdict,
    asOf: order.asOf,
    isDone: order.isSettled && nextCheckMs === null,
    nextCheckAt: toInstant(nextCheckMs),
    watchers,
    targetAgeMs,
    quietUntil: toInstant(quietMs),
    serverNow: books.now.toISOString(),
    order,
  };
}

const toInstant = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
