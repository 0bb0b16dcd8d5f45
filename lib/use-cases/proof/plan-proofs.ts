import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { accountChore, merchantAccount, store } from "#lib/db/schema.ts";
import { lastClosedDay } from "#lib/domain/recovery/business-day.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";
import { type DeedAbout, type DeedRefusal, staffDeed } from "../settle/staff-deed.ts";

/** How long after its end a business day is proven, in ms: late answers are in by then. */
const afterCutMs = 30 * 60_000;

/** Puts the last closed business day of every account in line once (money.md 2.13). */
export async function planProofs(tx: Db): Promise<void> {
  const rows = await tx
    .select({ account: merchantAccount, home: store, now: sql<string>`clock_timestamp()` })
    .from(merchantAccount)
    .innerJoin(store, eq(store.id, merchantAccount.storeId));
  const wanted = rows.flatMap(({ account, home, now }) => {
    const { day, to } = lastClosedDay(new Date(now), home);
    const isOlder = account.createdAt < to;
    const dueAt = new Date(to.getTime() + afterCutMs);
    return isOlder ? [{ accountId: account.id, kind: "proof" as const, subject: day, dueAt }] : [];
  });
  if (wanted.length > 0) await tx.insert(accountChore).values(wanted).onConflictDoNothing();
}

export type ProofRefusal = DeedRefusal | { readonly why: "dayNotOver" };

/** Proves a day again, now: a manager who mended a difference wants to see it gone. Only days that are over. */
export async function runProof(
  ctx: Context,
  staff: CurrentStaff,
  { account: slug, day }: { account: string; day: string },
): Promise<Result<null, ProofRefusal>> {
  type About = DeedAbout & { readonly accountId: string; readonly lastDay: string };
  return staffDeed<null, { why: "dayNotOver" }, About>(ctx, staff, {
    permission: "run-proof",
    find: async (tx, who) => {
      if (who.storeIds.length === 0) return null;
      const [row] = await tx
        .select({ account: merchantAccount, home: store, now: sql<string>`clock_timestamp()` })
        .from(merchantAccount)
        .innerJoin(store, eq(store.id, merchantAccount.storeId))
        .where(and(eq(merchantAccount.slug, slug), inArray(merchantAccount.storeId, [...who.storeIds])));
      if (!row) return null;
      const { day: lastDay } = lastClosedDay(new Date(row.now), row.home);
      const about = { storeId: row.home.id, orderId: null, subject: slug };
      return { ...about, accountId: row.account.id, lastDay, facts: { reason: `${slug} ${day}` } };
    },
    act: async (tx, who, { accountId, lastDay }) => {
      if (day > lastDay) return refuse({ why: "dayNotOver" });
      const now = sql`clock_timestamp()`;
      await tx
        .insert(accountChore)
        .values({ accountId, kind: "proof", subject: day, dueAt: now, askedBy: who.staffId })
        .onConflictDoUpdate({
          target: [accountChore.accountId, accountChore.kind, accountChore.subject],
          set: { dueAt: now, doneAt: null, askedBy: who.staffId },
        });
      return ok(null);
    },
  });
}
