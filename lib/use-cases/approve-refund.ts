import "server-only";
import type { Db } from "#lib/db/client.ts";
import { changesSince, mayRequestRefund, type RequestSnapshot } from "#lib/domain/refund.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { inDeedSpan } from "#lib/trace.ts";
import type { Context } from "./context.ts";
import { type Deciding, type DecisionRefusal, decideRefund, writeDecision } from "./decide-refund.ts";
import { factsOf, snapshotOf } from "./order-books.ts";
import { putInLine } from "./put-in-line.ts";
import { recordFirst, standingFirst, takesTwo, whyNotSecond } from "./second-approval.ts";

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
  /** With how many others it was chosen, and what more has to be so for that, asked last and under the same locks. */
  readonly together?: {
    readonly count: number;
    readonly judge: (at: Deciding, approver: CurrentStaff) => Promise<DecisionRefusal | null>;
  };
};

/** What became of an approval; `opId` null: it is the first of two and waits for the second. */
export type Approved = { readonly opId: string | null };

/**
 * Approves a request and creates its one money operation in the same transaction; the clerk sends it. Refused for the
 * requester's own person and for who stands in for them, when somebody decided first, after expiry, without a fresh step-up, and when the facts moved
 * since the approver saw them. Above its store's amount the first approval is recorded and a second, different manager
 * approves with a step-up of their own on the facts of that moment; a first one on other facts, or by somebody who may no
 * longer approve, counts no more. The database refuses the same again. The audit names everybody, device, method and facts.
 */
export function approveRefund(
  ctx: Context,
  staff: CurrentStaff,
  approval: Approval,
): Promise<Result<Approved, DecisionRefusal>> {
  return inDeedSpan("approve-refund", () => approve(ctx, staff, approval));
}

function approve(
  ctx: Context,
  staff: CurrentStaff,
  { requestNo, seen, takeStepUp, method = "pin", host, together }: Approval,
): Promise<Result<Approved, DecisionRefusal>> {
  return decideRefund(
    ctx,
    { staff, requestNo, ...(host ? { host } : {}) },
    {
      permission: "approve-refund",
      facts: { method, ...seen, ...(together ? { together: together.count } : {}) },
      actionOf: ({ opId }) => (opId === null ? "approve-refund-first" : "approve-refund"),
      decide: async (at, rights): Promise<Result<Approved, DecisionRefusal>> => {
        const { tx, books, request } = at;
        const now = snapshotOf(books, request.amountMinor);
        const first = takesTwo(at) ? await standingFirst(at, now) : null;
        const twice = whyNotSecond(at, rights, first);
        if (twice) return refuse({ why: twice });
        if (!(await takeStepUp(tx))) return refuse({ why: "stepUp" });
        const changes = changesSince(seen, now);
        if (changes.length > 0) return refuse({ why: "changed", changes, now });
        const facts = factsOf(books);
        const others = {
          ...facts,
          waitingMinor: [facts.waitingMinor.reduce((a, b) => a + b, 0) - request.amountMinor],
        };
        const allowed = mayRequestRefund(others, request.amountMinor, ctx.capabilitiesOf(books.account));
        if (!allowed.ok) return refuse({ why: "cannotRefund", because: allowed.refusal.why });
        const alone = together ? await together.judge(at, rights) : null;
        if (alone) return refuse(alone);
        if (takesTwo(at) && first === null) {
          await recordFirst(at, rights, seen);
          return ok({ opId: null });
        }
        await writeDecision(at, rights, { status: "APPROVED", reason: null });
        return ok(await putInLine(tx, books, request, { person: rights.personId }));
      },
    },
  );
}
