import "server-only";
import { sql } from "drizzle-orm";
import {
  bigint,
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
import type { MoneyOpKind, MoneyOpState } from "#lib/domain/money-op.ts";
import type { OwnLimitJudgement } from "#lib/domain/own-limit.ts";
import type { ApprovalRule, RequestSnapshot, RequestStatus } from "#lib/domain/refund.ts";
import { payOrder } from "./orders.ts";
import { staff } from "./staff.ts";
import { instant, merchantAccount, store } from "./stores.ts";

/** What a person asked for (money.md 2.2, request layer). */
export const refundRequest = pgTable(
  "refund_request",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    /** What people call it: `Q` and a number, made by the database. */
    requestNo: text("request_no")
      .notNull()
      .unique()
      .default(sql`'Q' || lpad(nextval('request_no_seq')::text, 6, '0')`),
    /** Made when the form opened: a double press or a repeated POST finds the first request. */
    clientRequestId: uuid("client_request_id").notNull().unique(),
    orderId: uuid("order_id").notNull(),
    storeId: uuid("store_id")
      .notNull()
      .references(() => store.id),
    amountMinor: bigint("amount_minor", { mode: "number" }).notNull(),
    currency: text("currency").$type<Currency>().notNull(),
    /** One of the house's own by its code, or the words of the store's list as they were when it was asked. */
    reason: text("reason").notNull(),
    note: text("note").notNull().default(""),
    status: text("status").$type<RequestStatus>().notNull().default("REQUESTED"),
    requestedBy: uuid("requested_by")
      .notNull()
      .references(() => staff.id),
    requestedPerson: uuid("requested_person").notNull(),
    requestedAt: instant("requested_at").notNull().default(sql`clock_timestamp()`),
    expiresAt: instant("expires_at").notNull(),
    /** The facts on the screen when it was asked. */
    snapshot: jsonb("snapshot").$type<RequestSnapshot>().notNull(),
    /** The first of two who approve, and the facts on their screen; they wait for the second. */
    firstApprovedBy: uuid("first_approved_by").references(() => staff.id),
    firstApprovedPerson: uuid("first_approved_person"),
    firstApprovedAt: instant("first_approved_at"),
    firstSeen: jsonb("first_seen").$type<RequestSnapshot>(),
    /** Whom the first of two stood in for; null: nobody. */
    firstApprovedFor: uuid("first_approved_for").references(() => staff.id),
    firstApprovedForPerson: uuid("first_approved_for_person"),
    decidedBy: uuid("decided_by").references(() => staff.id),
    decidedPerson: uuid("decided_person"),
    decidedAt: instant("decided_at"),
    decisionReason: text("decision_reason"),
    /** Whom the decider stood in for (docs/adr/0023); null: nobody. */
    decidedFor: uuid("decided_for").references(() => staff.id),
    decidedForPerson: uuid("decided_for_person"),
    /** The rule that approved it in place of a second person; null: no rule did. */
    approvedByRule: text("approved_by_rule").$type<ApprovalRule>(),
    /** How it was judged when it was asked: the limits of its person and their day; null: it was not asked by a person. */
    judgement: jsonb("judgement").$type<OwnLimitJudgement>(),
    /** The request this one follows: rejected and asked again, or returned and sent again. */
    previousId: uuid("previous_id"),
  },
  (t) => [
    unique("refund_request_id_order").on(t.id, t.orderId),
    foreignKey({
      name: "refund_request_previous",
      columns: [t.previousId, t.orderId],
      foreignColumns: [t.id, t.orderId],
    }),
    foreignKey({ columns: [t.orderId, t.currency], foreignColumns: [payOrder.id, payOrder.currency] }),
    check("refund_request_amount", sql`${t.amountMinor} > 0`),
    check(
      "refund_request_two_people",
      sql`${t.status} = 'WITHDRAWN' or ${t.decidedPerson} <> ${t.requestedPerson}`,
    ),
    check(
      "refund_request_first",
      sql`${t.firstApprovedPerson} <> ${t.requestedPerson} and num_nulls(${t.firstApprovedBy}, ${t.firstApprovedPerson}, ${t.firstApprovedAt}, ${t.firstSeen}) in (0, 4)`,
    ),
    // Whoever asked stands behind no decision about it, neither themselves nor through a deputy.
    check(
      "refund_request_for",
      sql`${t.decidedForPerson} <> ${t.requestedPerson} and ${t.decidedForPerson} <> ${t.decidedPerson}
        and num_nulls(${t.decidedFor}, ${t.decidedForPerson}) in (0, 2)`,
    ),
    check(
      "refund_request_first_for",
      sql`${t.firstApprovedForPerson} <> ${t.requestedPerson} and ${t.firstApprovedForPerson} <> ${t.firstApprovedPerson}
        and num_nulls(${t.firstApprovedFor}, ${t.firstApprovedForPerson}) in (0, 2)`,
    ),
    // One of both approves, never neither and never the two: a rule is a state of its own, no hole in the rule of two people.
    check(
      "refund_request_approved_once",
      sql`${t.status} <> 'APPROVED' or ((${t.approvedByRule} is null) <> (${t.decidedPerson} is null))`,
    ),
    check(
      "refund_request_rule",
      sql`${t.approvedByRule} is null or (${t.approvedByRule} = 'own-limit' and ${t.status} = 'APPROVED' and ${t.decidedBy} is null
        and ${t.decidedAt} is not null and ${t.judgement} is not null)`,
    ),
    check(
      "refund_request_status",
      sql`${t.status} in ('REQUESTED','RETURNED','RESENT','APPROVED','REJECTED','WITHDRAWN','EXPIRED','SUPERSEDED')`,
    ),
    index("refund_request_store").on(t.storeId, t.status, t.requestedAt),
    index("refund_request_order").on(t.orderId),
    index("refund_request_by").on(t.requestedBy, t.requestedAt),
    index("refund_request_own").on(t.requestedPerson, t.requestedAt),
    index("refund_request_over").on(t.storeId, sql`(coalesce(${t.decidedAt}, ${t.expiresAt}))`, t.id),
    index("refund_request_decided_by").on(t.decidedPerson, t.decidedAt),
    index("refund_request_next").on(t.previousId).where(sql`previous_id is not null`),
    index("refund_request_by_rule")
      .on(t.requestedPerson, t.requestedAt)
      .where(sql`approved_by_rule is not null`),
  ],
);

