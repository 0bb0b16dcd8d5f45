import "server-only";
import { eq } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { savedView, staff } from "#lib/db/schema.ts";
import type { ViewWord } from "#lib/domain/saved-view.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";

export type ViewRefusal = { readonly why: ViewWord };

/** A person's views, theirs alone to change until the transaction ends: names and count hold whatever is pressed in other tabs. */
export async function holdViews(
  tx: Db,
  { staffId }: CurrentStaff,
): Promise<readonly { readonly id: string; readonly name: string; readonly query: string }[]> {
  await tx.select({ id: staff.id }).from(staff).where(eq(staff.id, staffId)).for("no key update");
  return tx
    .select({ id: savedView.id, name: savedView.name, query: savedView.query })
    .from(savedView)
    .where(eq(savedView.staffId, staffId));
}
