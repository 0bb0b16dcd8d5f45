import "server-only";
import type { Db } from "#lib/db/client.ts";
import { changesSince, mayRequestRefund, type RequestSnapshot } from "#lib/domain/refund.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "./context.ts";
import { type DecisionRefusal, decideRefund, writeDecision } from "./decide-refund.ts";
import { factsOf, snapshotOf } from "./order-books.ts";
import { putInLine } from "./put-in-line.ts";

export type Approval = {
  readonly requestNo: string;
  /** The facts on the approver's screen; anything else now refuses the approval. */
  readonly seen: RequestSnapshot;
  /** Uses up the approver's step-up for this request inside the same transaction. */
  readonly takeStepUp: (tx: Db) => Promise<boolean>;
  /** How the approver proved who they are; for the audit. */
  readonly method?: "pin" | "counter-pin";
  /** Whose screen it is, where the approver came to the cashier's. */
  readonly host?: CurrentStaff;
};

/**
 * Approves a request and creates its one money operation in the same transaction; the clerk sends it. Refused for the
 * requester's own person, when somebody decided first, after expiry, without a fresh step-up, and when the facts moved
 * since the approver saw them. The database refuses the same again. The audit line names both people, device, method and facts.
 */
export async function approveRefund(
  ctx: Context,
  staff: CurrentStaff,
  { requestNo, seen, takeStepUp, method = "pin", host }: Approval,
): Promise<Result<{ opId: string }, DecisionRefusal>> {
  return decideRefund(
    ctx,
    { staff, requestNo, ...(host ? { host } : {}) },
    {
      permission: "approve-refund",
      facts: { method, ...seen },
      decide: async (at, rights) => {
        const { tx, books, request } = at;
        if (request.requestedPerson === rights.personId) return refuse({ why: "ownRequest" });
        if (!(await takeStepUp(tx))) return refuse({ why: "stepUp" });
        const now = snapshotOf(books, request.amountMinor);
        const changes = changesSince(seen, now);
        if (changes.length > 0) return refuse({ why: "changed", changes, now });
        const facts = factsOf(books);
        const others = {
          ...facts,
          waitingMinor: [facts.waitingMinor.reduce((a, b) => a + b, 0) - request.amountMinor],
        };
        const allowed = mayRequestRefund(others, request.amountMinor, ctx.capabilitiesOf(books.account));
        if (!allowed.ok) return refuse({ why: "cannotRefund", because: allowed.refusal.why });
        await writeDecision(at, rights, { status: "APPROVED", reason: null });
        return ok(await putInLine(tx, books, request, { person: rights.personId }));
      },
    },
  );
}
