import { Refusal } from "./refusal.ts";

/** Persisted part of the clock. A frozen clock stands still until it is set or thawed. */
export type ClockState = { offsetMs: number; frozenAt: number | null };

export type ClockSetting = {
  readonly offsetMs?: number;
  readonly now?: number;
  readonly advanceMs?: number;
  readonly frozen?: boolean;
};

export type Clock = {
  now(): number;
  /** Moves the clock and tells how far back it went (0 when it went forward). */
  set(setting: ClockSetting): { wentBackMs: number };
};

/** Real time that no clock correction of the machine can bend. */
export function steadyNow(): number {
  return performance.timeOrigin + performance.now();
}

export function createClock(state: ClockState, realNow: () => number): Clock {
  const now = () => state.frozenAt ?? Math.floor(realNow() + state.offsetMs);
  const jumpTo = (atMs: number) => {
    if (!Number.isFinite(new Date(atMs + 1e11).getTime()))
      throw new Refusal(400, "The clock cannot show that time.");
    state.offsetMs = atMs - realNow();
    if (state.frozenAt !== null) state.frozenAt = Math.floor(atMs);
  };
  return {
    now,
    set(setting) {
      const before = now();
      if (setting.offsetMs !== undefined) jumpTo(realNow() + setting.offsetMs);
      if (setting.now !== undefined) jumpTo(setting.now);
      if (setting.advanceMs !== undefined) jumpTo(now() + setting.advanceMs);
      if (setting.frozen === true) state.frozenAt = now();
      if (setting.frozen === false && state.frozenAt !== null) {
        state.offsetMs = state.frozenAt - realNow();
        state.frozenAt = null;
      }
      return { wentBackMs: Math.max(0, before - now()) };
    },
  };
}
