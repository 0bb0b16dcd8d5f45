/** A process of the model: each `yield` is a point where time passes, others act and the process may die. */
export type Steps<T = void> = Generator<number | "idle", T, undefined>;

/** What can strike a process at each of its steps. */
export type Life = { isStruck(): boolean; onDeath(): void };

type Waiting = { at: number | null; readonly run: () => void };

/** How often an idle process looks for work, in ms. */
const tickMs = 150;

/** Far more steps than any run needs. */
const stepsMax = 100_000;

export type Scheduler = ReturnType<typeof makeScheduler>;

/**
 * Virtual time: nothing waits, the clock jumps to whatever comes next. A process yields the ms it waits, or "idle" to be woken
 * when `idleUntil` says that there is work. Whoever asked first comes first, so one schedule has one outcome.
 */
export function makeScheduler(startMs: number, idleUntil: () => number) {
  const queue: Waiting[] = [];
  let now = startMs;
  let steps = 0;

  function resume(steps: Steps, life: Life | null, wasIdle: boolean): void {
    if (life && !wasIdle && life.isStruck()) {
      life.onDeath();
      return;
    }
    const { value, done } = steps.next();
    if (done) return;
    const isIdle = value === "idle";
    queue.push({ at: isIdle ? null : now + value, run: () => resume(steps, life, isIdle) });
  }

  function next(): { at: number; index: number } | null {
    const idleAt = Math.max(now + tickMs, idleUntil());
    let best: { at: number; index: number } | null = null;
    for (let index = 0; index < queue.length; index += 1) {
      const at = Math.max(now, queue[index]?.at ?? idleAt);
      if (best === null || at < best.at) best = { at, index };
    }
    return best;
  }

  return {
    now: () => now,
    after(ms: number, run: () => void): void {
      queue.push({ at: now + ms, run });
    },
    start(steps: Steps, life: Life | null = null): void {
      resume(steps, life, true);
    },
    /** Lets everything happen that comes until `end`. */
    runTo(end: number): void {
      for (let first = next(); first && first.at <= end; first = next()) {
        if (++steps > stepsMax) throw new Error("the run goes in circles");
        now = first.at;
        queue.splice(first.index, 1)[0]?.run();
      }
      now = Math.max(now, end);
    },
  };
}
