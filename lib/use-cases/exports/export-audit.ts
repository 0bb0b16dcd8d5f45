import "server-only";
import { auditHead } from "#lib/db/schema.ts";
import { type AuditFilter, auditQuery } from "#lib/domain/audit-filter.ts";
import { ok, type Result } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";
import { staffDeed } from "../settle/staff-deed.ts";
import { type AuditRow, everyAuditLine } from "../view-audit.ts";
import { type ExportRefusal, onlyStore } from "./export-orders.ts";
import { cutParts, type ExportPart } from "./export-part.ts";

/** Lines of the audit as a file has them, and the line they were read up to with the chain there. */
export type AuditExport = {
  readonly parts: AsyncIterable<ExportPart<AuditRow>>;
  readonly asOf: { readonly seq: number; readonly hash: string };
  readonly filter: string;
};

/**
 * The audit as a file: every line this person may read that matches, newest first, up to `limits.exportRowsMax`. Its own
 * line is the newest of them, and says whether a check file went with it.
 */
export async function exportAudit(
  ctx: Context,
  staff: CurrentStaff,
  { asked, isChecked = false }: { asked: AuditFilter; isChecked?: boolean },
): Promise<Result<AuditExport, ExportRefusal>> {
  const filter = auditQuery({ ...asked, before: null });
  const facts = { filter, ...(isChecked ? { isChecked } : {}) };
  const rights = await staffDeed(ctx, staff, {
    permission: "export-audit",
    find: async () => ({ storeId: onlyStore(staff), orderId: null, subject: null, facts }),
    act: async (_, now) => ok(now),
  });
  if (!rights.ok) return rights;
  const [head] = await ctx.database.db.select({ seq: auditHead.seq, hash: auditHead.hash }).from(auditHead);
  if (!head) throw new Error("the audit has no head");
  const lines = everyAuditLine(ctx, rights.value, { ...asked, before: head.seq + 1 });
  return ok({ parts: cutParts(lines), asOf: head, filter });
}
