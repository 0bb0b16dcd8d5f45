import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { gatewayOrderStates } from "#lib/domain/gateway-facts.ts";
import { liveMoneyOpStates, type MoneyOpState } from "#lib/domain/money-op.ts";
import { reservingStatuses } from "#lib/domain/refund.ts";
import { gatewayVerdict, type Verdict } from "#lib/domain/verdict.ts";

/** A set read once, not a look at each order: 200,000 orders are passed over in a blink. */
const hasOp = (states: readonly MoneyOpState[]) =>
  sql`o.id in (select m.order_id from money_op m where m.state = any(${sql.param([...states])}::text[]))`;
const isMoving = hasOp(liveMoneyOpStates);
const isReturned = sql`(${hasOp(["SUCCEEDED"])} or o.id in (select f.order_id from found_refund f))`;
const isAsked = sql`o.id in (select r.order_id from refund_request r
                              where r.status = any(${sql.param([...reservingStatuses])}::text[]))`;

/** What of our own books can make a verdict, beside the gateway's word. */
const ours: Record<Verdict, SQL> = {
  waiting: isMoving,
  paid: sql`false`,
  notPaid: sql`false`,
  cancelled: sql`o.cancelled_at is not null`,
  unknown: sql`(o.as_of_at is null or o.refunds_wanted_at is not null or ${isMoving})`,
  refundAsked: isAsked,
  refundSending: isMoving,
  refundAccepted: isMoving,
  refunded: isReturned,
  partlyRefunded: isReturned,
  refundRefused: hasOp(["FAILED"]),
  paidAfterCancel: sql`o.cancelled_at is not null`,
};

/**
 * Which orders can have a verdict, as a cheap condition on `o`: never fewer than have it. The verdict itself is decided by
 * `verdictOf` on what is left, so that there is one rule.
 */
export function couldBe(verdict: Verdict): SQL {
  const states = gatewayOrderStates.filter((state) => gatewayVerdict(state) === verdict);
  return sql`(o.gateway_state = any(${sql.param(states)}::text[]) or ${ours[verdict]})`;
}
