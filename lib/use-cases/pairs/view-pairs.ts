import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { limits } from "#lib/domain/limits.ts";
import { findPairs, type PairCount, type PairFound } from "#lib/domain/pairs.ts";
import { type CurrentStaff, roleCan } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";
import { businessDay, inStores } from "../requests/request-rows.ts";
import { listOddRefunds, type OddRefund } from "./list-odd-refunds.ts";

/** Two people of whom one approves the other too often, by name, with how many of their refunds stand out besides. */
export type PairShown = Omit<PairFound, "people"> & {
  readonly names: readonly [string, string];
  readonly oddCount: number;
};

export type PairsReport = {
  /** Approvals the report is made from. */
  readonly approvals: number;
  readonly pairs: readonly PairShown[];
  readonly odd: readonly Omit<OddRefund, "requester" | "approver">[];
};

/** Approvals of the report's days, first ones of two among them, that people of these stores gave. */
const approvals = (staff: CurrentStaff): SQL => sql`
  select r.store_id, r.requested_person as requester, r.decided_person as approver, r.decided_at as at
    from refund_request r where r.status = 'APPROVED' and r.decided_person is not null and ${inStores(staff)}
  union all
  select r.store_id, r.requested_person, r.first_approved_person, r.first_approved_at
    from refund_request r where r.status = 'APPROVED' and r.first_approved_person is not null and ${inStores(staff)}`;

async function countPairs(db: Db, staff: CurrentStaff): Promise<PairCount[]> {
  const { rows } = await db.execute<Omit<PairCount, "count"> & { count: string | number }>(sql`
    select s.code || ' ' || ${businessDay(sql`a.at`)} as stratum, a.requester, a.approver, count(*)::int8 as count
      from (${approvals(staff)}) a join store s on s.id = a.store_id
     where a.at > clock_timestamp() - make_interval(days => ${limits.pairsDays}::int)
     group by 1, 2, 3`);
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

async function namesOf(db: Db, people: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await db.execute<{ person: string; name: string }>(sql`
    select person_id as person, string_agg(distinct name, ' / ') as name from staff
     where person_id = any(${sql.param([...people])}::uuid[]) group by person_id`);
  return new Map(rows.map(({ person, name }) => [person, name]));
}

/**
 * For the owner and the auditor (security paper T13): pairs of requester and approver that find each other too often in the
 * last ninety days (domain/pairs.ts), and refunds that stand out. Nothing for anybody else.
 */
export async function viewPairs(ctx: Context, staff: CurrentStaff): Promise<PairsReport> {
  if (!roleCan(staff.role, "read-pairs")) return { approvals: 0, pairs: [], odd: [] };
  const { db } = ctx.database;
  const [counts, odd] = [await countPairs(db, staff), await listOddRefunds(db, staff)];
  const found = findPairs(counts);
  const names = await namesOf(
    db,
    found.flatMap(({ people }) => people),
  );
  return {
    approvals: counts.reduce((sum, { count }) => sum + count, 0),
    pairs: found.map(({ people: [a, b], ...numbers }) => ({
      ...numbers,
      names: [names.get(a) ?? "", names.get(b) ?? ""] as const,
      oddCount: odd.filter(({ requester, approver }) => isOf([requester, approver], [a, b])).length,
    })),
    odd: odd
      .slice(0, limits.oddRefundsMax)
      .map(({ requester: _requester, approver: _approver, ...row }) => row),
  };
}

const isOf = (two: readonly (string | null)[], [a, b]: readonly [string, string]) =>
  two.includes(a) && two.includes(b);
