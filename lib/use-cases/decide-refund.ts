import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import { rightsNow } from "#lib/auth/rights-now.ts";
import { appendAudit } from "#lib/db/audit.ts";
import type { Db } from "#lib/db/client.ts";
import { refundRequest, staff as staffTable } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import type { RequestSnapshot, RequestStatus } from "#lib/domain/refund.ts";
import { type Result, refuse } from "#lib/domain/result.ts";
import { type CurrentStaff, type Permission, roleCan } from "#lib/domain/staff.ts";
import type { Context } from "./context.ts";
import { type OrderBooks, readBooks } from "./order-books.ts";

/** Why a decision did not happen. `decided`: somebody was first; who, what and when come with it. */
export type DecisionRefusal =
  | {
      readonly why:
        | "notFound"
        | "signedOut"
        | "notAllowed"
        | "ownRequest"
        | "expired"
        | "stepUp"
        | "notYours";
    }
  | {
      readonly why: "decided";
      readonly status: RequestStatus;
      readonly by: string | null;
      readonly at: Date | null;
    }
  | {
      readonly why: "changed";
      readonly changes: readonly (keyof RequestSnapshot)[];
      readonly now: RequestSnapshot;
    }
  | { readonly why: "cannotRefund"; readonly because: string };

export type Deciding = {
  readonly tx: Db;
  readonly books: OrderBooks;
  readonly request: typeof refundRequest.$inferSelect;
};

type Decision<T> = {
  readonly permission: Permission;
  /** What the audit line says of the decision besides. */
  readonly reason?: string;
  /** The decision itself, under the order's and the request's lock, by the rights of this moment. A refusal is audited and changes nothing. */
  readonly decide: (at: Deciding, staff: CurrentStaff) => Promise<Result<T, DecisionRefusal>>;
};

/**
 * The frame of every decision on a request: finds it in the stores of this member of staff, locks order and request, lets
 * exactly one caller decide, and writes the audit line (done or refused) in the same transaction. Rights are those of that
 * transaction: whoever lost them since the page was read is refused.
 */
export async function decideRefund<T>(
  ctx: Context,
  by: { staff: CurrentStaff; requestNo: string },
  { permission, reason, decide }: Decision<T>,
): Promise<Result<T, DecisionRefusal>> {
  return withTx(ctx.database, async (tx) => {
    const rights = await rightsNow(tx, by.staff);
    const staff = rights ?? by.staff;
    const event = {
      action: permission,
      staffId: staff.staffId,
      deviceId: staff.deviceId,
      subject: by.requestNo,
    };
    const at = await findRequest(tx, staff, by.requestNo);
    if (!at) {
      await appendAudit(tx, {
        ...event,
        outcome: "refused",
        storeId: staff.storeIds[0] ?? null,
        orderId: null,
        facts: { orderNo: by.requestNo, why: "notFound" },
      });
      return refuse({ why: "notFound" as const });
    }
    const { books, request } = at;
    const answer = rights
      ? ((await refusalOf(at, rights, permission)) ?? (await decide(at, rights)))
      : refuse({ why: "signedOut" as const });
    await appendAudit(tx, {
      ...event,
      outcome: answer.ok ? "done" : "refused",
      storeId: request.storeId,
      orderId: request.orderId,
      facts: {
        orderNo: books.order.orderNo,
        amountMinor: request.amountMinor,
        currency: request.currency,
        ...(reason === undefined ? {} : { reason }),
        ...(answer.ok ? {} : { why: answer.refusal.why }),
        ...(!answer.ok && "status" in answer.refusal ? { status: answer.refusal.status } : {}),
      },
    });
    return answer;
  });
}

/** The request under its order's lock; null where it is none of this person's stores'. */
async function findRequest(tx: Db, staff: CurrentStaff, requestNo: string): Promise<Deciding | null> {
  const [found] = await tx
    .select({ id: refundRequest.id, orderId: refundRequest.orderId })
    .from(refundRequest)
    .where(and(eq(refundRequest.requestNo, requestNo), inArray(refundRequest.storeId, [...staff.storeIds])));
  if (!found) return null;
  const books = await readBooks(tx, found.orderId, { isLocked: true });
  const request = books.requests.find((one) => one.id === found.id);
  return request ? { tx, books, request } : null;
}

async function refusalOf({ tx, books, request }: Deciding, staff: CurrentStaff, permission: Permission) {
  if (!roleCan(staff.role, permission)) return refuse({ why: "notAllowed" as const });
  if (request.status !== "REQUESTED") {
    const [decider] = request.decidedBy
      ? await tx
          .select({ name: staffTable.name })
          .from(staffTable)
          .where(eq(staffTable.id, request.decidedBy))
      : [];
    return refuse({
      why: "decided" as const,
      status: request.status,
      by: decider?.name ?? null,
      at: request.decidedAt,
    });
  }
  if (request.expiresAt <= books.now) return refuse({ why: "expired" as const });
  return null;
}

/** Marks the request decided; the caller stands inside `decideRefund`. */
export async function writeDecision(
  { tx, request }: Deciding,
  staff: CurrentStaff,
  decision: { status: "APPROVED" | "REJECTED" | "WITHDRAWN"; reason: string | null },
): Promise<void> {
  await tx
    .update(refundRequest)
    .set({
      status: decision.status,
      decidedBy: staff.staffId,
      decidedPerson: staff.personId,
      decidedAt: sql`clock_timestamp()`,
      decisionReason: decision.reason,
    })
    .where(eq(refundRequest.id, request.id));
}
