import { z } from "zod";
import { type Currency, currencies } from "./currency.ts";
import { isoDay } from "./iso-day.ts";
import { parseAmount } from "./money.ts";
import { cleanScan, orderNoLengthMax } from "./order-no.ts";
import {
  cleanField,
  type OrderCursor,
  type OrderFilterField,
  orderFilterFields,
  type TypedFilter,
} from "./order-query.ts";
import { type Verdict, verdicts } from "./verdict.ts";

/** Why a field cannot be read; message keys under `orders.fault`, or under `errors` for amounts. */
export type FilterFault =
  | "badNumber"
  | "notYours"
  | "badState"
  | "badAmount"
  | "badDay"
  | "badTime"
  | "upsideDown";

/** The filter once read. Days and times are those of each order's own store. */
export type OrderFilter = {
  readonly no: string | null;
  readonly store: string | null;
  readonly account: string | null;
  readonly state: Verdict | null;
  /** Bounds in minor units of each currency they can be read in; null: no bound. */
  readonly amountMin: Partial<Record<Currency, number>> | null;
  readonly amountMax: Partial<Record<Currency, number>> | null;
  /** ISO days; `dayTo` is the last day that counts. */
  readonly day: string | null;
  readonly dayTo: string | null;
  /** Times of day, `HH:MM`; the minute of `to` counts. Without a day they are today's. */
  readonly from: string | null;
  readonly to: string | null;
};

export type ReadFilter = {
  readonly typed: TypedFilter;
  readonly filter: OrderFilter;
  readonly faults: Partial<Record<OrderFilterField, FilterFault>>;
  readonly before: OrderCursor | null;
  readonly after: OrderCursor | null;
};

/** What the reader may choose from. */
export type FilterChoices = {
  readonly stores: readonly { readonly code: string; readonly currency: Currency }[];
  readonly accounts: readonly { readonly slug: string }[];
};

/** Search parameters come as one text or several; the first counts. */
const one = z.preprocess(
  (value) => (Array.isArray(value) ? value[0] : value),
  z.string().catch("").transform(cleanField),
);
const typedSchema = z.object(
  Object.fromEntries(orderFilterFields.map((name) => [name, one])) as Record<OrderFilterField, typeof one>,
);
const momentSchema = z.iso.datetime({ precision: 6 }).refine((at) => !at.startsWith("0000"));
const cursorSchema = one.transform((text): OrderCursor | null => {
  const [, at, id] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text) ??
    [];
  return at && id && momentSchema.safeParse(at).success ? { at, id } : null;
});
const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

type Amounts = Partial<Record<Currency, number>>;

/** An amount in every currency it can be one of; null when it is one in none. */
function amountsOf(typed: string, of: readonly Currency[]): Amounts | null {
  const read = of.flatMap((currency) => {
    const amount = parseAmount(typed, currency);
    return amount.ok ? [[currency, amount.value] as const] : [];
  });
  return read.length > 0 ? Object.fromEntries(read) : null;
}

/**
 * Reads the order list's address. A field that cannot be read keeps its text and gets a fault; nothing is guessed.
 * An amount alone means exactly that amount; with `amountTo` it is the lower bound.
 */
export function readOrderFilter(params: unknown, choices: FilterChoices): ReadFilter {
  const typed = typedSchema.parse(params);
  const page = z.object({ before: cursorSchema, after: cursorSchema }).parse(params);
  const faults: Partial<Record<OrderFilterField, FilterFault>> = {};
  const take = <T>(
    name: OrderFilterField,
    read: (text: string) => T | null,
    fault: FilterFault,
  ): T | null => {
    if (typed[name] === "") return null;
    const value = read(typed[name]);
    if (value === null) faults[name] = fault;
    return value;
  };
  const oneOf = (known: readonly string[]) => (text: string) => known.find((value) => value === text) ?? null;
  const store = take("store", oneOf(choices.stores.map(({ code }) => code)), "notYours");
  const ofStore = choices.stores.filter(({ code }) => store === null || code === store);
  const inUse = currencies.filter((currency) => ofStore.some((shop) => shop.currency === currency));
  const amount = take("amount", (text) => amountsOf(text, inUse), "badAmount");
  const amountTo = take("amountTo", (text) => amountsOf(text, inUse), "badAmount");
  const dayOf = (text: string) => isoDay.safeParse(text).data ?? null;
  const clock = (text: string) => timeSchema.safeParse(text).data ?? null;
  const filter: OrderFilter = {
    no: take("no", readPrefix, "badNumber"),
    store,
    account: take("account", oneOf(choices.accounts.map(({ slug }) => slug)), "notYours"),
    state: take("state", (text) => verdicts.find((verdict) => verdict === text) ?? null, "badState"),
    amountMin: amount,
    amountMax: typed.amountTo === "" ? amount : amountTo,
    day: take("day", dayOf, "badDay"),
    dayTo: take("dayTo", dayOf, "badDay"),
    from: take("from", clock, "badTime"),
    to: take("to", clock, "badTime"),
  };
  return { typed, filter, faults: { ...upsideDown(filter), ...faults }, ...page };
}

function readPrefix(text: string): string | null {
  const no = cleanScan(text);
  return /^[A-Za-z0-9_-]+$/.test(no) && no.length <= orderNoLengthMax ? no : null;
}

/** Ranges whose end lies before their beginning. */
function upsideDown(filter: OrderFilter): Partial<Record<OrderFilterField, FilterFault>> {
  const { amountMin, amountMax, day, dayTo, from, to } = filter;
  const isLess = currencies.some(
    (currency) => (amountMax?.[currency] ?? Infinity) < (amountMin?.[currency] ?? 0),
  );
  const isOneDay = dayTo === null || dayTo === day;
  return {
    ...(isLess ? { amountTo: "upsideDown" as const } : {}),
    ...(day && dayTo && dayTo < day ? { dayTo: "upsideDown" as const } : {}),
    ...(isOneDay && from && to && to < from ? { to: "upsideDown" as const } : {}),
  };
}

/** Whether anything narrows the list. */
export function isFiltered(typed: TypedFilter): boolean {
  return orderFilterFields.some((name) => typed[name] !== "");
}
