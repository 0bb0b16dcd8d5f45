import type { Capabilities } from "#lib/domain/gateway-facts.ts";
import type { ClaimFacts } from "#lib/domain/recovery/claim.ts";
import type { ResendFacts } from "#lib/domain/recovery/resend.ts";
import type { OpenOp } from "#lib/domain/recovery/step.ts";
import { type OrderMoney, sumMoney } from "#lib/domain/refund.ts";
import type { Reading } from "#lib/domain/settle.ts";
import type { World } from "../world.ts";
import type { OpRow } from "./books.ts";

/** The database's clock as the rules take it. */
export const nowOf = (world: World): Date => new Date(world.databaseNow());

const asDate = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));

/** The order's money as screens and rules see it; with refund and cancel strangers to each other, only one kind is seen. */
export function moneyOf({ books, wiring }: World, kind: OpRow["kind"] = "REFUND"): OrderMoney {
  const { gatewayState, paidMinor } = books.order();
  const ops = wiring.rules.oneLive === "order" ? books.ops() : books.ops().filter((op) => op.kind === kind);
  const waitingMinor = books
    .requests()
    .filter((one) => one.status === "REQUESTED")
    .map((one) => one.amountMinor);
  return { gatewayState, paidMinor, wallet: null, ops, waitingMinor };
}

function attemptsOf({ books }: World, op: OpRow): number {
  const unsent = books.evidence().filter((one) => one.opId === op.id && one.outcome === "not-sent");
  return books.attempts().filter((one) => one.opId === op.id).length - unsent.length;
}

/** What the books hold for the question whether a number may be sent again, as lib/use-cases/send-facts.ts puts it together. */
export function resendFacts(world: World, op: OpRow): ResendFacts {
  const order = world.books.order();
  const first = world.books.attempts().find((one) => one.opId === op.id)?.digest ?? null;
  return {
    canResend: world.capabilities.canResend,
    attempts: attemptsOf(world, op),
    firstDigest: first,
    digestNow: op.merchantNo,
    lastSentAt: new Date(op.lastSentAt ?? op.createdAt),
    seenPaidAt: order.gatewayState === "paid" ? asDate(order.asOfAt) : null,
    sendingOff: null,
  };
}

/** What the books hold for the decision to send. */
export function claimFacts(world: World, op: OpRow): ClaimFacts {
  const order = world.books.order();
  return {
    ...resendFacts(world, op),
    kind: op.kind,
    state: op.state,
    why: op.why,
    createdAt: new Date(op.createdAt),
    gatewayState: order.gatewayState,
    asOfAt: asDate(order.asOfAt),
    madeAt: new Date(order.madeAt),
    amountMinor: op.amountMinor,
    paidMinor: order.paidMinor,
    returnedMinor: sumMoney(moneyOf(world)).returnedMinor,
    cancelledAt: asDate(order.cancelledAt),
    quietHourUntil: null,
  };
}

/** A sent operation as the ladder of money.md 2.5 and 2.6 wants it, as lib/use-cases/record-answer.ts puts it together. */
export function openOp(world: World, op: OpRow, reading: Reading | null): OpenOp {
  const resend = resendFacts(world, op);
  const isSeenPaid = reading?.by === "order" && reading.state === "paid";
  return {
    ...op,
    attempts: resend.attempts,
    lastSentAt: resend.lastSentAt,
    returnedBeforeMinor: sumMoney(moneyOf(world)).returnedMinor,
    resend: isSeenPaid ? { ...resend, seenPaidAt: nowOf(world) } : resend,
  };
}

/** The account's list tells the parts of one order apart. */
export const canReadSums = ({ canListOrders }: Capabilities): boolean => canListOrders;