/** One refund or cancel on its way to the gateway (money.md 2.3). The row is the queue. */
export const moneyOp = pgTable(
  "money_op",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    kind: text("kind").$type<MoneyOpKind>().notNull(),
    orderId: uuid("order_id").notNull(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => merchantAccount.id),
    /** The approved request; a second operation of it only after the first one is proven dead (guard_op_insert). */
    requestId: uuid("request_id").references(() => refundRequest.id),
    clientRequestId: uuid("client_request_id").unique(),
    amountMinor: bigint("amount_minor", { mode: "number" }).notNull(),
    currency: text("currency").$type<Currency>().notNull(),
    /** Our number at the gateway, made before any send, the same for every attempt. */
    merchantNo: text("merchant_no").notNull(),
    requestedPerson: uuid("requested_person").notNull(),
    approvedPerson: uuid("approved_person"),
    approvedByRule: text("approved_by_rule").$type<ApprovalRule>(),
    state: text("state").$type<MoneyOpState>().notNull().default("READY"),
    fence: bigint("fence", { mode: "number" }).notNull().default(0),
    leaseOwner: uuid("lease_owner"),
    leaseUntil: instant("lease_until"),
    evidenceId: uuid("evidence_id"),
    /** Why it stands where it stands, a message key. */
    why: text("why"),
    /** From when bytes may have left, for the quiet time. */
    lastSentAt: instant("last_sent_at"),
    nextAskAt: instant("next_ask_at"),
    askCount: integer("ask_count").notNull().default(0),
    lastAskedAt: instant("last_asked_at"),
    /** Readings in a row, after the quiet time, that nothing went back. */
    negativeReadings: integer("negative_readings").notNull().default(0),
    /** No refund becomes FAILED before this instant (money.md A2); set with every claim to send. */
    quietUntil: instant("quiet_until"),
    /** Since when the same number is to go out again (money.md 2.7); null: it is not. */
    resendAt: instant("resend_at"),
    createdAt: instant("created_at").notNull().default(sql`clock_timestamp()`),
    settledAt: instant("settled_at"),
    /** When a query of its own agreed with the success. */
    confirmedAt: instant("confirmed_at"),
  },
  (t) => [
    unique("money_op_merchant_no").on(t.accountId, t.merchantNo),
    foreignKey({ columns: [t.orderId, t.currency], foreignColumns: [payOrder.id, payOrder.currency] }),
    uniqueIndex("money_op_one_live")
      .on(t.orderId)
      .where(sql`state in ('READY','SENDING','PENDING','UNKNOWN','NEEDS_PERSON')`),
    check("money_op_lease", sql`(${t.state} = 'SENDING') = (${t.leaseOwner} is not null)`),
    check("money_op_evidence", sql`${t.state} not in ('SUCCEEDED','FAILED') or ${t.evidenceId} is not null`),
    check(
      "money_op_amount",
      sql`(${t.kind} = 'REFUND' and ${t.amountMinor} > 0) or (${t.kind} = 'CANCEL' and ${t.amountMinor} = 0)`,
    ),
    check("money_op_refund_has_request", sql`(${t.kind} = 'REFUND') = (${t.requestId} is not null)`),
    check("money_op_two_people", sql`${t.kind} = 'CANCEL' or ${t.approvedPerson} <> ${t.requestedPerson}`),
    check(
      "money_op_approved_once",
      sql`case when ${t.kind} = 'REFUND' then (${t.approvedByRule} is null) <> (${t.approvedPerson} is null)
        else ${t.approvedByRule} is null end`,
    ),
    index("money_op_due").on(t.state, t.nextAskAt),
    index("money_op_ask")
      .on(t.accountId, t.nextAskAt)
      .where(sql`next_ask_at is not null and state <> 'FAILED'`),
    index("money_op_order").on(t.orderId),
    index("money_op_request").on(t.requestId),
  ],
);

