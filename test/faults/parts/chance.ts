/** Dice that fall the same for the same seed (mulberry32). */
export type Chance = {
  below(limit: number): number;
  hits(share: number): boolean;
  oneOf<T>(things: readonly T[]): T;
};

export function makeChance(seed: number): Chance {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    hits: (share) => next() < share,
    oneOf(things) {
      const thing = things[below(things.length)];
      if (thing === undefined) throw new Error("nothing to choose from");
      return thing;
    },
  };
}

/** What a gateway may make of a send: the money moves or not, and the answer says little or nothing of it. */
export const spoilt = [
  { kind: "lost-before-effect" },
  { kind: "lost-after-effect" },
  { kind: "http-status", status: 500, effect: true },
  { kind: "http-status", status: 502 },
  { kind: "empty" },
  { kind: "garbage" },
  { kind: "truncated" },
  { kind: "bare-code" },
  { kind: "wrong-echo" },
  { kind: "missing-code" },
  { kind: "redirect", effect: true },
  { kind: "code", code: "9998" },
  { kind: "code", code: "9998", effect: true },
  { kind: "code", code: "7110" },
  { kind: "pending-then-success", delayMs: 50 },
  { kind: "delay", delayMs: 200, when: "before-effect" },
] as const;

/** And of a question. */
export const spoiltQueries = [
  { kind: "lost-before-effect", times: 2 },
  { kind: "http-status", status: 503, times: 2 },
  { kind: "garbage" },
  { kind: "wrong-echo" },
  { kind: "delay", delayMs: 150 },
] as const;
