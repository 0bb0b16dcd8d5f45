import "server-only";
import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import type { Currency } from "#lib/domain/currency.ts";
import type { GatewayOrderState } from "#lib/domain/gateway-facts.ts";
import { staff } from "./staff.ts";
import { instant, merchantAccount, store } from "./stores.ts";

/** An order as its gateway last told us, and when. Amounts in minor units. */
export const payOrder = pgTable(
  "pay_order",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => merchantAccount.id),
    storeId: uuid("store_id")
      .notNull()
      .references(() => store.id),
    orderNo: text("order_no").notNull(),
    currency: text("currency").$type<Currency>().notNull(),
    gatewayState: text("gateway_state").$type<GatewayOrderState>().notNull(),
    amountMinor: bigint("amount_minor", { mode: "number" }),
    /** What the customer has paid; 0 while unpaid. The sum guard counts against this. */
    paidMinor: bigint("paid_minor", { mode: "number" }).notNull().default(0),
    gatewayOrderNo: text("gateway_order_no"),
    wallet: text("wallet"),
    title: text("title"),
    paidAt: instant("paid_at"),
    handles: jsonb("handles").$type<Record<string, string>>().notNull().default({}),
    firstSeenAt: instant("first_seen_at").notNull().default(sql`clock_timestamp()`),
    /** When the gateway's last answer about this order was read. */
    asOfAt: instant("as_of_at"),
    /** What the last question came to, when it was not an answer. */
    lastTrouble: text("last_trouble"),
    cancelledAt: instant("cancelled_at"),
    /** Since when the list of this order's refunds is wanted, because its state alone does not tell how much went back. */
    refundsWantedAt: instant("refunds_wanted_at"),
  },
  (t) => [
    unique("pay_order_account_no").on(t.accountId, t.orderNo),
    unique("pay_order_id_currency").on(t.id, t.currency),
    index("pay_order_store_seen").on(t.storeId, t.firstSeenAt, t.id),
    index("pay_order_store_state").on(t.storeId, t.gatewayState, t.firstSeenAt, t.id),
    index("pay_order_store_happened").on(t.storeId, sql`(coalesce(${t.paidAt}, ${t.firstSeenAt}))`, t.id),
    index("pay_order_no").on(sql`${t.orderNo} text_pattern_ops`),
    // The clerk asks for these several times a second, and they are few among millions.
    index("pay_order_refunds_wanted")
      .on(t.accountId, t.refundsWantedAt)
      .where(sql`refunds_wanted_at is not null`),
  ],
);

/** Somebody looks at the order until then. One row a viewer; any number of tabs of one session are one viewer. */
export const orderWatch = pgTable(
  "order_watch",
  {
    orderId: uuid("order_id")
      .notNull()
      .references(() => payOrder.id),
    sessionId: uuid("session_id").notNull(),
    staffId: uuid("staff_id").notNull(),
    untilAt: instant("until_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.orderId, t.sessionId] }), index("order_watch_until").on(t.untilAt)],
);

/** The one waiting question about an order: forty tabs make one row. */
export const queryJob = pgTable(
  "query_job",
  {
    orderId: uuid("order_id")
      .primaryKey()
      .references(() => payOrder.id),
    accountId: uuid("account_id").notNull(),
    priority: integer("priority").notNull(),
    dueAt: instant("due_at").notNull(),
    lastAskedAt: instant("last_asked_at"),
    askCount: integer("ask_count").notNull().default(0),
  },
  (t) => [index("query_job_next").on(t.accountId, t.priority, t.dueAt)],
);

/** Orders a device looked up last, for its Counter page. */
export const lookUp = pgTable(
  "look_up",
  {
    deviceId: text("device_id").notNull(),
    orderId: uuid("order_id")
      .notNull()
      .references(() => payOrder.id),
    staffId: uuid("staff_id")
      .notNull()
      .references(() => staff.id),
    lookedUpAt: instant("looked_up_at").notNull().default(sql`clock_timestamp()`),
  },
  (t) => [
    primaryKey({ columns: [t.deviceId, t.orderId] }),
    index("look_up_device").on(t.deviceId, t.lookedUpAt),
  ],
);
