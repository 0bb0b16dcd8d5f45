import "server-only";
import { changesSince, type RequestSnapshot } from "#lib/domain/refund.ts";
import { isRequestOver } from "#lib/domain/request-state.ts";
import { needsTwo, type PairNow } from "#lib/domain/second-approval.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";
import { watchOrderStatus } from "../order-status.ts";
import type { RequestRow } from "./request-rows.ts";
import { findRequestRow, type RequestFacts, readRequestFacts, type ThreadEvent } from "./view-request.ts";

function pairNow(row: RequestRow, now: RequestSnapshot): PairNow | null {
  const {
    amountMinor,
    secondAboveMinor,
    firstSeen,
    firstAt,
    firstBy: by,
    firstFor: byFor,
    isFirstOwn: isOwn,
  } = row;
  if (row.state !== "waiting" || secondAboveMinor === null || !needsTwo(amountMinor, secondAboveMinor))
    return null;
  const stands = firstAt !== null && firstSeen !== null && changesSince(firstSeen, now).length === 0;
  return { aboveMinor: secondAboveMinor, first: stands ? { by, byFor, at: firstAt, isOwn } : null };
}

/** What the status address of a request answers. */
export type RequestNow = Pick<
  RequestRow,
  | "status"
  | "state"
  | "isByRule"
  | "decidedBy"
  | "decidedFor"
  | "decidedAt"
  | "decisionReason"
  | "merchantNo"
  | "expiresAt"
  | "nextNo"
> & {
  readonly now: RequestSnapshot;
  /** Two managers approve it; the first approval that counts, if there is one. */
  readonly pair: PairNow | null;
  /** When the gateway last answered about the order. */
  readonly asOf: string | null;
  /** What came of the last question when it was not an answer; null: it was one. */
  readonly trouble: string | null;
  readonly thread: readonly ThreadEvent[];
  readonly isOver: boolean;
  readonly serverNow: string;
};

/**
 * Where a request stands now, from our books; watching keeps one question about its order alive in the account's lane,
 * however many people watch. Null where it is not to be seen.
 */
export async function watchRequest(
  ctx: Context,
  staff: CurrentStaff,
  requestNo: string,
): Promise<RequestNow | null> {
  const { db } = ctx.database;
  const found = await findRequestRow(db, staff, requestNo);
  if (!found) return null;
  await watchOrderStatus(ctx, staff, { ...found.row, isOpening: false });
  const facts = await readRequestFacts(db, staff, requestNo);
  if (!facts) return null;
  return toRequestNow(facts);
}

/** A reading as pages follow it. */
export function toRequestNow({ row, now, asOf, readAt, trouble, thread }: RequestFacts): RequestNow {
  const { status, state, isByRule, decidedBy, decidedFor, decidedAt, decisionReason } = row;
  const { merchantNo, expiresAt, nextNo } = row;
  const decision = { isByRule, decidedBy, decidedFor, decidedAt, decisionReason };
  const pair = pairNow(row, now);
  const isOver = isRequestOver(state);
  const told = { now, pair, asOf, trouble, thread, isOver, serverNow: readAt };
  return { status, state, ...decision, merchantNo, expiresAt, nextNo, ...told };
}
