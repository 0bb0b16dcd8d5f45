import "server-only";
import { ok, type Result } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "./context.ts";
import { type DecisionRefusal, decideRefund, writeDecision } from "./decide-refund.ts";

/** Rejects a request with the reason the cashier reads; the amount is released. Nobody rejects a request of their own. */
export async function rejectRefund(
  ctx: Context,
  staff: CurrentStaff,
  { requestNo, reason }: { requestNo: string; reason: string },
): Promise<Result<null, DecisionRefusal>> {
  return decideRefund(
    ctx,
    { staff, requestNo },
    {
      permission: "reject-refund",
      facts: { reason },
      decide: async (at, rights) => {
        await writeDecision(at, rights, { status: "REJECTED", reason });
        return ok(null);
      },
    },
  );
}
