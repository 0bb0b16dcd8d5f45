import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import { type RolePaused, rolePause } from "#lib/auth/raise/role-pause.ts";
import { rightsNow } from "#lib/auth/rights-now.ts";
import { type AuditLine, appendAudit } from "#lib/db/audit.ts";
import type { Db } from "#lib/db/client.ts";
import { refundRequest, staff as staffTable } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { whyNotTheirs } from "#lib/domain/deputy.ts";
import type { AloneReason } from "#lib/domain/go-together.ts";
import type { RequestSnapshot, RequestStatus } from "#lib/domain/refund.ts";
import { type Result, refuse } from "#lib/domain/result.ts";
import { type CurrentStaff, isWeighty, type Permission, roleCan } from "#lib/domain/staff.ts";
import type { Context } from "./context.ts";
import { type Principal, standingFor } from "./deputy/standing-for.ts";
import { type OrderBooks, readBooks } from "./order-books.ts";

/** Why a decision did not happen. `decided`: somebody was first; who, what and when come with it. */
export type DecisionRefusal =
  | {
      readonly why:
        | "notFound"
        | "signedOut"
        | "notAllowed"
        | "ownRequest"
        | "stepUp"
        | "notYours"
        | "approvedByYou"
        | "sameHat"
        | "deputyOfAsker";
    }
  | RolePaused
  | { readonly why: "expired"; readonly at: Date | null }
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
  | { readonly why: "cannotRefund"; readonly because: string }
  | { readonly why: "alone"; readonly because: AloneReason };

export type Deciding = {
  readonly tx: Db;
  readonly books: OrderBooks;
  readonly request: typeof refundRequest.$inferSelect;
  /** Whom the decider stands in for in this store; null: nobody. */
  readonly principal: Principal | null;
};

/** Who decides on which request. `host`: whose screen it is, where a manager decides at the cashier's. */
export type Decider = {
  readonly staff: CurrentStaff;
  readonly requestNo: string;
  readonly host?: CurrentStaff;
};

type Decision<T> = {
  readonly permission: Permission;
  /** In which statuses it may be taken; only a waiting request otherwise. */
  readonly from?: readonly RequestStatus[];
  /** What the audit calls it once done; the permission otherwise. */
  readonly actionOf?: (value: T) => string;
  /** What the audit line says of the decision besides. */
  readonly facts?: AuditLine["facts"];
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
  by: Decider,
  { permission, from = ["REQUESTED"], facts = {}, actionOf = () => permission, decide }: Decision<T>,
): Promise<Result<T, DecisionRefusal>> {
  return withTx(ctx.database, async (tx) => {
    const rights = await rightsOf(tx, by);
    const staff = rights ?? by.staff;
    const event = {
      action: permission,
      staffId: staff.staffId,
      deviceId: staff.deviceId,
      subject: by.requestNo,
    };
    const found = await findRequest(tx, staff, by.requestNo);
    if (!found) {
      await appendAudit(tx, {
        ...event,
        outcome: "refused",
        storeId: staff.storeIds[0] ?? null,
        orderId: null,
        facts: { orderNo: by.requestNo, why: "notFound" },
      });
      return refuse({ why: "notFound" as const });
    }
    const { books, request } = found;
    const { storeId } = request;
    const isOwnWord = permission === "withdraw-refund";
    const principal = isOwnWord
      ? null
      : await standingFor(tx, { staffId: staff.staffId, storeId }, { isLocked: true });
    const at = { ...found, principal };
    const answer = await answerOf(at, rights, { permission, from, decide });
    const [asker] = await tx
      .select({ name: staffTable.name })
      .from(staffTable)
      .where(eq(staffTable.id, request.requestedBy));
    await appendAudit(tx, {
      ...event,
      action: answer.ok ? actionOf(answer.value) : permission,
      outcome: answer.ok ? "done" : "refused",
      storeId: request.storeId,
      orderId: request.orderId,
      facts: {
        orderNo: books.order.orderNo,
        amountMinor: request.amountMinor,
        currency: request.currency,
        askedBy: asker?.name ?? null,
        ...(by.host ? { host: by.host.name } : {}),
        ...(principal ? { for: principal.name } : {}),
        ...facts,
        ...(answer.ok ? {} : refusedFor(answer.refusal)),
      },
    });
    return answer;
  });
}

