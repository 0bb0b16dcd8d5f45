import "server-only";
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Database, Db } from "#lib/db/client.ts";
import { staffNotice, staffStore, store } from "#lib/db/schema.ts";
import type { NoticeKind } from "#lib/domain/notice-kind.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";

/** What a person is told on every page until they say that they know. `host`: at whose screen it happened. */
export type Notice = {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly host: string | null;
  readonly at: string;
  /** The clock of the person's store, for the instant. */
  readonly timeZone: string;
};

/** Tells somebody that their PIN was locked by wrong tries, in the transaction that records the last of them. */
export async function tellPinLocked(
  tx: Db,
  { staffId }: Pick<CurrentStaff, "staffId">,
  host: string | null,
): Promise<void> {
  await tx.insert(staffNotice).values({ staffId, kind: "pinLocked", host });
}

/** Tells somebody that their password was right and the codes after it were wrong, in the transaction that records the last of them. */
export async function tellCodeLocked(tx: Db, { staffId }: Pick<CurrentStaff, "staffId">): Promise<void> {
  await tx.insert(staffNotice).values({ staffId, kind: "codeLocked" });
}

/**
 * Tells everybody whom a raised role concerns, in its transaction: the person themselves once it is theirs, and the other
 * owners of their stores, but not whoever did it.
 */
export async function tellRaise(
  tx: Db,
  { by, kind, staffId }: { by: CurrentStaff; kind: "raised" | "raiseAsked"; staffId: string },
): Promise<void> {
  await tx.execute(sql`
    insert into staff_notice (staff_id, kind, host)
    select distinct o.id, ${kind}, case when o.id <> p.id then p.name end
      from staff p, staff o
     where p.id = ${staffId} and o.is_active and o.id <> ${by.staffId}
       and (o.id = p.id and ${kind} = 'raised'
         or o.id <> p.id and o.role = 'owner' and exists (select 1 from staff_store y where y.staff_id = o.id
              and y.store_id in (select z.store_id from staff_store z where z.staff_id in (p.id, ${by.staffId}))))`);
}

/** What this person has not yet seen, oldest first. */
export async function listNotices({ db }: Database, { staffId }: CurrentStaff): Promise<Notice[]> {
  const rows = await db
    .selectDistinctOn([staffNotice.at, staffNotice.id], {
      id: staffNotice.id,
      kind: staffNotice.kind,
      host: staffNotice.host,
      at: staffNotice.at,
      timeZone: store.timeZone,
    })
    .from(staffNotice)
    .innerJoin(staffStore, eq(staffStore.staffId, staffNotice.staffId))
    .innerJoin(store, eq(store.id, staffStore.storeId))
    .where(and(eq(staffNotice.staffId, staffId), isNull(staffNotice.seenAt)))
    .orderBy(asc(staffNotice.at), asc(staffNotice.id), asc(store.code));
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** Notes that the person saw a notice of theirs; another's is left alone. */
export async function seeNotice({ db }: Database, { staffId }: CurrentStaff, id: string): Promise<void> {
  await db
    .update(staffNotice)
    .set({ seenAt: sql`clock_timestamp()` })
    .where(and(eq(staffNotice.id, id), eq(staffNotice.staffId, staffId), isNull(staffNotice.seenAt)));
}
