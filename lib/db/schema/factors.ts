import "server-only";
import { sql } from "drizzle-orm";
import { bigint, boolean, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { Role } from "#lib/domain/staff.ts";
import { appSession, staff } from "./staff.ts";
import { bytes, instant } from "./stores.ts";

/** The authenticator app of an account. `sealed` (lib/db/seal.ts) holds its seed, and until it is confirmed the recovery codes too. */
export const secondFactor = pgTable("second_factor", {
  staffId: uuid("staff_id")
    .primaryKey()
    .references(() => staff.id),
  sealed: bytes("sealed").notNull(),
  /** Where it is being set up: only there are seed and codes shown, until it is confirmed. */
  sessionId: uuid("session_id")
    .notNull()
    .references(() => appSession.id),
  begunAt: instant("begun_at").notNull().default(sql`clock_timestamp()`),
  confirmedAt: instant("confirmed_at"),
  /** The 30-second step of the last code that was taken; no code of this step or an older one is taken again. */
  lastStep: bigint("last_step", { mode: "number" }),
});

/** Recovery codes as keyed hashes; each is good once. */
export const recoveryCode = pgTable(
  "recovery_code",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    staffId: uuid("staff_id")
      .notNull()
      .references(() => staff.id),
    codeHash: text("code_hash").notNull().unique(),
    usedAt: instant("used_at"),
  },
  (t) => [index("recovery_code_unused").on(t.staffId).where(sql`used_at is null`)],
);

/** Passkeys of an account (docs/adr/0024): the public half, and how often the authenticator says it was used. */
export const passkey = pgTable(
  "passkey",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    staffId: uuid("staff_id")
      .notNull()
      .references(() => staff.id),
    /** What its person calls it. */
    name: text("name").notNull(),
    /** The authenticator's own name of it, Base64url. */
    credentialId: text("credential_id").notNull().unique(),
    publicKey: bytes("public_key").notNull(),
    /** Authenticators that do not count say 0 each time. */
    useCount: bigint("use_count", { mode: "number" }).notNull(),
    transports: text("transports").array().notNull(),
    createdAt: instant("created_at").notNull().default(sql`clock_timestamp()`),
    usedAt: instant("used_at"),
  },
  (t) => [index("passkey_of").on(t.staffId)],
);

/** What an authenticator has to sign in a session, once and for a short time; a newer one takes the older one's place. */
export const passkeyChallenge = pgTable("passkey_challenge", {
  sessionId: uuid("session_id")
    .primaryKey()
    .references(() => appSession.id),
  purpose: text("purpose").$type<"add" | "enter">().notNull(),
  challenge: text("challenge").notNull(),
  /** What the passkey that is being added will be called. */
  name: text("name"),
  expiresAt: instant("expires_at").notNull(),
});

/** What the shop asks of a role at sign-in. A role without a row is asked for a password alone. */
export const signInRule = pgTable("sign_in_rule", {
  role: text("role").$type<Role>().primaryKey(),
  needsFactor: boolean("needs_factor").notNull(),
});
