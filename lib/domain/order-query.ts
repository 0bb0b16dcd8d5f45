/** The address of the order list. Every page of staff carries this, so it takes no library with it. */

/** The fields of the order list's filter, as they stand in its address. */
export const orderFilterFields = [
  "no",
  "store",
  "account",
  "state",
  "amount",
  "amountTo",
  "day",
  "dayTo",
  "from",
  "to",
] as const;
export type OrderFilterField = (typeof orderFilterFields)[number];

/** What was typed, field by field; empty text where nothing was. */
export type TypedFilter = Readonly<Record<OrderFilterField, string>>;

/** The place a page begins or ends: an order's time to the microsecond, and its id. */
export type OrderCursor = { readonly at: string; readonly id: string };

const fieldLengthMax = 64;

/** What stands in a field of the address, without blanks around it; too long, it is none. */
export function cleanField(text: string | null): string {
  const trimmed = (text ?? "").trim();
  return trimmed.length > fieldLengthMax ? "" : trimmed;
}

/** The list's address with this filter, from one place of it; empty fields are left out. */
export function orderQuery(
  typed: Partial<TypedFilter>,
  at: { before?: OrderCursor | null; after?: OrderCursor | null } = {},
): string {
  const query = new URLSearchParams();
  for (const name of orderFilterFields) if (typed[name]) query.set(name, typed[name]);
  for (const name of ["before", "after"] as const) {
    const cursor = at[name];
    if (cursor) query.set(name, `${cursor.at}~${cursor.id}`);
  }
  return query.toString();
}

/** The filter of a list somebody came from, cleaned of everything that is none; empty text when there is none. */
export function listQuery(text: unknown): string {
  if (typeof text !== "string") return "";
  const params = new URLSearchParams(text.slice(0, 600));
  return orderQuery(
    Object.fromEntries(orderFilterFields.map((name) => [name, cleanField(params.get(name))])),
  );
}
