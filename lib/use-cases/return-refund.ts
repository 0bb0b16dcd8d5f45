import "server-only";
import { ok, type Result } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "./context.ts";
import { type DecisionRefusal, decideRefund, writeDecision } from "./decide-refund.ts";

/**
 * Gives a request back to its cashier with what to change. The amount stays reserved until she sends it again, takes it
 * back, or its time is over. Nobody returns a request of their own.
 */
export async function returnRefund(
  ctx: Context,
  staff: CurrentStaff,
  { requestNo, reason }: { requestNo: string; reason: string },
): Promise<Result<null, DecisionRefusal>> {
  return decideRefund(
    ctx,
    { staff, requestNo },
    {
      permission: "return-refund",
      facts: { reason },
      decide: async (at, rights) => {
        await writeDecision(at, rights, { status: "RETURNED", reason });
        return ok(null);
      },
    },
  );
}
