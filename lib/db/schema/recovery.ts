import "server-only";
import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { Currency } from "#lib/domain/currency.ts";
import type { IncidentKind } from "#lib/domain/recovery/incident.ts";
import type { ProofLists } from "#lib/domain/recovery/proof.ts";
import { evidence, moneyOp } from "./money.ts";
import { payOrder } from "./orders.ts";
import { staff } from "./staff.ts";
import { instant, merchantAccount, store } from "./stores.ts";

/** Something a person has to know of. Opened at most once for what it is about, closed with a reason, never deleted. */
export const incident = pgTable(
  "incident",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    /** What people call it. */
    caseNo: text("case_no")
      .notNull()
      .unique()
      .default(sql`'C' || lpad(nextval('case_no_seq')::text, 6, '0')`),
    kind: text("kind").$type<IncidentKind>().notNull(),
    /** What it is about, within its kind. */
    key: text("key").notNull(),
    storeId: uuid("store_id")
      .notNull()
      .references(() => store.id),
    accountId: uuid("account_id")
      .notNull()
      .references(() => merchantAccount.id),
    orderId: uuid("order_id").references(() => payOrder.id),
    opId: uuid("op_id").references(() => moneyOp.id),
    facts: jsonb("facts").$type<Record<string, string | number | boolean | null>>().notNull().default({}),
    evidenceId: uuid("evidence_id").references(() => evidence.id),
    openedAt: instant("opened_at").notNull().default(sql`clock_timestamp()`),
    closedAt: instant("closed_at"),
    /** Why it is over: a word of ours, or what the person wrote. */
    closedWhy: text("closed_why"),
    closedBy: uuid("closed_by").references(() => staff.id),
    closingEvidenceId: uuid("closing_evidence_id"),
  },
  (t) => [
    uniqueIndex("incident_open").on(t.kind, t.key).where(sql`closed_at is null`),
    uniqueIndex("incident_once")
      .on(t.kind, t.key)
      .where(
        sql`kind in ('unknownOutcome','paidAfterCancel','refundedElsewhere','successNotSeen','lateEffect')`,
      ),
    check("incident_closed", sql`(${t.closedAt} is null) = (${t.closedWhy} is null)`),
    index("incident_store").on(t.storeId, t.closedAt, t.openedAt),
    index("incident_order").on(t.orderId),
    index("incident_op").on(t.opId),
  ],
);

/** When a cancelled order is looked at again, because a saved QR code can still be paid (money.md 2.10). */
export const guardCheck = pgTable(
  "guard_check",
  {
    orderId: uuid("order_id")
      .notNull()
      .references(() => payOrder.id),
    checkNo: integer("check_no").notNull(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => merchantAccount.id),
    dueAt: instant("due_at").notNull(),
    /** When it was answered, or was no longer needed. */
    doneAt: instant("done_at"),
  },
  (t) => [
    primaryKey({ columns: [t.orderId, t.checkNo] }),
    index("guard_check_due").on(t.accountId, t.dueAt).where(sql`done_at is null`),
  ],
);

/**
 * Questions about a whole account: the list of the last days, the daily proof, what happened before a restore. `watched` is asked in
 * the slot of a watched order and never open by itself: its row says when the next list may be asked for.
 */
export const accountChore = pgTable(
  "account_chore",
  {
    accountId: uuid("account_id")
      .notNull()
      .references(() => merchantAccount.id),
    kind: text("kind").$type<"sweep" | "proof" | "reconcile" | "import" | "watched">().notNull(),
    /** `proof`: the business day; else empty. */
    subject: text("subject").notNull().default(""),
    dueAt: instant("due_at").notNull(),
    /** `reconcile`: from when rows are wanted. */
    fromAt: instant("from_at"),
    askCount: integer("ask_count").notNull().default(0),
    lastAskedAt: instant("last_asked_at"),
    doneAt: instant("done_at"),
    askedBy: uuid("asked_by").references(() => staff.id),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.kind, t.subject] }),
    index("account_chore_due").on(t.accountId, t.dueAt).where(sql`done_at is null`),
  ],
);

