import "server-only";
import { and, eq } from "drizzle-orm";
import { refundRequest } from "#lib/db/schema.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";

/**
 * The request a form made, by the id the form was opened with: how a page whose answer was lost finds out whether its
 * request arrived (money.md 2.11). Null where it did not, or is another person's.
 */
export async function findSentRequest(
  ctx: Context,
  staff: CurrentStaff,
  clientRequestId: string,
): Promise<string | null> {
  const [row] = await ctx.database.db
    .select({ requestNo: refundRequest.requestNo })
    .from(refundRequest)
    .where(
      and(
        eq(refundRequest.clientRequestId, clientRequestId),
        eq(refundRequest.requestedPerson, staff.personId),
      ),
    );
  return row?.requestNo ?? null;
}
