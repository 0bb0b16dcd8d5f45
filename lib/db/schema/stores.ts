import "server-only";
import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import type { Currency } from "#lib/domain/currency.ts";
import type { GatewayId } from "#lib/domain/gateway-id.ts";

/** An instant, always with its zone; read as Date. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

export const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** A shop: its zone, its currency and the hour its business day ends. */
export const store = pgTable("store", {
  id: uuid("id").primaryKey().defaultRandom(),
  code: text("code").notNull().unique(),
  name: text("name").notNull(),
  timeZone: text("time_zone").notNull(),
  currency: text("currency").$type<Currency>().notNull(),
  dayCutAt: text("day_cut_at").notNull().default("00:00"),
  /** The reasons for refunds in their order, the house's own by their code, others by their words; null: the house's. */
  refundReasons: jsonb("refund_reasons").$type<readonly string[]>(),
  /** Above this amount two different managers approve a refund; null: never. */
  secondApprovalAboveMinor: bigint("second_approval_above_minor", { mode: "number" }),
  createdAt: instant("created_at").notNull().defaultNow(),
});

/** A store's contract with one gateway. `secrets` is sealed (lib/db/seal.ts); `config` holds nothing secret. */
export const merchantAccount = pgTable("merchant_account", {
  id: uuid("id").primaryKey().defaultRandom(),
  slug: text("slug").notNull().unique(),
  storeId: uuid("store_id")
    .notNull()
    .references(() => store.id),
  gateway: text("gateway").$type<GatewayId>().notNull(),
  currency: text("currency").$type<Currency>().notNull(),
  config: jsonb("config").$type<Record<string, unknown>>().notNull(),
  sealedSecrets: bytes("sealed_secrets").notNull(),
  isFullRefundOnly: boolean("is_full_refund_only").notNull(),
  /** Why sending is paused (wrong refund key …); null: not paused. */
  sendingPausedWhy: text("sending_paused_why"),
  sendingPausedAt: instant("sending_paused_at"),
  /** Hours of the store's clock in which nothing is sent, as HH:MM; both null: none. */
  quietFrom: text("quiet_from"),
  quietTo: text("quiet_to"),
  createdAt: instant("created_at").notNull().defaultNow(),
});

/**
 * The account's query lane: one request in flight, the next a gap after the previous answer (money.md 3.1). Accounts of one
 * merchant at a gateway have a row each that always says the same, for the gateway counts them as one.
 */
export const gatewayLane = pgTable(
  "gateway_lane",
  {
    accountId: uuid("account_id")
      .primaryKey()
      .references(() => merchantAccount.id),
    /** Gateway, merchant and host, as the gateway counts; null: the account is alone. */
    laneKey: text("lane_key"),
    holder: uuid("holder"),
    holderUntil: instant("holder_until"),
    fence: bigint("fence", { mode: "number" }).notNull().default(0),
    gapMs: integer("gap_ms").notNull(),
    nextFreeAt: instant("next_free_at").notNull().defaultNow(),
    /** Trouble in a row; the breaker opens from the third (money.md 3.5). */
    troubleCount: integer("trouble_count").notNull().default(0),
    breakerUntil: instant("breaker_until").notNull().defaultNow(),
    lastAnswerAt: instant("last_answer_at"),
    /** When the slot that is out was taken, or the last one. */
    takenAt: instant("taken_at"),
    /** How long the gateway takes from the slot to its answer: a moving mean of the last answers, in ms; null: none yet. */
    answerMs: integer("answer_ms"),
    /** How long the lane was in use or kept its gap of late, in ms, as of `busyAt`; it fades (lib/db/lane-use.ts). */
    busyMs: integer("busy_ms").notNull().default(0),
    busyAt: instant("busy_at").notNull().default(sql`clock_timestamp()`),
    /** A person waits at the counter for this lane until then: watched orders let them go first (money.md 3.3). */
    wantedUntil: instant("wanted_until").notNull().default(sql`clock_timestamp()`),
  },
  (t) => [index("gateway_lane_key").on(t.laneKey)],
);
