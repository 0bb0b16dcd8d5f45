import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { type AuditCheck, verifyAudit } from "#lib/db/audit.ts";
import { type AuditFilter, auditActions } from "#lib/domain/audit-filter.ts";
import { limits } from "#lib/domain/limits.ts";
import { type CurrentStaff, roleCan } from "#lib/domain/staff.ts";
import type { Context } from "./context.ts";

/** One line of the audit. `name` null: the clerk. `account` and `orderNo` where the line is about an order of ours. */
export type AuditRow = {
  readonly seq: number;
  readonly at: string;
  readonly action: string;
  readonly outcome: "done" | "refused";
  readonly name: string | null;
  /** What else it is about: a request's, an operation's or a case's number, or an account's username. */
  readonly subject: string | null;
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
  /** What somebody wrote to the manager with the request this line is about. */
  readonly note: string | null;
  readonly timeZone: string;
  readonly account: string | null;
  readonly orderNo: string | null;
};
/** `older`: the line above which the next page ends; null on the last page. */
export type AuditPage = { readonly rows: readonly AuditRow[]; readonly older: number | null };

const ownStores = (staff: CurrentStaff) => sql`${sql.param([...staff.storeIds])}::uuid[]`;

/** Lines of this person's stores; lines of no store (sign-ins) where the person they are about works there. The auditor sees all. */
function inSight(staff: CurrentStaff): SQL {
  const own = ownStores(staff);
  if (staff.role === "auditor") return sql`true`;
  return sql`(e.store_id = any(${own}) or (e.store_id is null and exists (
    select 1 from staff_store y where y.staff_id = e.staff_id and y.store_id = any(${own}))))`;
}

function wanted(filter: AuditFilter): SQL {
  const parts: SQL[] = [];
  if (filter.kind) {
    parts.push(sql`e.action = any(${sql.param([...auditActions[filter.kind]])}::text[])`);
  }
  if (filter.order) {
    parts.push(sql`(o.order_no = ${filter.order} or e.facts->>'orderNo' = ${filter.order})`);
  }
  if (filter.who) parts.push(sql`p.username = ${filter.who.toLowerCase()}`);
  if (filter.refused) parts.push(sql`e.outcome = 'refused'`);
  if (filter.before) parts.push(sql`e.seq < ${filter.before}::bigint`);
  if (filter.day) {
    parts.push(sql`e.at >= (${filter.day}::timestamp at time zone z.zone)
      and e.at < ((${filter.day}::timestamp + interval '1 day') at time zone z.zone)`);
  }
  return parts.length > 0 ? sql.join(parts, sql` and `) : sql`true`;
}

/**
 * The audit as this person may read it, newest first, a page at a time. Days are those of the line's own store, and of the
 * reader's first store where a line has none.
 */
export async function listAudit(ctx: Context, staff: CurrentStaff, filter: AuditFilter): Promise<AuditPage> {
  if (!roleCan(staff.role, "read-audit")) return { rows: [], older: null };
  const found = await readLines(ctx, staff, filter, limits.listPageSize + 1);
  const rows = found.slice(0, limits.listPageSize);
  return { rows, older: found.length > rows.length ? (rows.at(-1)?.seq ?? null) : null };
}

/** Every line that matches and this person may read, newest first, a part at a time; it reads on only when the last was taken. */
export async function* everyAuditLine(
  ctx: Context,
  staff: CurrentStaff,
  filter: AuditFilter,
): AsyncGenerator<readonly AuditRow[]> {
  const size = limits.exportPartRows;
  let { before } = filter;
  for (;;) {
    const some: AuditRow[] = await readLines(ctx, staff, { ...filter, before }, size);
    yield some;
    if (some.length < size) return;
    before = some.at(-1)?.seq ?? null;
  }
}

async function readLines(
  ctx: Context,
  staff: CurrentStaff,
  filter: AuditFilter,
  size: number,
): Promise<AuditRow[]> {
  const { rows } = await ctx.database.db.execute<AuditRow>(sql`
    select e.seq::int8 as seq, e.at, e.action, e.outcome, p.name, e.subject, e.facts, z.zone as "timeZone",
           a.slug as account, o.order_no as "orderNo", nullif(r.note, '') as note
      from audit_event e left join store s on s.id = e.store_id left join staff p on p.id = e.staff_id
      left join pay_order o on o.id = e.order_id left join merchant_account a on a.id = o.account_id
      left join refund_request r on e.action in ('request-refund', 'resend-refund') and r.request_no = e.subject
      cross join lateral (select coalesce(s.time_zone, (select time_zone from store where id = any(${ownStores(staff)})
                                                          order by code limit 1), 'UTC') as zone) z
     where ${inSight(staff)} and ${wanted(filter)}
     order by e.seq desc limit ${size}`);
  return rows.map((row) => ({ ...row, seq: Number(row.seq), at: new Date(row.at).toISOString() }));
}

/** Walks the whole chain for somebody who may read the audit; null for everybody else. One pass over every line. */
export async function checkAuditChain(ctx: Context, staff: CurrentStaff): Promise<AuditCheck | null> {
  return roleCan(staff.role, "read-audit") ? verifyAudit(ctx.database) : null;
}
