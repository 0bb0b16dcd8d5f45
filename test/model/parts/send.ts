import { limits } from "#lib/domain/limits.ts";
import { preflightFreshMs } from "#lib/domain/recovery/claim.ts";
import type { SendAnswer } from "#lib/domain/recovery/send-answer.ts";
import type { World } from "../world.ts";
import { putOffPreflight } from "./ask.ts";
import type { OpRow } from "./books.ts";
import { claimFacts, nowOf } from "./facts.ts";
import type { LaneUse, Slot } from "./lane.ts";
import type { Steps } from "./scheduler.ts";
import { CommitLost, commit, type Instance } from "./step.ts";

type Claim = { readonly op: OpRow; readonly fence: number; readonly log: { writtenAt: number | null } };
type Sender = { readonly world: World; readonly me: Instance; readonly slot: Slot };

/** When an operation that provably never left is tried again, and how soon a lost commit is repeated, in ms. */
const sendAgainMs = 5_000;
const repeatMs = 1_000;

/** Sends one operation in a slot of the lane, as lib/use-cases/send-op.ts does. */
export function* sendOp(sender: Sender, opId: string): Steps {
  const { world, me, slot } = sender;
  const stale = world.wiring.hasFence ? null : world.books.op(opId);
  if (stale) yield* pause(world);
  const claim = yield* claimed(sender, () => claimOp(world, me, stale ?? world.books.op(opId)));
  if (!claim) return world.lane.give(slot, "unused");
  if (!world.wiring.writesAhead) return yield* sendFirst(sender, claim);
  const answer = yield* callOut(sender, claim);
  world.lane.give(slot, laneAfter(answer));
  yield* keepTrying(world, () => writeAnswer(world, claim, answer));
}

function* claimed(sender: Sender, decide: () => Claim | null): Steps<Claim | null> {
  if (!sender.world.wiring.writesAhead) return decide();
  try {
    return yield* commit(sender.world, decide);
  } catch (error) {
    sender.world.lane.give(sender.slot, "unused");
    throw error;
  }
}

/** Planted: the bytes leave before the claim is written. */
function* sendFirst(sender: Sender, claim: Claim): Steps {
  const { world, me, slot } = sender;
  const answer = yield* callOut(sender, claim);
  world.lane.give(slot, laneAfter(answer));
  yield* keepTrying(world, () => {
    const op = world.books.op(claim.op.id);
    if (op.state === claim.op.state && op.fence === claim.op.fence)
      writeAnswer(world, { ...claim, ...writeClaim(world, me, op) }, answer);
  });
}

function claimOp(world: World, me: Instance, op: OpRow): Claim | null {
  const { books } = world;
  const plan = world.wiring.decideClaim(claimFacts(world, op), world.capabilities, nowOf(world));
  const fence = books.op(op.id).fence + 1;
  switch (plan.act) {
    case "send":
      return world.wiring.writesAhead ? writeClaim(world, me, op) : { op, fence, log: noteClaim(world, op) };
    case "fail": {
      const evidenceId = books.addEvidence({ opId: op.id, source: "rule", outcome: plan.why });
      const failed = {
        state: "FAILED",
        why: plan.why,
        evidenceId,
        fence,
        settledAt: world.databaseNow(),
      } as const;
      books.updateOp(op.id, { ...failed, nextAskAt: null });
      books.addAudit(op.id, "FAILED");
      return null;
    }
    case "ask":
      if (op.state === "READY") putOffPreflight(world, op);
      else books.updateOp(op.id, { nextAskAt: world.databaseNow() + preflightFreshMs, fence });
      return null;
    case "wait":
      books.updateOp(op.id, { nextAskAt: plan.until?.getTime() ?? world.databaseNow() + 15_000, fence });
      return null;
    case "leave":
      if (op.resendAt !== null) books.updateOp(op.id, { resendAt: null, fence });
      return null;
  }
}

function noteClaim(world: World, op: OpRow): Claim["log"] {
  const log = { no: op.merchantNo, at: world.scheduler.now(), writtenAt: null };
  world.seen.claims.push(log);
  return log;
}

