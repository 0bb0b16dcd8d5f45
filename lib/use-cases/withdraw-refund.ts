import "server-only";
import { reservingStatuses } from "#lib/domain/refund.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "./context.ts";
import { type DecisionRefusal, decideRefund, writeDecision } from "./decide-refund.ts";

/** Takes one's own request back, while it waits or after it was returned for change; the amount is released. */
export async function withdrawRefund(
  ctx: Context,
  staff: CurrentStaff,
  { requestNo }: { requestNo: string },
): Promise<Result<null, DecisionRefusal>> {
  return decideRefund(
    ctx,
    { staff, requestNo },
    {
      permission: "withdraw-refund",
      from: reservingStatuses,
      decide: async (at, rights) => {
        if (at.request.requestedPerson !== rights.personId) return refuse({ why: "notYours" });
        await writeDecision(at, rights, { status: "WITHDRAWN", reason: null });
        return ok(null);
      },
    },
  );
}
