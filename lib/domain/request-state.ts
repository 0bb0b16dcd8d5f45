import type { MoneyOpState } from "./money-op.ts";
import type { RequestStatus } from "./refund.ts";
import { assertNever } from "./result.ts";

/** Where a request stands for the people who wait for it, its money included; message keys under `requestState`. */
export const requestStates = [
  "waiting",
  "returned",
  "resent",
  "rejected",
  "withdrawn",
  "expired",
  "superseded",
  "ready",
  "sending",
  "accepted",
  "unknown",
  "needsPerson",
  "refunded",
  "notRefunded",
] as const;
export type RequestState = (typeof requestStates)[number];

/** The state from the decision and, once approved, from how its money operation stands (money.md 2.11). */
export function requestStateOf(status: RequestStatus, opState: MoneyOpState | null): RequestState {
  switch (status) {
    case "REQUESTED":
      return "waiting";
    case "RETURNED":
      return "returned";
    case "RESENT":
      return "resent";
    case "REJECTED":
      return "rejected";
    case "WITHDRAWN":
      return "withdrawn";
    case "EXPIRED":
      return "expired";
    case "SUPERSEDED":
      return "superseded";
    case "APPROVED":
      return moneyState(opState ?? "READY");
    default:
      return assertNever(status);
  }
}

function moneyState(state: MoneyOpState): RequestState {
  switch (state) {
    case "READY":
      return "ready";
    case "SENDING":
      return "sending";
    case "PENDING":
      return "accepted";
    case "UNKNOWN":
      return "unknown";
    case "NEEDS_PERSON":
      return "needsPerson";
    case "SUCCEEDED":
      return "refunded";
    case "FAILED":
      return "notRefunded";
    default:
      return assertNever(state);
  }
}

/** Whether nothing more happens to it: pages stop asking. A refund found out late still moves, but not while somebody watches. */
export function isRequestOver(state: RequestState): boolean {
  const open: readonly RequestState[] = [
    "waiting",
    "returned",
    "ready",
    "sending",
    "accepted",
    "unknown",
    "needsPerson",
  ];
  return !open.includes(state);
}

/** States after which the same person may ask again, with a link to this one. */
export function mayAskAgain(state: RequestState): boolean {
  return state === "rejected" || state === "withdrawn" || state === "expired" || state === "notRefunded";
}
