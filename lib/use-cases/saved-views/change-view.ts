import "server-only";
import { and, eq } from "drizzle-orm";
import { savedView } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";
import { holdViews, type ViewRefusal } from "./own-views.ts";

/** Gives one of this person's views another name. Refused: it is none of theirs (`gone`), another of theirs has the name. */
export async function renameView(
  ctx: Context,
  by: CurrentStaff,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<Result<null, ViewRefusal>> {
  return withTx(ctx.database, async (tx): Promise<Result<null, ViewRefusal>> => {
    const own = await holdViews(tx, by);
    if (!own.some((view) => view.id === id)) return refuse({ why: "gone" });
    if (own.some((view) => view.name === name && view.id !== id)) return refuse({ why: "nameTaken" });
    await tx.update(savedView).set({ name }).where(eq(savedView.id, id));
    return ok(null);
  });
}

/** Drops one of this person's views; one that is none of theirs, or not there any more, is `gone`. */
export async function dropView(
  ctx: Context,
  by: CurrentStaff,
  { id }: { readonly id: string },
): Promise<Result<null, ViewRefusal>> {
  const dropped = await ctx.database.db
    .delete(savedView)
    .where(and(eq(savedView.id, id), eq(savedView.staffId, by.staffId)))
    .returning({ id: savedView.id });
  return dropped.length === 1 ? ok(null) : refuse({ why: "gone" });
}
