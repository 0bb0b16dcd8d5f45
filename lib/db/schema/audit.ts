import "server-only";
import { bigint, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytes, instant } from "./stores.ts";

/** Who did what, chained by HMAC so that an edited row is found. Append-only. */
export const auditEvent = pgTable(
  "audit_event",
  {
    seq: bigint("seq", { mode: "number" }).primaryKey(),
    at: instant("at").notNull(),
    action: text("action").notNull(),
    outcome: text("outcome").$type<"done" | "refused">().notNull(),
    staffId: uuid("staff_id"),
    storeId: uuid("store_id"),
    orderId: uuid("order_id"),
    subject: text("subject"),
    deviceId: text("device_id"),
    /** What the sentence needs; never a secret. */
    facts: jsonb("facts").$type<Record<string, string | number | boolean | null>>().notNull(),
    hash: text("hash").notNull(),
  },
  (t) => [index("audit_event_store").on(t.storeId, t.seq), index("audit_event_order").on(t.orderId, t.seq)],
);

/** The end of the chain; locking this row puts appends in line. */
export const auditHead = pgTable("audit_head", {
  id: integer("id").primaryKey(),
  seq: bigint("seq", { mode: "number" }).notNull(),
  hash: text("hash").notNull(),
  /** The key that chains the next line (kept_key), so that who locks the row has it; null: the one that comes of the master key. */
  sealedKey: bytes("sealed_key"),
});
