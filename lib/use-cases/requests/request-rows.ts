import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Currency } from "#lib/domain/currency.ts";
import type { MoneyOpState } from "#lib/domain/money-op.ts";
import type { OwnLimitJudgement } from "#lib/domain/own-limit.ts";
import type { RequestSnapshot, RequestStatus } from "#lib/domain/refund.ts";
import { type RequestState, requestStateOf } from "#lib/domain/request-state.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";

/** A request as lists and pages show it; amounts in minor units, instants as ISO text. */
export type RequestRow = {
  readonly requestNo: string;
  readonly account: string;
  readonly orderNo: string;
  readonly storeId: string;
  readonly storeName: string;
  readonly timeZone: string;
  readonly amountMinor: number;
  readonly currency: Currency;
  readonly reason: string;
  readonly note: string;
  readonly status: RequestStatus;
  readonly state: RequestState;
  readonly askedBy: string;
  readonly askedAt: string;
  readonly expiresAt: string;
  /** A rule approved it, not a person. */
  readonly isByRule: boolean;
  /** By which limits it was judged when it was asked; null: Storedesk prepared it. */
  readonly judgement: OwnLimitJudgement | null;
  /** Above this amount its store asks for two managers; null: never. */
  readonly secondAboveMinor: number | null;
  /** The first of two approvals, and the facts it was given on. */
  readonly firstBy: string | null;
  readonly firstAt: string | null;
  readonly firstSeen: RequestSnapshot | null;
  readonly isFirstOwn: boolean;
  /** Whom the first of two stood in for. */
  readonly firstFor: string | null;
  /** Who took the last decision on it, for whom they stood in, when, and in which words. */
  readonly decidedBy: string | null;
  readonly decidedFor: string | null;
  readonly decidedAt: string | null;
  readonly decisionReason: string | null;
  /** The number at the gateway once approved, and when its outcome was known. */
  readonly merchantNo: string | null;
  readonly settledAt: string | null;
  readonly previousNo: string | null;
  readonly nextNo: string | null;
  readonly isOwn: boolean;
  /** The requester's own limit, and which request of their business day this is. */
  readonly limitMinor: number;
  readonly nthToday: number;
  readonly paidAt: string | null;
};

/** The business day an instant of a store counts in. */
export function businessDay(at: SQL): SQL {
  return sql`((${at} at time zone s.time_zone) - s.day_cut_at::interval)::date`;
}

/** The stores a person may read, as a parameter. */
export function inStores(staff: CurrentStaff): SQL {
  return sql`r.store_id = any(${sql.param([...staff.storeIds])}::uuid[])`;
}

/** The rows of `refund_request r` that fit, with everything a list shows; at most `max`. */
export function selectRequests(staff: CurrentStaff, tail: SQL): SQL {
  return sql`
    select r.request_no as "requestNo", a.slug as account, o.order_no as "orderNo", r.store_id as "storeId", s.name as "storeName", s.time_zone as "timeZone",
           r.amount_minor::int8 as "amountMinor", r.currency, r.reason, r.note, r.status, p.name as "askedBy",
           r.requested_at as "askedAt", r.expires_at as "expiresAt", d.name as "decidedBy", g.name as "decidedFor", h.name as "firstFor",
           r.approved_by_rule is not null as "isByRule", r.judgement, s.second_approval_above_minor::int8 as "secondAboveMinor",
           f.name as "firstBy", r.first_approved_at as "firstAt", r.first_seen as "firstSeen",
           coalesce(${staff.personId} in (r.first_approved_person, r.first_approved_for_person), false) as "isFirstOwn", r.decided_at as "decidedAt",
           r.decision_reason as "decisionReason", m.state as "opState", m.merchant_no as "merchantNo", m.settled_at as "settledAt",
           (select request_no from refund_request x where x.id = r.previous_id) as "previousNo",
           (select request_no from refund_request x where x.previous_id = r.id order by x.requested_at desc limit 1) as "nextNo",
           r.requested_person = ${staff.personId} as "isOwn", p.refund_limit_minor::int8 as "limitMinor", o.paid_at as "paidAt",
           (select count(*) from refund_request x
             where x.requested_person = r.requested_person and x.store_id = r.store_id and x.status <> 'RESENT'
               and x.requested_at between r.requested_at - interval '24 hours' and r.requested_at
               and ${businessDay(sql`x.requested_at`)} = ${businessDay(sql`r.requested_at`)})::int8 as "nthToday"
      from refund_request r join pay_order o on o.id = r.order_id join merchant_account a on a.id = o.account_id
      join store s on s.id = r.store_id join staff p on p.id = r.requested_by
      left join staff d on d.id = r.decided_by left join staff f on f.id = r.first_approved_by left join staff g on g.id = r.decided_for left join staff h on h.id = r.first_approved_for
      left join money_op m on m.request_id = r.id
     where ${inStores(staff)} and ${tail}`;
}

/** What the database answers to `selectRequests`. */
export type RawRow = Omit<RequestRow, "state"> & { readonly opState: MoneyOpState | null };

const iso = (at: string | null) => (at === null ? null : new Date(at).toISOString());

/** A database row as pages take it. */
export function toRow({ opState, ...raw }: RawRow): RequestRow {
  return {
    ...raw,
    state: requestStateOf(raw.status, opState),
    amountMinor: Number(raw.amountMinor),
    limitMinor: Number(raw.limitMinor),
    secondAboveMinor: raw.secondAboveMinor === null ? null : Number(raw.secondAboveMinor),
    nthToday: Number(raw.nthToday),
    askedAt: new Date(raw.askedAt).toISOString(),
    expiresAt: new Date(raw.expiresAt).toISOString(),
    decidedAt: iso(raw.decidedAt),
    settledAt: iso(raw.settledAt),
    paidAt: iso(raw.paidAt),
    firstAt: iso(raw.firstAt),
  };
}
