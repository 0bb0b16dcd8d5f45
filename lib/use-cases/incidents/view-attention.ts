import "server-only";
import { sql } from "drizzle-orm";
import type { Currency } from "#lib/domain/currency.ts";
import type { MoneyOpState } from "#lib/domain/money-op.ts";
import type { CaseView, SwitchView } from "#lib/domain/recovery/attention-view.ts";
import { type IncidentKind, incidentLevel, selfClosingKinds } from "#lib/domain/recovery/incident.ts";
import { type CurrentStaff, roleCan } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";

const stores = (staff: CurrentStaff) => sql`${sql.param([...staff.storeIds])}::uuid[]`;
const casesMax = 200;

type Row = {
  caseNo: string;
  kind: IncidentKind;
  openedAt: string;
  now: string;
  facts: Readonly<Record<string, string | number | boolean | null>>;
  account: string;
  orderNo: string | null;
  storeName: string;
  timeZone: string;
  opState: MoneyOpState | null;
  why: string | null;
  sinceAt: string | null;
  nextAskAt: string | null;
  quietUntil: string | null;
  currency: Currency;
  amountMinor: string | number | null;
  outcome: "SUCCEEDED" | "FAILED" | null;
  seen: string | null;
  proposedBy: string | null;
  proposedPerson: string | null;
  isPaused: boolean;
};

/** Open cases of this person's stores, loudest and oldest first; empty where they may not look. */
export async function listAttention(ctx: Context, staff: CurrentStaff): Promise<CaseView[]> {
  if (!roleCan(staff.role, "read-attention")) return [];
  const { rows } = await ctx.database.db.execute<Row>(sql`
    select i.case_no as "caseNo", i.kind, i.opened_at as "openedAt", clock_timestamp() as now, i.facts, a.slug as account,
           o.order_no as "orderNo", s.name as "storeName", s.time_zone as "timeZone", m.state as "opState", m.why,
           coalesce(m.last_sent_at, m.created_at) as "sinceAt", m.quiet_until as "quietUntil",
           coalesce(m.next_ask_at, (select min(g.due_at) from guard_check g where g.order_id = i.order_id and g.done_at is null)) as "nextAskAt",
           a.currency, coalesce(m.amount_minor, (i.facts ->> 'amountMinor')::bigint) as "amountMinor",
           t.outcome, t.seen, p.name as "proposedBy", t.proposed_person as "proposedPerson",
           a.sending_paused_why is not null as "isPaused"
      from incident i join merchant_account a on a.id = i.account_id join store s on s.id = i.store_id
      left join pay_order o on o.id = i.order_id left join money_op m on m.id = i.op_id
      left join settlement t on t.op_id = i.op_id and t.status = 'PROPOSED' left join staff p on p.id = t.proposed_by
     where i.closed_at is null and i.store_id = any(${stores(staff)})
     order by i.opened_at limit ${casesMax}`);
  const cases = rows.map((row) => toCase(staff, row));
  return cases.toSorted((a, b) => Number(b.isRed) - Number(a.isRed));
}

function toCase(staff: CurrentStaff, row: Row): CaseView {
  const now = new Date(row.now);
  const since = row.kind === "unknownOutcome" && row.sinceAt ? row.sinceAt : row.openedAt;
  const level = incidentLevel(row.kind, now.getTime() - new Date(since).getTime());
  const iso = (at: string | null) => (at === null ? null : new Date(at).toISOString());
  const needsPerson = row.kind === "unknownOutcome" && row.opState === "NEEDS_PERSON";
  const isQuiet = row.quietUntil === null || new Date(row.quietUntil) <= now;
  const closes = (selfClosingKinds as readonly string[]).includes(row.kind);
  const proposal =
    row.seen !== null && row.outcome !== null && row.proposedBy !== null
      ? { outcome: row.outcome, seen: row.seen, by: row.proposedBy }
      : null;
  return {
    ...level,
    caseNo: row.caseNo,
    kind: row.kind,
    since: new Date(since).toISOString(),
    nextTryAt: iso(row.nextAskAt),
    account: row.account,
    orderNo: row.orderNo,
    storeName: row.storeName,
    timeZone: row.timeZone,
    amountMinor: row.amountMinor === null ? null : Number(row.amountMinor),
    currency: row.currency,
    needsPerson,
    detail: detailOf(row),
    proposal,
    settleNotBefore: needsPerson && !isQuiet ? iso(row.quietUntil) : null,
    canPropose: needsPerson && isQuiet && proposal === null && roleCan(staff.role, "propose-settlement"),
    canDecide:
      needsPerson &&
      isQuiet &&
      proposal !== null &&
      row.proposedPerson !== staff.personId &&
      roleCan(staff.role, "confirm-settlement"),
    canClose: (!closes || row.kind === "paidAfterCancel") && roleCan(staff.role, "close-incident"),
    canTestKeys: row.kind === "credentialTrouble" && row.isPaused && roleCan(staff.role, "test-credentials"),
  };
}

/** What the case's own facts add, for people who look further: a code, a fault, a day and its four counts. */
function detailOf({ facts, why }: Row): string | null {
  const parts = [facts.fault, facts.cause, facts.day, facts.counts, why].filter(
    (part): part is string => typeof part === "string" && part !== "",
  );
  return parts.length > 0 ? [...new Set(parts)].join(" · ") : null;
}

/** Whether sending is off for the whole house, and how far it is to switching it on; null: it is on, or not theirs to read. */
export async function viewSwitch(ctx: Context, staff: CurrentStaff): Promise<SwitchView | null> {
  if (!roleCan(staff.role, "read-attention")) return null;
  const { rows } = await ctx.database.db.execute<{
    since: string;
    first: string | null;
    firstPerson: string | null;
    left: string | number;
  }>(sql`
    select i.sending_off_at as since, p.name as first, i.switch_person as "firstPerson",
           (select count(*) from account_chore where kind = 'reconcile' and done_at is null) as left
      from installation i left join staff p on p.id = i.switch_by
     where i.id = 1 and i.sending_off_why is not null`);
  const [row] = rows;
  if (!row) return null;
  const isReconciled = Number(row.left) === 0;
  return {
    since: new Date(row.since).toISOString(),
    isReconciled,
    accountsLeft: Number(row.left),
    first: row.first,
    canPress: isReconciled && row.firstPerson !== staff.personId && roleCan(staff.role, "switch-sending-on"),
  };
}
