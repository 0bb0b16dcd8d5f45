import "server-only";
import { asc, eq } from "drizzle-orm";
import { savedView } from "#lib/db/schema.ts";
import { openView, type SavedView } from "#lib/domain/saved-view.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";
import type { ListChoices } from "../list-choices.ts";

/** This person's saved views by name, each read anew against what is theirs now. */
export async function listViews(
  ctx: Context,
  staff: CurrentStaff,
  choices: ListChoices,
): Promise<readonly SavedView[]> {
  const rows = await ctx.database.db
    .select({ id: savedView.id, name: savedView.name, query: savedView.query })
    .from(savedView)
    .where(eq(savedView.staffId, staff.staffId))
    .orderBy(asc(savedView.name));
  return rows.map(({ id, name, query }) => ({ id, name, ...openView(query, choices) }));
}
