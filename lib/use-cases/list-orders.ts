import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { limits } from "#lib/domain/limits.ts";
import type { OrderFilter } from "#lib/domain/order-filter.ts";
import type { OrderCursor } from "#lib/domain/order-query.ts";
import type { OrderRow } from "#lib/domain/order-row.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "./context.ts";
import { orderConditions } from "./order-conditions.ts";
import { happenedAt, orderColumns, orderTables, type RawOrderRow, toOrderRow } from "./order-rows.ts";

/** A page of the order list. `older`, `newer`: the places the neighbouring pages go on from; null: there are none. */
export type OrderPage = {
  readonly rows: readonly OrderRow[];
  /** Orders whose whole number was typed though the rest of the filter leaves them out. */
  readonly setAside: readonly OrderRow[];
  readonly older: OrderCursor | null;
  readonly newer: OrderCursor | null;
  /** How many orders match, counted up to `limits.listCountMax`. */
  readonly count: number;
  /** The database's clock when the list was read. */
  readonly asOf: string;
};

type Way = "older" | "newer";
type Part = { readonly from: OrderCursor | null; readonly way: Way; readonly size: number };

/**
 * Orders of this person's stores that match, newest first, a page at a time. A whole order number is found whatever else
 * is set (screens.md 3). Each store's index of times is read for its own part, however many stores there are.
 */
export async function listOrders(
  ctx: Context,
  staff: CurrentStaff,
  { filter, before, after }: { filter: OrderFilter; before: OrderCursor | null; after: OrderCursor | null },
): Promise<OrderPage> {
  const way: Way = after ? "newer" : "older";
  const from = after ?? before;
  const [found, count, exact, now] = await Promise.all([
    fill(ctx, staff, filter, { from, way, size: limits.listPageSize + 1 }),
    countOrders(ctx, staff, filter),
    filter.no === null ? [] : findExact(ctx, staff, filter.no),
    ctx.database.db.execute<{ now: string }>(sql`select clock_timestamp() as now`),
  ]);
  const hasMore = found.length > limits.listPageSize;
  const taken = found.slice(0, limits.listPageSize);
  const rows = way === "newer" ? taken.toReversed() : taken;
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    rows,
    setAside: exact.filter(({ id }) => !rows.some((row) => row.id === id)),
    older: last && (way === "newer" || hasMore) ? { at: last.at, id: last.id } : null,
    newer: first && from && (way === "older" || hasMore) ? { at: first.at, id: first.id } : null,
    count,
    asOf: new Date(now.rows[0]?.now ?? 0).toISOString(),
  };
}

/** Reads on until a part is full. Where a verdict is wanted, what cannot have it is left to the database, the rest to the rule. */
async function fill(
  ctx: Context,
  staff: CurrentStaff,
  filter: OrderFilter,
  { way, size, from }: Part,
): Promise<OrderRow[]> {
  const rows: OrderRow[] = [];
  let place = from;
  for (let read = 0; read < limits.listScanMax; ) {
    const some = await readPart(ctx, staff, filter, { way, size, from: place });
    rows.push(...some.filter(({ verdict }) => filter.state === null || verdict === filter.state));
    if (rows.length >= size || some.length < size) break;
    read += some.length;
    place = some.at(-1) ?? null;
  }
  return rows.slice(0, size);
}

/** Every order that matches, newest first, a part at a time; it reads on only when the last part was taken. */
export async function* everyOrder(
  ctx: Context,
  staff: CurrentStaff,
  filter: OrderFilter,
): AsyncGenerator<readonly OrderRow[]> {
  const size = limits.exportPartRows;
  let from: OrderCursor | null = null;
  for (;;) {
    const some: OrderRow[] = await readPart(ctx, staff, filter, { way: "older", size, from });
    yield some.filter(({ verdict }) => filter.state === null || verdict === filter.state);
    if (some.length < size) return;
    from = some.at(-1) ?? null;
  }
}

/** The matching orders of each store, as a source of rows named `o`; `rest` orders and limits each store's part. */
function matching(staff: CurrentStaff, filter: OrderFilter, { more, rest }: { more: SQL[]; rest: SQL }): SQL {
  const every = [sql`o.store_id = s.id`, ...orderConditions(filter), ...more];
  return sql`store s cross join lateral (select o.* from pay_order o where ${sql.join(every, sql` and `)} ${rest}) o
    where s.id = any(${sql.param([...staff.storeIds])}::uuid[]) and (${filter.store}::text is null or s.code = ${filter.store})`;
}

const by = (way: Way) => {
  const direction = way === "older" ? sql`desc` : sql`asc`;
  return sql`order by ${happenedAt} ${direction}, o.id ${direction}`;
};

async function readPart(
  ctx: Context,
  staff: CurrentStaff,
  filter: OrderFilter,
  { way, size, from }: Part,
): Promise<OrderRow[]> {
  const compare = way === "older" ? sql`<` : sql`>`;
  const more = from
    ? [sql`(${happenedAt}, o.id) ${compare} (${from.at}::timestamptz, ${from.id}::uuid)`]
    : [];
  const sorted = by(way);
  const rest = sql`${sorted} limit ${size}`;
  const { rows } = await ctx.database.db.execute<RawOrderRow>(sql`
    select ${orderColumns} from ${orderTables(sql`(select o.* from ${matching(staff, filter, { more, rest })} ${rest}) o`)} ${sorted}`);
  return rows.map((row) => toOrderRow(ctx, row));
}

async function countOrders(ctx: Context, staff: CurrentStaff, filter: OrderFilter): Promise<number> {
  const size = limits.listCountMax;
  if (filter.state !== null)
    return (await fill(ctx, staff, filter, { from: null, way: "older", size })).length;
  // Sorted though it only counts: without an order PostgreSQL reads all orders of all stores, in the hope that enough match soon.
  const rest = sql`${by("older")} limit ${size}`;
  const { rows } = await ctx.database.db.execute<{ n: number }>(sql`
    select count(*)::int as n from (select 1 from ${matching(staff, filter, { more: [], rest })} limit ${size}) counted`);
  return rows[0]?.n ?? 0;
}

/** Every order of this person's stores with exactly this number: one an account at most. */
export async function findExact(ctx: Context, staff: CurrentStaff, no: string): Promise<OrderRow[]> {
  const { rows } = await ctx.database.db.execute<RawOrderRow>(sql`
    select ${orderColumns} from ${orderTables(sql`pay_order o`)}
     where o.order_no = ${no} and o.store_id = any(${sql.param([...staff.storeIds])}::uuid[])`);
  return rows.map((row) => toOrderRow(ctx, row));
}
