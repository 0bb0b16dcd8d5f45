import { askAgainAfterMs } from "#lib/domain/recovery/ask-again.ts";
import { type Finding, findingsOf } from "./invariants.ts";
import { startInstance } from "./parts/clerk.ts";
import { cancelOrder, startGuard, startPeople, wish } from "./parts/people.ts";
import { faultsEndMs, type Scenario } from "./scenario.ts";
import { productWiring, type Wiring } from "./wiring.ts";
import { makeWorld, type World } from "./world.ts";

export type Outcome = {
  readonly findings: readonly Finding[];
  /** Operations that waited for a person at some time, and those nobody can ask about. */
  readonly withPerson: number;
  readonly ops: number;
  readonly world: World;
};

const secondInstanceMs = 70;
/** I2 (faults.md): final or with a person this long after the quiet time. */
const afterQuietMs = 10 * 60_000;
const roundsMax = 16;
const guardEndsMs = 10 * 24 * 3_600_000;

/** Runs one scenario from its first minute until everything that can still happen has happened. */
export function runModel(
  scenario: Scenario,
  tape: readonly number[],
  wiring: Wiring = productWiring,
): Outcome {
  const world = makeWorld(scenario, tape, wiring);
  const { scheduler, books } = world;
  const startMs = scheduler.now();
  begin(world);
  const healedAt = startMs + Math.max(faultsEndMs, scenario.queryDownUntilMs);
  scheduler.runTo(healedAt);
  // What staff ask for again and every resend begin a new quiet time; more rounds than this would be a circle.
  for (let round = 0, until = 0; round < roundsMax && deadline(world, healedAt) > until; round += 1) {
    until = deadline(world, healedAt);
    scheduler.runTo(until);
  }
  const openOps = [...books.ops()];
  if (scenario.cancelAtMs !== null) scheduler.runTo(startMs + guardEndsMs);
  return {
    findings: findingsOf(world, openOps),
    withPerson: world.seen.withPerson.size,
    ops: books.ops().length,
    world,
  };
}

/** Two instances, the people, and what happens outside. */
function begin(world: World): void {
  const { scheduler, scenario, gateway } = world;
  startPeople(world);
  startGuard(world);
  startInstance(world, "a");
  scheduler.after(secondInstanceMs, () => startInstance(world, "b"));
  for (const [at, one] of scenario.wishes.entries())
    scheduler.after(one.atMs, () => scheduler.start(wish(world, `wish-${at}`, one)));
  if (scenario.cancelAtMs !== null) scheduler.after(scenario.cancelAtMs, () => cancelOrder(world));
  if (scenario.paysAtMs) scheduler.after(scenario.paysAtMs, () => gateway.pay());
  const { portal } = scenario;
  if (portal) scheduler.after(portal.atMs, () => gateway.refundInPortal(portal.amountMinor));
}

/**
 * When every operation must be final or with a person: the quiet time (after a day, the hour between two questions) and ten
 * minutes after the gateway answers again, the lane's rest is over, it was approved and it was sent for the last time (a resend
 * begins a new quiet time).
 */
function deadline({ books, lane, wiring }: World, healedAt: number): number {
  const dues = books.ops().map((op) => {
    const from = Math.max(healedAt, lane.breakerUntil(), op.createdAt, op.lastSentAt ?? 0);
    return from + Math.max(wiring.quietTimeMs, askAgainAfterMs(op.askCount)) + afterQuietMs;
  });
  return Math.max(0, ...dues);
}
