import type { Arrival, Pace } from "./arrival.ts";
import { type Clock, type ClockState, createClock, steadyNow } from "./clock.ts";

const arrivalsSavedMax = 1_000;

/** How hasty callers are met. */
export type PaceSettings = { rateLimit: boolean; queryGapMs: number; lockMs: number };

/** Who came when, by the simulator's own clock, and who is locked out. */
export type Gatehouse = {
  clock: Clock;
  clockState: ClockState;
  arrivals: Arrival[];
  /** Caller's address → locked until (simulator clock, ms). */
  locks: Map<string, number>;
  /** Calls that have arrived and not ended. */
  running: Set<Arrival>;
  /** Merchant account → when its last calls ended. */
  pace: Map<string, Pace>;
  /** The services whose pace is watched. */
  statusQueries: readonly string[];
};

/** What a state file holds of it: a restart must not be a way out of a lock. */
export type SavedGatehouse = {
  clock?: ClockState | undefined;
  locks?: [string, number][] | undefined;
  pace?: [string, Pace][] | undefined;
  arrivals?: Arrival[] | undefined;
};

export function openGatehouse(saved: SavedGatehouse, statusQueries: readonly string[]): Gatehouse {
  const clockState: ClockState = saved.clock ?? { offsetMs: 0, frozenAt: null };
  return {
    clock: createClock(clockState, steadyNow),
    clockState,
    arrivals: saved.arrivals ?? [],
    locks: new Map(saved.locks ?? []),
    running: new Set(),
    pace: new Map(saved.pace ?? []),
    statusQueries,
  };
}

export function savedGatehouse({ clockState, locks, pace, arrivals }: Gatehouse): Required<SavedGatehouse> {
  return {
    clock: clockState,
    locks: [...locks],
    pace: [...pace],
    arrivals: arrivals.slice(-arrivalsSavedMax),
  };
}

export function resetGatehouse(gatehouse: Gatehouse): void {
  gatehouse.arrivals = [];
  Object.assign(gatehouse.clockState, { offsetMs: 0, frozenAt: null });
  gatehouse.locks.clear();
  gatehouse.pace.clear();
}
