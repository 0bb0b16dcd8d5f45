import "server-only";
import { type AuditFilter, auditQuery } from "#lib/domain/audit-filter.ts";
import { ok, type Result } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";
import { staffDeed } from "../settle/staff-deed.ts";
import { type AuditRow, everyAuditLine } from "../view-audit.ts";
import { type ExportRefusal, onlyStore } from "./export-orders.ts";
import { cutParts, type ExportPart } from "./export-part.ts";

/**
 * The audit as a file: every line this person may read that matches, newest first, up to `limits.exportRowsMax`. Its own
 * line is the newest of them.
 */
export async function exportAudit(
  ctx: Context,
  staff: CurrentStaff,
  asked: AuditFilter,
): Promise<Result<AsyncIterable<ExportPart<AuditRow>>, ExportRefusal>> {
  const filter = { ...asked, before: null };
  const facts = { filter: auditQuery(filter) };
  const rights = await staffDeed(ctx, staff, {
    permission: "export-audit",
    find: async () => ({ storeId: onlyStore(staff), orderId: null, subject: null, facts }),
    act: async (_, now) => ok(now),
  });
  return rights.ok ? ok(cutParts(everyAuditLine(ctx, rights.value, filter))) : rights;
}