/** Commit 1: the intent. An overtaken worker finds another state or fence and writes nothing. */
function writeClaim(world: World, me: Instance, seen: OpRow): Claim {
  const { books } = world;
  const now = world.databaseNow();
  const current = books.op(seen.id);
  if (current.state !== seen.state || current.fence !== seen.fence) {
    if (world.wiring.hasFence) throw new CommitLost("somebody else moved the operation");
  }
  const fence = current.fence + 1;
  books.updateOp(seen.id, {
    state: "SENDING",
    fence,
    leaseOwner: me.id,
    leaseUntil: now + limits.sendLeaseMs,
    lastSentAt: now,
    quietUntil: now + world.wiring.quietTimeMs,
    negativeReadings: 0,
    resendAt: null,
    nextAskAt: null,
  });
  books.addAttempt({ opId: seen.id, digest: seen.merchantNo });
  if (current.state !== "SENDING") books.addAudit(seen.id, "SENDING");
  return { op: seen, fence, log: noteClaim(world, seen) };
}

/** A process stands still for a while in 3 of 100 cases; half the time its machine sleeps and the steady clock with it. */
function* pause(world: World): Steps<{ readonly sleptMs: number }> {
  if (world.isHealed() || !world.dice.hits(300)) return { sleptMs: 0 };
  const ms = world.dice.between(10_000, 400_000);
  const isAsleep = world.dice.hits(5_000);
  yield ms;
  return { sleptMs: isAsleep ? ms : 0 };
}

function* callOut({ world, me, slot }: Sender, claim: Claim): Steps<SendAnswer> {
  const { scheduler, books, wiring } = world;
  const wall = world.wallNow();
  const began = scheduler.now();
  const { sleptMs } = yield* pause(world);
  const wallMs = world.wallNow() - wall;
  const steadyMs = scheduler.now() - began - sleptMs;
  const isInTime = wallMs >= -1_000 && wallMs < limits.writeGateMs && steadyMs < limits.writeGateMs;
  const op = books.op(claim.op.id);
  const isLeased = op.leaseOwner === me.id && (op.leaseUntil ?? 0) > world.databaseNow();
  const isOurs = !wiring.hasFence || (op.state === "SENDING" && op.fence === claim.fence && isLeased);
  const mayWrite = isInTime && world.lane.holds(slot) && (isOurs || !wiring.writesAhead);
  if (wiring.hasGate && !mayWrite) return { outcome: "not-sent", why: "gate-closed" };
  const kind = claim.op.kind === "REFUND" ? "refund" : "cancel";
  const call = world.network.send({ kind, no: claim.op.merchantNo, amountMinor: claim.op.amountMinor });
  if (call.hasLeft) claim.log.writtenAt = scheduler.now();
  yield call.waitMs;
  return call.read();
}

function laneAfter(answer: SendAnswer): LaneUse {
  if (answer.outcome === "done" || answer.outcome === "declined") return "answered";
  if (answer.outcome === "unknown") return answer.why === "gateway-pending" ? "answered" : "trouble";
  return answer.outcome === "not-sent" && answer.why === "gate-closed" ? "unused" : "trouble";
}

/** Commit 2, again and again as long as the process lives; never the send. */
function* keepTrying(world: World, work: () => void): Steps {
  for (;;) {
    try {
      return yield* commit(world, work);
    } catch (error) {
      if (!(error instanceof CommitLost)) throw error;
      yield repeatMs;
    }
  }
}

function writeAnswer(world: World, { op, fence }: Claim, answer: SendAnswer): void {
  const { books, wiring } = world;
  const now = world.databaseNow();
  const current = books.op(op.id);
  const key = `answer ${op.id} ${fence}`;
  const evidenceId = books.addEvidence({ opId: op.id, source: "send", outcome: answer.outcome, key });
  const isOurs = current.state === "SENDING" && current.fence === fence;
  if (wiring.hasFence ? !isOurs : current.state !== "SENDING") return;
  const { to, why } = wiring.stateAfterSend(answer);
  const isFinal = to === "SUCCEEDED";
  const moved = books.updateOp(op.id, {
    state: to,
    why,
    fence: current.fence + 1,
    leaseOwner: null,
    leaseUntil: null,
    evidenceId,
    // A success is confirmed by one query of its own.
    nextAskAt: now + (to === "READY" ? sendAgainMs : 0),
    askCount: 0,
    settledAt: isFinal ? now : null,
  });
  books.addAudit(op.id, to);
  if (isFinal && op.kind === "CANCEL") books.setOrder({ cancelledAt: now });
  if (!wiring.failsAtOnce(answer)) return;
  books.updateOp(op.id, { state: "FAILED", fence: moved.fence + 1, nextAskAt: null, settledAt: now });
  books.addAudit(op.id, "FAILED");
}