/** Money that went back without an operation of ours, as a gateway showed it. Counts against what remains. Append-only. */
export const foundRefund = pgTable(
  "found_refund",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    orderId: uuid("order_id").notNull(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => merchantAccount.id),
    amountMinor: bigint("amount_minor", { mode: "number" }).notNull(),
    currency: text("currency").$type<Currency>().notNull(),
    /** What it is within the account: seen twice it is one. */
    key: text("key").notNull(),
    source: text("source").$type<"query" | "list" | "restore">().notNull(),
    evidenceId: uuid("evidence_id")
      .notNull()
      .references(() => evidence.id),
    foundAt: instant("found_at").notNull().default(sql`clock_timestamp()`),
  },
  (t) => [
    foreignKey({ columns: [t.orderId, t.currency], foreignColumns: [payOrder.id, payOrder.currency] }),
    unique("found_refund_key").on(t.accountId, t.key),
    check("found_refund_amount", sql`${t.amountMinor} > 0`),
    index("found_refund_order").on(t.orderId),
  ],
);

/** What a person read elsewhere about an operation nobody else can settle, and the second person's word on it. */
export const settlement = pgTable(
  "settlement",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    opId: uuid("op_id")
      .notNull()
      .references(() => moneyOp.id),
    outcome: text("outcome").$type<"SUCCEEDED" | "FAILED">().notNull(),
    /** Where it was read, what it says; typed by the first person. */
    seen: text("seen").notNull(),
    proposedBy: uuid("proposed_by")
      .notNull()
      .references(() => staff.id),
    proposedPerson: uuid("proposed_person").notNull(),
    proposedAt: instant("proposed_at").notNull().default(sql`clock_timestamp()`),
    status: text("status").$type<"PROPOSED" | "CONFIRMED" | "REFUSED">().notNull().default("PROPOSED"),
    decidedBy: uuid("decided_by").references(() => staff.id),
    decidedPerson: uuid("decided_person"),
    decidedAt: instant("decided_at"),
  },
  (t) => [
    uniqueIndex("settlement_one_open").on(t.opId).where(sql`status = 'PROPOSED'`),
    check(
      "settlement_two_people",
      sql`${t.decidedPerson} is null or ${t.decidedPerson} <> ${t.proposedPerson}`,
    ),
    check("settlement_decided", sql`(${t.status} = 'PROPOSED') = (${t.decidedPerson} is null)`),
    check("settlement_seen", sql`length(trim(${t.seen})) >= 10`),
  ],
);

/** One run of the daily proof (money.md 2.13): the four lists as they were then. Append-only. */
export const dailyProof = pgTable(
  "daily_proof",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => merchantAccount.id),
    storeId: uuid("store_id")
      .notNull()
      .references(() => store.id),
    businessDay: text("business_day").notNull(),
    /** `list`: against the gateway's rows; `queries`: against what each order's own query said. */
    method: text("method").$type<"list" | "queries">().notNull(),
    isClean: boolean("is_clean").notNull(),
    ourCount: integer("our_count").notNull(),
    theirCount: integer("their_count").notNull(),
    lists: jsonb("lists").$type<ProofLists>().notNull(),
    ranAt: instant("ran_at").notNull().default(sql`clock_timestamp()`),
  },
  (t) => [index("daily_proof_day").on(t.accountId, t.businessDay, t.ranAt)],
);

/** This installation's books as a whole; one row. */
export const installation = pgTable("installation", {
  id: integer("id").primaryKey(),
  /** The letter in refund numbers; another after every restore, so that no number is used twice. Null until the first number. */
  epoch: text("epoch"),
  /** These books are a drill's, and stay one's: nothing in them is money (docs/adr/0028). */
  isDrill: boolean("is_drill").notNull().default(false),
  /** Letters used before, with how far the books had come then. */
  pastEpochs: text("past_epochs").notNull().default(""),
  /** Why nothing is sent for any account; null: sending is on. */
  sendingOffWhy: text("sending_off_why"),
  sendingOffAt: instant("sending_off_at"),
  /** The first of the two people who switch sending on again. */
  switchBy: uuid("switch_by").references(() => staff.id),
  switchPerson: uuid("switch_person"),
  switchAt: instant("switch_at"),
});

/** Where copies of the audit's head are kept outside, and when each was last written. */
export const headCopy = pgTable("head_copy", {
  id: uuid("id").primaryKey(),
  seq: bigint("seq", { mode: "number" }).notNull(),
  writtenAt: instant("written_at").notNull(),
});
