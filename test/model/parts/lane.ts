import { limits } from "#lib/domain/limits.ts";

/** A slot of the lane: one request may be in flight until it is given back. */
export type Slot = { readonly holder: string; readonly fence: number };
export type LaneUse = "answered" | "trouble" | "unused";

/** Rests after trouble in a row, in ms (money.md 3.5). */
const breakerMs = [60_000, 120_000, 300_000, 900_000, 1_800_000] as const;
const troubleBeforeBreaker = 3;

export type Lane = ReturnType<typeof makeLane>;

/** The account's lane as lib/db/lane.ts keeps it, in memory. */
export function makeLane(clock: () => number) {
  let holder: string | null = null;
  let holderUntil = 0;
  let fence = 0;
  let nextFreeAt = 0;
  let breakerUntil = 0;
  let trouble = 0;
  const isOurs = (slot: Slot) => slot.holder === holder && slot.fence === fence;

  return {
    take(me: string, ttlMs: number): Slot | null {
      const now = clock();
      if (now < nextFreeAt || now < breakerUntil) return null;
      if (holder !== null && now <= holderUntil + limits.laneGapMs) return null;
      holder = me;
      holderUntil = now + ttlMs;
      fence += 1;
      return { holder: me, fence };
    },
    holds: (slot: Slot) => isOurs(slot) && clock() < holderUntil,
    give(slot: Slot, how: LaneUse): void {
      if (!isOurs(slot)) return;
      holder = null;
      nextFreeAt = clock() + (how === "unused" ? 0 : limits.laneGapMs);
      if (how === "answered") trouble = 0;
      if (how !== "trouble") return;
      trouble += 1;
      if (trouble < troubleBeforeBreaker) return;
      const step = Math.min(trouble - troubleBeforeBreaker, breakerMs.length - 1);
      breakerUntil = clock() + (breakerMs[step] ?? 0);
    },
    /** When somebody may take it at the earliest. */
    freeAt(): number {
      const heldUntil = holder === null ? 0 : holderUntil + limits.laneGapMs + 1;
      return Math.max(nextFreeAt, breakerUntil, heldUntil);
    },
    breakerUntil: () => breakerUntil,
  };
}
