/** States of a money operation (money.md 2.3): one refund or cancel on its way to the gateway. */
export const moneyOpStates = [
  "READY",
  "SENDING",
  "PENDING",
  "UNKNOWN",
  "NEEDS_PERSON",
  "SUCCEEDED",
  "FAILED",
] as const;
export type MoneyOpState = (typeof moneyOpStates)[number];

export const moneyOpKinds = ["REFUND", "CANCEL"] as const;
export type MoneyOpKind = (typeof moneyOpKinds)[number];

/** States in which the operation may still move money; the database allows one such operation per order. */
export const liveMoneyOpStates = [
  "READY",
  "SENDING",
  "PENDING",
  "UNKNOWN",
  "NEEDS_PERSON",
] as const satisfies readonly MoneyOpState[];

/** Every allowed move; READY to UNKNOWN is a restore's, when nobody can say whether it was sent. The database holds the same table and refuses all others. */
export const moneyOpMoves: Record<MoneyOpState, readonly MoneyOpState[]> = {
  READY: ["SENDING", "FAILED", "UNKNOWN"],
  SENDING: ["READY", "SUCCEEDED", "PENDING", "UNKNOWN"],
  PENDING: ["SUCCEEDED", "FAILED", "UNKNOWN", "NEEDS_PERSON"],
  UNKNOWN: ["SUCCEEDED", "FAILED", "PENDING", "SENDING", "NEEDS_PERSON"],
  NEEDS_PERSON: ["SUCCEEDED", "FAILED"],
  SUCCEEDED: [],
  FAILED: ["SUCCEEDED"],
};

export function isLive(state: MoneyOpState): boolean {
  return (liveMoneyOpStates as readonly MoneyOpState[]).includes(state);
}

/** Sent, and what became of it is not known: still asked about. */
export function isOpenOutcome(state: MoneyOpState): boolean {
  return state === "PENDING" || state === "UNKNOWN" || state === "NEEDS_PERSON";
}

export function canMove(from: MoneyOpState, to: MoneyOpState): boolean {
  return moneyOpMoves[from].includes(to);
}
