import { mayCancel } from "#lib/domain/cancel.ts";
import { guardSchedule, isPaidAfterCancel } from "#lib/domain/recovery/guard.ts";
import { mayDecide } from "#lib/domain/recovery/settle-by-hand.ts";
import { changesSince, mayRequestRefund, type RequestSnapshot, sumMoney } from "#lib/domain/refund.ts";
import type { Wish } from "../scenario.ts";
import type { World } from "../world.ts";
import { type OpRow, Refused } from "./books.ts";
import { moneyOf, nowOf } from "./facts.ts";
import type { Steps } from "./scheduler.ts";

/** Staff who were told "may be asked again" do so at most so often. */
const asksMax = 3;

function snapshotOf(world: World, ownMinor: number): RequestSnapshot {
  const money = moneyOf(world);
  const { paidMinor, remainingMinor } = sumMoney(money);
  return { gatewayState: money.gatewayState, paidMinor, remainingMinor: remainingMinor + ownMinor };
}

/** What a person does may be refused by the rule or by the books; both are an answer on the screen. */
function attempt(world: World, work: () => boolean): boolean {
  try {
    return world.write(work);
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}

/** The cashier's form, then the manager's dialog. */
export function* wish(world: World, id: string, { formMs, managerMs, dialogMs, amountMinor }: Wish): Steps {
  openPage(world);
  const atForm = moneyOf(world);
  yield formMs;
  const isAsked = attempt(world, () => {
    const money = world.wiring.locksSum ? moneyOf(world) : atForm;
    if (!mayRequestRefund(money, amountMinor, world.capabilities).ok) return false;
    world.books.insertRequest({ id, amountMinor, status: "REQUESTED" });
    return true;
  });
  if (!isAsked) return;
  yield managerMs;
  yield* approve(world, id, { amountMinor, dialogMs });
}

function* approve(world: World, id: string, at: { amountMinor: number; dialogMs: number }): Steps {
  const screen = moneyOf(world);
  const seen = snapshotOf(world, at.amountMinor);
  yield at.dialogMs;
  // Two managers press at nearly the same time; the second finds the request decided.
  for (let press = 0; press < 2; press += 1) {
    attempt(world, () => decide(world, id, { ...at, seen, screen }));
    yield 300;
  }
}

type Dialog = { amountMinor: number; seen: RequestSnapshot; screen: ReturnType<typeof moneyOf> };

function decide(world: World, id: string, { amountMinor, seen, screen }: Dialog): boolean {
  const { books, wiring } = world;
  if (books.requests().find((one) => one.id === id)?.status !== "REQUESTED") return false;
  const money = wiring.locksSum ? moneyOf(world) : screen;
  if (wiring.locksSum && changesSince(seen, snapshotOf(world, amountMinor)).length > 0) return false;
  const waiting = money.waitingMinor.reduce((sum, one) => sum + one, 0);
  const others = { ...money, waitingMinor: wiring.locksSum ? [waiting - amountMinor] : [] };
  if (!mayRequestRefund(others, amountMinor, world.capabilities).ok) return false;
  books.decideRequest(id, "APPROVED");
  const op = newOp(world, "REFUND", amountMinor);
  books.insertOp(op);
  world.seen.approvals.push(op.id);
  return true;
}

function newOp(world: World, kind: OpRow["kind"], amountMinor: number): OpRow {
  const now = world.databaseNow();
  const no = world.number();
  return {
    id: no,
    kind,
    amountMinor,
    merchantNo: no,
    state: "READY",
    fence: 0,
    leaseOwner: null,
    leaseUntil: null,
    evidenceId: null,
    why: null,
    createdAt: now,
    lastSentAt: null,
    quietUntil: null,
    resendAt: null,
    nextAskAt: now,
    askCount: 0,
    lastAskedAt: null,
    negativeReadings: 0,
    settledAt: null,
    confirmedAt: null,
  };
}

/** The cashier presses "cancel order". */
export function cancelOrder(world: World): void {
  attempt(world, () => {
    const { gatewayState, ops } = moneyOf(world, "CANCEL");
    const facts = { gatewayState, isKnown: true, madeAt: new Date(world.books.order().madeAt), ops };
    if (!mayCancel(facts, world.capabilities, { now: nowOf(world), by: "send" }).ok) return false;
    const op = newOp(world, "CANCEL", 0);
    world.books.insertOp(op);
    world.seen.approvals.push(op.id);
    return true;
  });
}

/** Opening the order's page shows what the gateway says now, which is how staff learn that the customer paid. */
function openPage(world: World): void {
  const { seen } = world.network.query(null).read();
  if (!seen) return;
  const paidMinor = seen.state === "paid" ? world.scenario.paidMinor : world.books.order().paidMinor;
  world.write(() =>
    world.books.setOrder({ gatewayState: seen.state, paidMinor, asOfAt: world.databaseNow() }),
  );
}

/** Staff ask again for what failed, and two people settle what waits for a person, after the quiet time and by the portal's word. */
export function startPeople(world: World): void {
  let asks = 0;
  world.onMove(({ op }) => {
    if (op.state === "NEEDS_PERSON") {
      world.seen.withPerson.add(op.id);
      world.scheduler.start(settleByHand(world, op.id));
    }
    if (op.state !== "FAILED" || op.kind !== "REFUND" || asks >= asksMax) return;
    asks += 1;
    const again = { formMs: 5_000, managerMs: 5_000, dialogMs: 3_000, amountMinor: op.amountMinor };
    world.scheduler.after(world.scenario.askAgainMs, () =>
      world.scheduler.start(wish(world, `again-${op.id}`, { ...again, atMs: 0 })),
    );
  });
}

function* settleByHand(world: World, opId: string): Steps {
  const { books, wiring } = world;
  yield wiring.takesTime ? world.scenario.personMs : 1_000;
  const two = { proposedPerson: "manager", personId: "owner" };
  const refusal = () => {
    const { state, lastSentAt } = books.op(opId);
    const at = { now: nowOf(world), quietTimeMs: wiring.quietTimeMs };
    return mayDecide({ state, lastSentAt: new Date(lastSentAt ?? 0) }, two, at);
  };
  while (refusal() === "tooEarly") yield 60_000;
  const seen = world.gateway.effects();
  attempt(world, () => {
    const op = books.op(opId);
    if (refusal() !== null) return false;
    const isBack = seen.some((one) => one.no === op.merchantNo || one.by === "portal");
    const state = isBack ? "SUCCEEDED" : "FAILED";
    const evidenceId = books.addEvidence({ opId, source: "person", outcome: state });
    const settledAt = world.databaseNow();
    books.updateOp(opId, {
      state,
      why: "person",
      evidenceId,
      fence: op.fence + 1,
      nextAskAt: null,
      settledAt,
    });
    books.addAudit(opId, state);
    return true;
  });
}

/** Every cancelled order is looked at on the guard's schedule; money that arrives opens one incident. */
export function startGuard(world: World): void {
  world.onMove(({ op }) => {
    if (op.kind !== "CANCEL" || op.state !== "SUCCEEDED") return;
    for (const look of guardSchedule(nowOf(world))) {
      world.scheduler.after(look.getTime() - world.databaseNow(), () => lookForMoney(world));
    }
  });
}

function lookForMoney(world: World): void {
  const { seen, network, scenario } = world;
  const answer = network.query(null).read().seen;
  if (!answer || seen.incidents.length > 0) return;
  const { returnedMinor } = sumMoney(moneyOf(world));
  const facts = {
    isCancelled: true,
    gatewayState: answer.state,
    paidMinor: scenario.paidMinor,
    returnedMinor,
  };
  if (isPaidAfterCancel(facts)) seen.incidents.push(world.scheduler.now());
}
