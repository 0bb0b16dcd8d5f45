"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { type LiveTrouble, useLiveData } from "#components/ui/live-data.ts";
import { limits } from "#lib/domain/limits.ts";
import { paths } from "#lib/domain/paths.ts";
import type { RequestSnapshot, RequestStatus } from "#lib/domain/refund.ts";
import type { RequestState } from "#lib/domain/request-state.ts";

/** What the status address of a request tells; instants as ISO text. */
export type RequestNow = {
  readonly status: RequestStatus;
  readonly state: RequestState;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly decisionReason: string | null;
  readonly merchantNo: string | null;
  readonly expiresAt: string;
  readonly nextNo: string | null;
  readonly now: RequestSnapshot;
  readonly asOf: string | null;
  readonly trouble: string | null;
  readonly isOver: boolean;
  readonly serverNow: string;
};

/** One key for everybody on the page who follows the same request. */
export const requestKey = (requestNo: string) => [paths.requestStatus(requestNo)];

/**
 * Follows a request without a reload, and fetches the rest of the page anew when its state moved. `trouble`: why it does
 * not follow any more.
 */
export function useRequestNow(
  requestNo: string,
  initial: RequestNow,
): { told: RequestNow; trouble: LiveTrouble | null } {
  const router = useRouter();
  const { shown, trouble } = useLiveData(
    paths.requestStatus(requestNo),
    initial,
    ({ isOver }) => !isOver && limits.statusPollMs,
  );
  const { state } = shown;
  const said = useRef(initial.state);
  useEffect(() => {
    if (said.current === state) return;
    said.current = state;
    router.refresh();
  }, [state, router]);
  return { told: shown, trouble };
}