/** Each claim to send, before a byte leaves. Append-only. */
export const opAttempt = pgTable(
  "op_attempt",
  {
    opId: uuid("op_id")
      .notNull()
      .references(() => moneyOp.id),
    attemptNo: integer("attempt_no").notNull(),
    /** SHA-256 of the business fields: a second attempt must carry the same. */
    digest: text("digest").notNull(),
    claimedBy: uuid("claimed_by").notNull(),
    claimedAt: instant("claimed_at").notNull().default(sql`clock_timestamp()`),
  },
  (t) => [primaryKey({ columns: [t.opId, t.attemptNo] })],
);

/** What was seen and where, the ground of every verdict. Append-only. */
export const evidence = pgTable(
  "evidence",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    orderId: uuid("order_id").notNull(),
    opId: uuid("op_id"),
    source: text("source")
      .$type<"send" | "query" | "number" | "list" | "notice" | "person" | "rule">()
      .notNull(),
    outcome: text("outcome").notNull(),
    code: text("code"),
    message: text("message"),
    /** The answer as it was opened, in clear; its keys were cut out (gateway/evidence-text.ts). */
    raw: text("raw"),
    checks: jsonb("checks").$type<Record<string, boolean>>().notNull().default({}),
    seenAt: instant("seen_at").notNull().default(sql`clock_timestamp()`),
  },
  (t) => [index("evidence_order").on(t.orderId, t.seenAt)],
);
