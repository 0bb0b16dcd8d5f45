import "server-only";
import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type { Currency } from "#lib/domain/currency.ts";
import { limits } from "#lib/domain/limits.ts";
import type { NoticeKind } from "#lib/domain/notice-kind.ts";
import type { Role } from "#lib/domain/staff.ts";
import { instant, store } from "./stores.ts";

/** One account of one person. Nobody shares an account; two accounts of a person carry the same `personId`. */
export const staff = pgTable(
  "staff",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    personId: uuid("person_id").notNull().defaultRandom(),
    username: text("username").notNull().unique(),
    name: text("name").notNull(),
    role: text("role").$type<Role>().notNull(),
    passwordHash: text("password_hash").notNull(),
    pinHash: text("pin_hash").notNull(),
    /** What this account may refund without a manager (domain/own-limit.ts), in minor units of its own currency; 0: nothing. */
    refundLimitMinor: bigint("refund_limit_minor", { mode: "number" }).notNull().default(0),
    refundLimitCurrency: text("refund_limit_currency").$type<Currency>(),
    refundDayCountMax: integer("refund_day_count_max").notNull().default(limits.ownDayCountMax),
    refundDaySumMinor: bigint("refund_day_sum_minor", { mode: "number" }).notNull().default(0),
    refundSaleAgeMaxDays: integer("refund_sale_age_max_days").notNull().default(limits.ownSaleAgeMaxDays),
    isActive: boolean("is_active").notNull().default(true),
    /** Made by the demo, with a password that everybody knows: nobody outside demo mode. */
    isDemo: boolean("is_demo").notNull().default(false),
    /** From when on a new role decides about money and people; null: it does. */
    decidesFrom: instant("decides_from"),
    /** That pause is the one of a new account, not of a raised role. */
    pausedAsNew: boolean("paused_as_new").notNull().default(false),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (t) => [
    check(
      "staff_own_limit",
      sql`${t.refundLimitMinor} >= 0 and ${t.refundDayCountMax} >= 0 and ${t.refundDaySumMinor} >= 0 and ${t.refundSaleAgeMaxDays} >= 0
        and (${t.refundLimitMinor} = 0 or ${t.refundLimitCurrency} is not null)`,
    ),
  ],
);

/** A raised role that one owner wants for somebody and another one has to agree to. */
export const roleWish = pgTable("role_wish", {
  staffId: uuid("staff_id")
    .primaryKey()
    .references(() => staff.id),
  role: text("role").$type<Role>().notNull(),
  askedBy: uuid("asked_by")
    .notNull()
    .references(() => staff.id),
  /** Who that is; another person agrees. */
  askedPerson: uuid("asked_person").notNull(),
  askedAt: instant("asked_at").notNull(),
});

/** Where a member of staff works. */
export const staffStore = pgTable(
  "staff_store",
  {
    staffId: uuid("staff_id")
      .notNull()
      .references(() => staff.id),
    storeId: uuid("store_id")
      .notNull()
      .references(() => store.id),
  },
  (t) => [primaryKey({ columns: [t.staffId, t.storeId] })],
);

/** Who stands in for somebody who is away, from a day until a day on the calendar of each store, both included. */
export const deputy = pgTable(
  "deputy",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    /** Who is away and named the other. */
    principalId: uuid("principal_id")
      .notNull()
      .references(() => staff.id),
    deputyId: uuid("deputy_id")
      .notNull()
      .references(() => staff.id),
    fromOn: date("from_on").notNull(),
    untilOn: date("until_on").notNull(),
    namedAt: instant("named_at").notNull().default(sql`clock_timestamp()`),
    /** Ended before its time: by one of the two, or (`endedBy` null) because one of them lost the right. */
    endedAt: instant("ended_at"),
    endedBy: uuid("ended_by").references(() => staff.id),
  },
  (t) => [
    check("deputy_days", sql`${t.fromOn} <= ${t.untilOn}`),
    check("deputy_somebody_else", sql`${t.principalId} <> ${t.deputyId}`),
    index("deputy_of").on(t.deputyId).where(sql`ended_at is null`),
    index("deputy_by").on(t.principalId).where(sql`ended_at is null`),
  ],
);

/** The authority over who is signed in; the cookie carries only the id whose SHA-256 is here. */
export const appSession = pgTable("app_session", {
  id: uuid("id").primaryKey().defaultRandom(),
  sidHash: text("sid_hash").notNull().unique(),
  staffId: uuid("staff_id")
    .notNull()
    .references(() => staff.id),
  deviceId: text("device_id").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
  lastActionAt: instant("last_action_at").notNull().defaultNow(),
  idleUntil: instant("idle_until").notNull(),
  absoluteUntil: instant("absolute_until").notNull(),
  revokedAt: instant("revoked_at"),
  /** The password was right, the code of the second factor is still asked for: this session opens nothing else. */
  awaitsCode: boolean("awaits_code").notNull().default(false),
  /** The screen was locked then: until the PIN is typed this session opens nothing else. */
  lockedAt: instant("locked_at"),
});

/** Wrong tries in a row, by what is guessed at: `password:<username>:<device>`, `pin:<staffId>:<deviceId>`, `code:<staffId>:<device>`. */
export const guessLock = pgTable("guess_lock", {
  subject: text("subject").primaryKey(),
  wrongCount: integer("wrong_count").notNull().default(0),
  lockedUntil: instant("locked_until"),
  lastTryAt: instant("last_try_at").notNull().defaultNow(),
});

/** A right PIN, good once, for one request, for a short time (screens.md 39). */
export const stepUp = pgTable("step_up", {
  id: uuid("id").primaryKey().defaultRandom(),
  staffId: uuid("staff_id")
    .notNull()
    .references(() => staff.id),
  sessionId: uuid("session_id")
    .notNull()
    .references(() => appSession.id),
  subject: text("subject").notNull(),
  method: text("method").notNull(),
  expiresAt: instant("expires_at").notNull(),
  usedAt: instant("used_at"),
});

/** Something a person has to hear wherever they are next, until they say that they have. */
export const staffNotice = pgTable(
  "staff_notice",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    staffId: uuid("staff_id")
      .notNull()
      .references(() => staff.id),
    kind: text("kind").$type<NoticeKind>().notNull(),
    /** At whose screen it happened; null: on a device of their own. */
    host: text("host"),
    at: instant("at").notNull().default(sql`clock_timestamp()`),
    seenAt: instant("seen_at"),
  },
  (t) => [index("staff_notice_unseen").on(t.staffId).where(sql`seen_at is null`)],
);

/** A filter of the order list that a person keeps under a name, for themselves alone. */
export const savedView = pgTable(
  "saved_view",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    staffId: uuid("staff_id")
      .notNull()
      .references(() => staff.id),
    name: text("name").notNull(),
    /** As `keptView` writes it (lib/domain/saved-view.ts); what it still means is read anew at every use. */
    query: text("query").notNull(),
    savedAt: instant("saved_at").notNull().default(sql`clock_timestamp()`),
  },
  (t) => [
    unique("saved_view_name").on(t.staffId, t.name),
    check(
      "saved_view_short",
      sql`char_length(${t.name}) between 1 and 40 and char_length(${t.query}) between 1 and 600`,
    ),
  ],
);
