import "server-only";
import { bigint, integer, pgTable, uuid } from "drizzle-orm/pg-core";
import { instant, merchantAccount } from "./stores.ts";

/** How many payment notices came to an account: all of this minute, and ever by whether they were genuine. */
export const noticeTally = pgTable("notice_tally", {
  accountId: uuid("account_id")
    .primaryKey()
    .references(() => merchantAccount.id),
  minuteStartedAt: instant("minute_started_at").notNull(),
  minuteCount: integer("minute_count").notNull(),
  genuineCount: bigint("genuine_count", { mode: "number" }).notNull().default(0),
  forgedCount: bigint("forged_count", { mode: "number" }).notNull().default(0),
  lastGenuineAt: instant("last_genuine_at"),
  lastForgedAt: instant("last_forged_at"),
});
