"use client";
import { type LiveTrouble, useLiveData } from "#components/ui/live-data.ts";
import { limits } from "#lib/domain/limits.ts";
import { paths } from "#lib/domain/paths.ts";
import type { RequestSnapshot, RequestStatus } from "#lib/domain/refund.ts";
import type { RequestState } from "#lib/domain/request-state.ts";
import type { PairNow } from "#lib/domain/second-approval.ts";

/** One thing that happened to a request or to one it followed; `what` is a message key under `requestThread`. */
export type RequestEvent = {
  readonly at: string;
  readonly what: string;
  readonly by: string | null;
  readonly byFor: string | null;
  readonly words: string | null;
  readonly requestNo: string;
};

/** What the status address of a request tells; instants as ISO text. */
export type RequestNow = {
  readonly status: RequestStatus;
  readonly state: RequestState;
  readonly isByRule: boolean;
  readonly decidedBy: string | null;
  readonly decidedFor: string | null;
  readonly decidedAt: string | null;
  readonly decisionReason: string | null;
  readonly merchantNo: string | null;
  readonly expiresAt: string;
  readonly nextNo: string | null;
  readonly now: RequestSnapshot;
  /** Two managers approve it; null: one does. */
  readonly pair: PairNow | null;
  readonly asOf: string | null;
  readonly trouble: string | null;
  readonly thread: readonly RequestEvent[];
  readonly isOver: boolean;
  readonly serverNow: string;
};

/** One key for everybody on the page who follows the same request. */
export const requestKey = (requestNo: string) => [paths.requestStatus(requestNo)];

/** Follows a request without a reload. `trouble`: why it does not follow any more. `isHeard`: the address has answered since the page opened. */
export function useRequestNow(
  requestNo: string,
  initial: RequestNow,
): { told: RequestNow; trouble: LiveTrouble | null; isHeard: boolean } {
  const { shown, trouble, isHeard } = useLiveData(
    paths.requestStatus(requestNo),
    initial,
    ({ isOver }) => !isOver && limits.statusPollMs,
  );
  return { told: shown, trouble, isHeard };
}
