import "server-only";
import type { OrderFilter } from "#lib/domain/order-filter.ts";
import type { OrderRow } from "#lib/domain/order-row.ts";
import { ok, type Result } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";
import { everyOrder } from "../list-orders.ts";
import { type DeedRefusal, staffDeed } from "../settle/staff-deed.ts";
import { cutParts, type ExportPart } from "./export-part.ts";

export type ExportRefusal = DeedRefusal;

/**
 * The order list as a file: every order of this person's stores that matches, newest first, up to `limits.exportRowsMax`.
 * That it was taken is on record before the first row is read, with the filter as its address says it (`query`).
 */
export async function exportOrders(
  ctx: Context,
  staff: CurrentStaff,
  { filter, query }: { filter: OrderFilter; query: string },
): Promise<Result<AsyncIterable<ExportPart<OrderRow>>, ExportRefusal>> {
  const rights = await staffDeed(ctx, staff, {
    permission: "export-orders",
    find: async () => ({ storeId: onlyStore(staff), orderId: null, subject: null, facts: { filter: query } }),
    act: async (_, now) => ok(now),
  });
  return rights.ok ? ok(cutParts(everyOrder(ctx, rights.value, filter))) : rights;
}

/** The store a line of the audit belongs to when somebody works at one; a line about several belongs to its person. */
export function onlyStore({ storeIds }: CurrentStaff): string | null {
  return storeIds.length === 1 ? (storeIds[0] ?? null) : null;
}
