/** What chance decides in one run. Every decision reads one number of a tape, so that a run can be repeated and shrunk. */
export type Dice = {
  /** Whether something of this likelihood (in ten thousand) happens. */
  hits(share: number): boolean;
  between(min: number, max: number): number;
  /** One of several rare things by likelihood, or the usual one. */
  pick<T>(usual: T, rare: readonly (readonly [T, number])[]): T;
};

/** One number of the tape lies in 0 … 9,999; 0 and the tape's end always mean that nothing goes wrong. */
export const sides = 10_000;

/** Reads a tape from its beginning. */
export function makeDice(tape: readonly number[]): Dice {
  let at = 0;
  const draw = () => tape[at++] ?? 0;
  return {
    hits: (share) => sides - draw() <= share,
    between: (min, max) => min + Math.floor(((max - min + 1) * draw()) / sides),
    pick(usual, rare) {
      let rest = sides - draw();
      for (const [one, share] of rare) {
        if (rest <= share) return one;
        rest -= share;
      }
      return usual;
    },
  };
}
