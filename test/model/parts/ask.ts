import { isLive, isOpenOutcome } from "#lib/domain/money-op.ts";
import { askAgainAfterMs } from "#lib/domain/recovery/ask-again.ts";
import { preflightFreshMs } from "#lib/domain/recovery/claim.ts";
import { confirmSuccess } from "#lib/domain/recovery/confirm.ts";
import type { World } from "../world.ts";
import type { OpRow } from "./books.ts";
import { canReadSums, nowOf, openOp } from "./facts.ts";
import type { Slot } from "./lane.ts";
import type { QueryAnswer } from "./network.ts";
import type { Steps } from "./scheduler.ts";
import { commit } from "./step.ts";

/** Asks about the order in a slot of the lane and writes down what was seen. */
export function* ask(world: World, slot: Slot, opId: string | null): Steps {
  const live = world.books.ops().find((op) => (opId === null ? isLive(op.state) : op.id === opId));
  const call = world.network.query(live?.merchantNo ?? null);
  yield call.waitMs;
  const answer = call.read();
  world.lane.give(slot, answer.how);
  yield* commit(world, () => recordQuery(world, live?.id ?? null, answer));
}

function recordQuery(world: World, opId: string | null, { seen }: QueryAnswer): void {
  const { books } = world;
  const now = world.databaseNow();
  if (seen) {
    const isPaid = seen.state === "paid" || seen.state.startsWith("refund");
    const { paidMinor } = books.order();
    books.setOrder({
      gatewayState: seen.state,
      asOfAt: now,
      paidMinor: isPaid && paidMinor === 0 ? world.scenario.paidMinor : paidMinor,
    });
  }
  const live = books.ops().find((op) => op.id === opId);
  if (live && isOpenOutcome(live.state)) moveSent(world, live.id, seen?.reading ?? null);
  confirm(world, seen);
  planPreflight(world, seen);
}

/** As lib/use-cases/find-out/plan-preflight.ts does. */
function planPreflight(world: World, seen: QueryAnswer["seen"]): void {
  const now = world.databaseNow();
  const op = world.books.ops().find(({ state }) => state === "READY");
  if (!op) return;
  const isDue = op.nextAskAt === null || op.nextAskAt <= now;
  if (seen === null && isDue) putOffPreflight(world, op);
  if (seen === null || seen.state === "unsure" || isDue || op.askCount === 0) return;
  world.books.updateOp(op.id, { nextAskAt: now, fence: op.fence + 1 });
}

/** The next look of an operation whose last one decided nothing. */
export function putOffPreflight(world: World, op: OpRow): void {
  const now = world.databaseNow();
  const askCount = op.askCount + 1;
  const nextAskAt = now + askAgainAfterMs(askCount);
  world.books.updateOp(op.id, { askCount, lastAskedAt: now, nextAskAt, fence: op.fence + 1 });
}

function moveSent(world: World, opId: string, reading: Parameters<typeof openOp>[2]): void {
  const { books } = world;
  const op = books.op(opId);
  const at = {
    now: nowOf(world),
    quietTimeMs: world.wiring.quietTimeMs,
    canReadSums: canReadSums(world.capabilities),
    freshMs: preflightFreshMs,
  };
  const evidenceId = books.addEvidence({ opId, source: "query", outcome: reading ? "done" : "unknown" });
  const step = world.wiring.stepAfterReading(openOp(world, op, reading), reading, at);
  const now = world.databaseNow();
  const isFinal = step.move?.to === "SUCCEEDED" || step.move?.to === "FAILED";
  books.updateOp(opId, {
    ...(step.move ? { state: step.move.to, why: step.move.why, evidenceId } : {}),
    fence: op.fence + 1,
    askCount: step.askCount,
    negativeReadings: step.negativeReadings,
    resendAt: step.isToBeResent ? now : null,
    nextAskAt: step.nextAskAfterMs === null ? null : now + step.nextAskAfterMs,
    settledAt: isFinal ? now : null,
    confirmedAt: step.move?.to === "SUCCEEDED" ? now : null,
  });
  if (!step.move) return;
  books.addAudit(opId, step.move.to);
  if (step.move.to === "SUCCEEDED" && op.kind === "CANCEL") books.setOrder({ cancelledAt: now });
}

/** Every success that no query has agreed with yet is held against what was seen (money.md 2.5). */
function confirm(world: World, seen: QueryAnswer["seen"]): void {
  const { books } = world;
  const now = world.databaseNow();
  for (const op of books.ops()) {
    if (op.state !== "SUCCEEDED" || op.confirmedAt !== null || op.nextAskAt === null) continue;
    const settled = { kind: op.kind, settledAt: new Date(op.settledAt ?? 0) };
    const isConfirmed = seen !== null && confirmSuccess(settled, seen.state, nowOf(world)) === "confirmed";
    const askCount = op.askCount + 1;
    const asked = { fence: op.fence + 1, askCount };
    if (isConfirmed) books.updateOp(op.id, { ...asked, confirmedAt: now, nextAskAt: null });
    else books.updateOp(op.id, { ...asked, nextAskAt: now + askAgainAfterMs(askCount) });
  }
}
