import "server-only";
import { sql } from "drizzle-orm";
import type { AloneReason } from "#lib/domain/go-together.ts";
import { changesSince, type RequestSnapshot } from "#lib/domain/refund.ts";
import type { RequestState } from "#lib/domain/request-state.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";
import { readBooks, snapshotOf } from "../order-books.ts";
import type { RequestRow } from "../requests/request-rows.ts";
import { watchOrder } from "../watch-order.ts";
import { type Chosen, findTogether } from "./find-together.ts";
import { whyNotTogether } from "./judge-together.ts";

/** One of the chosen requests as it stands: whether it would go with the others, and what of its facts moved. */
export type TogetherNow = Pick<
  RequestRow,
  "requestNo" | "orderNo" | "amountMinor" | "currency" | "askedBy" | "reason" | "timeZone" | "storeName"
> & {
  readonly state: RequestState;
  readonly why: AloneReason | null;
  readonly changes: readonly (keyof RequestSnapshot)[];
};
export type TogetherView = { readonly items: readonly TogetherNow[]; readonly serverNow: string };

/**
 * The chosen requests of this person's stores as they stand now. Whoever looks keeps one question alive about each order
 * whose facts are too old; what is none of theirs is left out.
 */
export async function viewTogether(
  ctx: Context,
  staff: CurrentStaff,
  requestNos: readonly string[],
): Promise<TogetherView> {
  const { db } = ctx.database;
  const { rows } = await db.execute<{ now: string }>(sql`select clock_timestamp() as now`);
  const chosen = await findTogether(db, staff, requestNos);
  const items: TogetherNow[] = [];
  for (const one of chosen) items.push(await standing(ctx, staff, one));
  return { items, serverNow: new Date(rows[0]?.now ?? 0).toISOString() };
}

async function standing(
  { database }: Context,
  staff: CurrentStaff,
  { row, orderId, asked }: Chosen,
): Promise<TogetherNow> {
  const books = await readBooks(database.db, orderId);
  const isOpen = row.state === "waiting";
  const why = whyNotTogether(row, books);
  if (isOpen && why === "notFresh")
    await watchOrder(database, staff, { ...books, isNoted: false }, { isOpening: true });
  const { requestNo, orderNo, amountMinor, currency, askedBy, reason, timeZone, storeName, state } = row;
  return {
    ...{ requestNo, orderNo, amountMinor, currency, askedBy, reason, timeZone, storeName, state, why },
    changes: isOpen ? changesSince(asked, snapshotOf(books, amountMinor)) : [],
  };
}
