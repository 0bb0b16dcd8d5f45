import "server-only";
import { readCounterApprover } from "#lib/auth/counter-approver.ts";
import { confirmPin, type PinRefusal, takeStepUp } from "#lib/auth/step-up.ts";
import { appendAudit } from "#lib/db/audit.ts";
import { withTx } from "#lib/db/with-tx.ts";
import type { RequestSnapshot } from "#lib/domain/refund.ts";
import { type Result, refuse } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { type Approved, approveRefund } from "./approve-refund.ts";
import type { Context } from "./context.ts";
import type { DecisionRefusal } from "./decide-refund.ts";

export type CounterApproval = {
  readonly requestNo: string;
  /** The manager who came to the till. */
  readonly approverId: string;
  readonly pin: string;
  /** The facts on the screen both look at. */
  readonly seen: RequestSnapshot;
};

/**
 * A manager approves one request at the cashier's screen with their own PIN (scenario 39); the cashier stays signed in. The
 * PIN makes one approval good for this request, this session and five minutes, and it is used up at once. The audit names
 * both, the device and the method. Nobody who made the request, and nobody of another store, gets as far as a PIN.
 */
export async function approveAtCounter(
  ctx: Context,
  host: CurrentStaff,
  { requestNo, approverId, pin, seen }: CounterApproval,
): Promise<Result<Approved, PinRefusal | DecisionRefusal>> {
  const approver = await readCounterApprover(ctx.database, host, approverId);
  if (!approver) {
    await withTx(ctx.database, (tx) =>
      appendAudit(tx, {
        action: "approve-refund",
        outcome: "refused",
        staffId: host.staffId,
        storeId: host.storeIds[0] ?? null,
        orderId: null,
        subject: requestNo,
        deviceId: host.deviceId,
        facts: { orderNo: requestNo, why: "notFound", method: "counter-pin" },
      }),
    );
    return refuse({ why: "notFound" });
  }
  const confirmed = await confirmPin(ctx.database, approver, {
    pin,
    subject: requestNo,
    atScreenOf: host.name,
  });
  if (!confirmed.ok) return confirmed;
  const use = { id: confirmed.value, subject: requestNo };
  return approveRefund(ctx, approver, {
    requestNo,
    seen,
    takeStepUp: (tx) => takeStepUp(tx, approver, use),
    method: "counter-pin",
    host,
  });
}