/** The decision by the rights of this moment, or why it is not this person's to take. */
async function answerOf<T>(
  at: Deciding,
  rights: CurrentStaff | null,
  { permission, from, decide }: Required<Pick<Decision<T>, "permission" | "from" | "decide">>,
): Promise<Result<T, DecisionRefusal>> {
  if (!rights) return refuse({ why: "signedOut" });
  if (!roleCan(rights.role, permission)) return refuse({ why: "notAllowed" });
  const before = (await pausedNow(at, rights, permission)) ?? (await decidedBefore(at, from));
  const isOwnWord = permission === "withdraw-refund";
  return before ?? (isOwnWord ? null : notTheirs(at, rights)) ?? decide(at, rights);
}

const refusedFor = (refusal: DecisionRefusal) => ({
  why: refusal.why,
  ...("status" in refusal ? { status: refusal.status } : {}),
});

/** The decider's rights of this moment; null also where the screen's own session is over. */
async function rightsOf(tx: Db, { staff, host }: Decider): Promise<CurrentStaff | null> {
  if (!host) return rightsNow(tx, staff);
  const atScreen = await rightsNow(tx, host);
  const rights = await rightsNow(tx, staff, { sessionOf: host.staffId });
  // Nobody decides through a screen on what the screen itself may not show.
  return atScreen && rights
    ? { ...rights, storeIds: rights.storeIds.filter((id) => atScreen.storeIds.includes(id)) }
    : null;
}

/** The request under its order's lock; null where it is none of this person's stores'. */
async function findRequest(
  tx: Db,
  staff: CurrentStaff,
  requestNo: string,
): Promise<Omit<Deciding, "principal"> | null> {
  const [found] = await tx
    .select({ id: refundRequest.id, orderId: refundRequest.orderId })
    .from(refundRequest)
    .where(and(eq(refundRequest.requestNo, requestNo), inArray(refundRequest.storeId, [...staff.storeIds])));
  if (!found) return null;
  const books = await readBooks(tx, found.orderId, { isLocked: true });
  const request = books.requests.find((one) => one.id === found.id);
  return request ? { tx, books, request } : null;
}

/** Nobody decides what they asked for themselves, nor what the person asked for whom they stand in. */
function notTheirs({ request, principal }: Deciding, { personId }: CurrentStaff) {
  const hat = { person: personId, forPerson: principal?.personId ?? null };
  const why = whyNotTheirs(hat, request.requestedPerson);
  return why && refuse({ why });
}

/** That the decider's role is too new for this at the request's store; null: it is not. */
async function pausedNow({ tx, request }: Deciding, rights: CurrentStaff, permission: Permission) {
  const pause = isWeighty(permission) ? await rolePause(tx, rights, request.storeId) : null;
  return pause && refuse(pause);
}

/** That its time is over, or who decided first; null: it may still be decided. */
async function decidedBefore({ tx, books, request }: Deciding, from: readonly RequestStatus[]) {
  const { status, expiresAt } = request;
  if (status === "EXPIRED" || (from.includes(status) && expiresAt <= books.now))
    return refuse({ why: "expired" as const, at: expiresAt });
  return from.includes(status) ? null : refuse(await decidedAs(tx, request));
}

/** What became of a request, by whom and when. */
export async function decidedAs(tx: Db, { decidedBy, decidedAt: at, status }: Deciding["request"]) {
  const [decider] = decidedBy
    ? await tx.select({ name: staffTable.name }).from(staffTable).where(eq(staffTable.id, decidedBy))
    : [];
  return { why: "decided" as const, status, by: decider?.name ?? null, at };
}

/** Marks the request decided; the caller stands inside `decideRefund`. */
export async function writeDecision(
  { tx, request, principal }: Deciding,
  staff: CurrentStaff,
  decision: { status: "APPROVED" | "REJECTED" | "RETURNED" | "WITHDRAWN"; reason: string | null },
): Promise<void> {
  await tx
    .update(refundRequest)
    .set({
      status: decision.status,
      decidedBy: staff.staffId,
      decidedPerson: staff.personId,
      decidedFor: principal?.staffId ?? null,
      decidedForPerson: principal?.personId ?? null,
      decidedAt: sql`clock_timestamp()`,
      decisionReason: decision.reason,
    })
    .where(eq(refundRequest.id, request.id));
}
