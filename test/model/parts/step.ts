import type { World } from "../world.ts";
import { Refused } from "./books.ts";
import type { Steps } from "./scheduler.ts";

/** One process of the application: another name after every restart. */
export type Instance = { id: string };

/** The database did not take, or did not acknowledge, a commit. */
export class CommitLost extends Error {}

/** Time of one way to the database, in ms. */
const wayMs = 10;
const commitFates = [
  ["refused", 100],
  ["unacknowledged", 100],
] as const;

/**
 * One transaction of a process. It may die on the way there (nothing is written) or on the way back (written, and nobody
 * knows); the database may refuse it, or take it without saying so.
 */
export function* commit<T>(world: World, work: () => T): Steps<T> {
  yield wayMs;
  const fate = world.isHealed() ? "fine" : world.dice.pick("fine", commitFates);
  if (fate === "refused") throw new CommitLost("not taken");
  const value = write(world, work);
  if (fate === "unacknowledged") throw new CommitLost("not acknowledged");
  yield wayMs;
  return value;
}

/** What the books refuse the clerk is a mistake of the clerk: it is noted. */
function write<T>(world: World, work: () => T): T {
  try {
    return world.write(work);
  } catch (error) {
    if (error instanceof Refused) world.seen.refusals.push(error.constraint);
    throw error;
  }
}
