import { limits } from "#lib/domain/limits.ts";
import { isOpenOutcome } from "#lib/domain/money-op.ts";
import { preflightFreshMs } from "#lib/domain/recovery/claim.ts";
import type { World } from "../world.ts";
import { ask } from "./ask.ts";
import { type OpRow, Refused } from "./books.ts";
import { nowOf } from "./facts.ts";
import type { Steps } from "./scheduler.ts";
import { sendOp } from "./send.ts";
import { CommitLost, commit, type Instance } from "./step.ts";

type Job = { readonly act: "send" | "ask"; readonly opId: string | null };

/** One step of a process dies in 5 of 100 cases; a supervisor starts it again within so long, in ms. */
const deathShare = 500;
const restartMs = [1_000, 20_000] as const;

/** One instance's clerk, started again whenever it dies, until the faults are over. */
export function startInstance(world: World, name: string): void {
  let lives = 0;
  const live = () => {
    lives += 1;
    const me = { id: `${name}${lives}` };
    world.scheduler.start(clerk(world, me), {
      isStruck: () => !world.isHealed() && world.dice.hits(deathShare),
      onDeath: () => world.scheduler.after(world.dice.between(...restartMs), live),
    });
  };
  live();
}

function* clerk(world: World, me: Instance): Steps {
  for (;;) {
    try {
      yield* sweep(world);
      const isBusy = yield* workOnce(world, me);
      if (!isBusy) yield "idle";
    } catch (error) {
      if (!(error instanceof CommitLost || error instanceof Refused)) throw error;
      yield "idle";
    }
  }
}

/** The next piece of work, as lib/use-cases/clerk.ts chooses it: sends, then resends, then open outcomes and proofs. */
function nextJob(world: World): Job | null {
  const now = world.databaseNow();
  const asOfAt = world.books.order().asOfAt ?? 0;
  const isFresh = asOfAt > now - preflightFreshMs;
  const due = world.books.ops().filter((op) => op.nextAskAt !== null && op.nextAskAt <= now);
  const ready = due.find((op) => op.state === "READY");
  const readyFrom = Math.max(ready?.createdAt ?? 0, ready?.lastAskedAt ?? 0);
  if (ready) return { act: isFresh && asOfAt > readyFrom ? "send" : "ask", opId: ready.id };
  const again = due.find((op) => op.state === "UNKNOWN" && op.resendAt !== null);
  const isAfterQuiet = !world.wiring.waitsToResend || asOfAt > (again?.quietUntil ?? 0);
  if (again) return { act: isFresh && isAfterQuiet ? "send" : "ask", opId: again.id };
  const isAsked = (op: OpRow) =>
    isOpenOutcome(op.state) || (op.state === "SUCCEEDED" && op.confirmedAt === null);
  const open = due.find(isAsked);
  return open ? { act: "ask", opId: open.id } : null;
}

function* workOnce(world: World, me: Instance): Steps<boolean> {
  const job = nextJob(world);
  if (!job) return false;
  const ttlMs = job.act === "send" ? limits.laneSendTtlMs : limits.laneQueryTtlMs;
  const slot = world.lane.take(me.id, ttlMs);
  if (!slot) return false;
  yield 1;
  if (job.act === "send" && job.opId) yield* sendOp({ world, me, slot }, job.opId);
  else yield* ask(world, slot, job.opId);
  return true;
}

/** Takes over operations whose sender is gone. */
function* sweep(world: World): Steps {
  const { books, wiring } = world;
  const isDead = (op: OpRow) => wiring.takeOver(rowOf(op), nowOf(world)) !== null;
  const isOverdue = (op: OpRow) =>
    (op.state === "UNKNOWN" || op.state === "PENDING") &&
    world.databaseNow() - op.createdAt > wiring.failsAfterMs;
  if (!books.ops().some((op) => isDead(op) || isOverdue(op))) return;
  yield* commit(world, () => {
    for (const op of books.ops()) takeOverOne(world, op);
    for (const op of books.ops().filter(isOverdue)) failOverdue(world, op);
  });
}

const rowOf = (op: OpRow) => ({
  state: op.state,
  leaseUntil: op.leaseUntil === null ? null : new Date(op.leaseUntil),
});

function takeOverOne(world: World, op: OpRow): void {
  const move = world.wiring.takeOver(rowOf(op), nowOf(world));
  if (!move) return;
  world.books.updateOp(op.id, {
    state: move.to,
    why: move.why,
    fence: op.fence + 1,
    leaseOwner: null,
    leaseUntil: null,
    nextAskAt: world.databaseNow(),
  });
  world.books.addAudit(op.id, move.to);
}

/** Planted: a job that calls an old open outcome failed. */
function failOverdue(world: World, op: OpRow): void {
  const evidenceId = world.books.addEvidence({ opId: op.id, source: "rule", outcome: "too old" });
  world.books.updateOp(op.id, { state: "FAILED", fence: op.fence + 1, evidenceId, nextAskAt: null });
  world.books.addAudit(op.id, "FAILED");
}
