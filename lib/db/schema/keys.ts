import "server-only";
import { sql } from "drizzle-orm";
import { bigint, check, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { bytes, instant } from "./stores.ts";

/**
 * Which master key these books are sealed by; the key itself is outside. Whoever seals locks the row for share, so that a
 * rotation knows when nobody seals by the key before any more.
 */
export const masterKey = pgTable(
  "master_key",
  {
    id: integer("id").primaryKey(),
    version: integer("version").notNull(),
    mark: text("mark").notNull(),
    /** The key before, as long as something may still be sealed by it; null: it is no longer needed. */
    previousMark: text("previous_mark"),
    changedAt: instant("changed_at").notNull().default(sql`clock_timestamp()`),
  },
  (t) => [check("master_key_one", sql`${t.id} = 1`)],
);

/** Keys that outlive a master key, sealed by it: of the audit's chain one after the other, of the recovery codes one. */
export const keptKey = pgTable(
  "kept_key",
  {
    purpose: text("purpose").$type<"audit" | "recovery-codes">().notNull(),
    version: integer("version").notNull(),
    sealed: bytes("sealed").notNull(),
    /** The first line of the audit that is chained by it. */
    fromSeq: bigint("from_seq", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.purpose, t.version] })],
);
