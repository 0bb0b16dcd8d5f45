import { limits } from "./limits.ts";
import { isLive, type MoneyOpKind, type MoneyOpState } from "./money-op.ts";
import { refusalOf } from "./recovery/send-answer.ts";
import { type ApprovalRule, isReserving, type RequestStatus } from "./refund.ts";

/**
 * The sentence staff read about an order's money (money.md 2.11); message keys under `staffMessages`.
 * `unconfirmed` turns to `overdue` after five minutes: then the manager sees it too.
 */
export const moneyStepWords = [
  "requested",
  "returned",
  "rejected",
  "ready",
  "sending",
  "unconfirmed",
  "overdue",
  "needsPerson",
  "succeeded",
  "failed",
] as const;
export type MoneyStepWord = (typeof moneyStepWords)[number];

/** Where the money of an order's last request or operation stands; instants as ISO text, the amount in minor units. */
export type MoneyStep = {
  readonly what: MoneyStepWord;
  readonly kind: MoneyOpKind;
  readonly amountMinor: number;
  /** The request's number while it waits or was rejected, the case's while a person settles it, else the operation's. */
  readonly no: string;
  /** Until when it can be withdrawn, or when it ended. */
  readonly at: string | null;
  /** The own limit of who asked approved it, not a person. */
  readonly isByRule: boolean;
  /** What the manager wrote. */
  readonly reason: string | null;
  /** What the gateway refused it for; a message key under `cancelRefusal` or `refundRefusal`. */
  readonly refusal: string | null;
  readonly lastAskedAt: string | null;
  readonly nextAskAt: string | null;
};

type Request = {
  readonly requestNo: string;
  readonly status: RequestStatus;
  readonly amountMinor: number;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
};
type Op = {
  readonly kind: MoneyOpKind;
  readonly state: MoneyOpState;
  readonly amountMinor: number;
  readonly merchantNo: string;
  readonly why: string | null;
  readonly createdAt: Date;
  readonly lastSentAt: Date | null;
  readonly lastAskedAt: Date | null;
  readonly nextAskAt: Date | null;
  readonly settledAt: Date | null;
  readonly approvedByRule?: ApprovalRule | null;
};

/** The step staff need to read now: money on its way first, then a request that waits, then whatever ended last. */
export function moneyStepOf(books: {
  readonly requests: readonly Request[];
  readonly ops: readonly Op[];
  readonly now: Date;
  /** The open case about an outcome nobody knows. */
  readonly caseNo?: string | null;
}): MoneyStep | null {
  const { requests, ops, now, caseNo = null } = books;
  const live = ops.find(({ state }) => isLive(state));
  if (live) {
    const step = stepOfOp(live, now);
    return step.what === "needsPerson" ? { ...step, no: caseNo ?? step.no } : step;
  }
  const waiting = requests.find(({ status, expiresAt }) => isReserving(status) && expiresAt > now);
  if (waiting) return stepOfRequest(waiting);
  const rejected = requests.at(-1)?.status === "REJECTED" ? requests.at(-1) : undefined;
  const ended = ops.at(-1);
  if (rejected && (!ended || rejected.requestedAt > ended.createdAt)) return stepOfRequest(rejected);
  return ended ? stepOfOp(ended, now) : null;
}

const text = (at: Date | null) => at?.toISOString() ?? null;

function stepOfRequest(request: Request): MoneyStep {
  const isWaiting = isReserving(request.status);
  const waits = request.status === "RETURNED" ? "returned" : "requested";
  return {
    what: isWaiting ? waits : "rejected",
    kind: "REFUND",
    amountMinor: request.amountMinor,
    no: request.requestNo,
    at: text(isWaiting ? request.expiresAt : request.decidedAt),
    isByRule: false,
    reason: request.decisionReason,
    refusal: null,
    lastAskedAt: null,
    nextAskAt: null,
  };
}

function stepOfOp(op: Op, now: Date): MoneyStep {
  return {
    what: wordOf(op, now),
    kind: op.kind,
    amountMinor: op.amountMinor,
    no: op.merchantNo,
    at: text(op.settledAt),
    isByRule: Boolean(op.approvedByRule),
    reason: null,
    refusal: op.state === "SUCCEEDED" ? null : refusalOf(op.why),
    lastAskedAt: text(op.lastAskedAt),
    nextAskAt: text(op.nextAskAt),
  };
}

const words = {
  READY: "ready",
  SENDING: "sending",
  PENDING: "unconfirmed",
  UNKNOWN: "unconfirmed",
  NEEDS_PERSON: "needsPerson",
  SUCCEEDED: "succeeded",
  FAILED: "failed",
} as const satisfies Record<MoneyOpState, MoneyStepWord>;

function wordOf({ state, lastSentAt, createdAt }: Op, now: Date): MoneyStepWord {
  const word = words[state];
  if (word !== "unconfirmed") return word;
  const sinceMs = now.getTime() - (lastSentAt ?? createdAt).getTime();
  return sinceMs >= limits.managerInformedAfterMs ? "overdue" : word;
}
