import "server-only";
import { and, eq, isNull, or, sql } from "drizzle-orm";
import { deputy, staff } from "#lib/db/schema.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";
import { type DeedAbout, type DeedRefusal, staffDeed } from "../settle/staff-deed.ts";

type About = DeedAbout & { readonly id: string };

/** Ends a deputyship before its last day: whoever named it, or whoever stands in. Another's is not found; an ended one is refused. */
export async function endDeputy(
  ctx: Context,
  by: CurrentStaff,
  { id }: { readonly id: string },
): Promise<Result<null, DeedRefusal>> {
  return staffDeed<null, DeedRefusal, About>(ctx, by, {
    permission: "end-deputy",
    async find(tx, me) {
      const mine = or(eq(deputy.principalId, me.staffId), eq(deputy.deputyId, me.staffId));
      const [row] = await tx
        .select({ one: deputy, username: staff.username, name: staff.name })
        .from(deputy)
        .innerJoin(staff, eq(staff.id, deputy.deputyId))
        .where(and(eq(deputy.id, id), mine, isNull(deputy.endedAt)))
        .for("update", { of: deputy });
      if (!row) return null;
      const { fromOn, untilOn } = row.one;
      const facts = { name: row.name, fromOn, untilOn };
      return { storeId: me.storeIds[0] ?? null, orderId: null, subject: row.username, facts, id };
    },
    async act(tx, me) {
      const ended = await tx
        .update(deputy)
        .set({ endedAt: sql`clock_timestamp()`, endedBy: me.staffId })
        .where(and(eq(deputy.id, id), isNull(deputy.endedAt)))
        .returning({ id: deputy.id });
      return ended.length === 1 ? ok(null) : refuse({ why: "notFound" });
    },
  });
}
