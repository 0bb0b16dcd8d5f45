import "server-only";
import { savedView } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { limits } from "#lib/domain/limits.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { keptView } from "#lib/domain/saved-view.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";
import { listChoices } from "../list-choices.ts";
import { holdViews, type ViewRefusal } from "./own-views.ts";

/**
 * Keeps the filter of a list for this person under a name; `list` is the list's address. Pressed twice it is kept once.
 * Refused: what `keptView` refuses, a name that another filter has (`nameTaken`), and one more than a person may have.
 */
export async function saveView(
  ctx: Context,
  by: CurrentStaff,
  { name, list }: { readonly name: string; readonly list: string },
): Promise<Result<null, ViewRefusal>> {
  const kept = keptView(list, await listChoices(ctx, by));
  if (!kept.ok) return kept;
  const query = kept.value;
  return withTx(ctx.database, async (tx): Promise<Result<null, ViewRefusal>> => {
    const own = await holdViews(tx, by);
    const same = own.find((view) => view.name === name);
    if (same) return same.query === query ? ok(null) : refuse({ why: "nameTaken" });
    if (own.length >= limits.viewsMax) return refuse({ why: "tooMany" });
    await tx.insert(savedView).values({ staffId: by.staffId, name, query });
    return ok(null);
  });
}
