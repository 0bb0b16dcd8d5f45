import type { Capabilities } from "#lib/domain/gateway-facts.ts";
import { isLive } from "#lib/domain/money-op.ts";
import { Books, type Moved } from "./parts/books.ts";
import { type Dice, makeDice } from "./parts/dice.ts";
import { FakeGateway } from "./parts/gateway.ts";
import { type Lane, makeLane } from "./parts/lane.ts";
import { makeNetwork, type Network } from "./parts/network.ts";
import { makeScheduler, type Scheduler } from "./parts/scheduler.ts";
import { faultsEndMs, type Scenario } from "./scenario.ts";
import type { Wiring } from "./wiring.ts";

/** One shop, one order, one account, two instances, one gateway: everything of one run. */
export type World = {
  readonly scenario: Scenario;
  readonly wiring: Wiring;
  readonly capabilities: Capabilities;
  readonly scheduler: Scheduler;
  readonly dice: Dice;
  readonly books: Books;
  readonly lane: Lane;
  readonly gateway: FakeGateway;
  readonly network: Network;
  /** The database's clock, and the wall clock of the applications, in ms. */
  readonly databaseNow: () => number;
  readonly wallNow: () => number;
  readonly isHealed: () => boolean;
  readonly seen: Seen;
  /** One transaction; whoever listens hears which operations moved. */
  write<T>(work: () => T): T;
  onMove(listener: (moved: Moved) => void): void;
  number(): string;
};

/** What is noted besides the books, for the invariants. */
export type Seen = {
  readonly approvals: string[];
  readonly transitions: Moved[];
  readonly claims: { readonly no: string; readonly at: number; writtenAt: number | null }[];
  readonly refusals: string[];
  /** Operations that began while another of the same order could still move money. */
  readonly rivals: string[];
  readonly withPerson: Set<string>;
  readonly incidents: number[];
};

const startMs = Date.UTC(2026, 10, 24, 4);

function capabilitiesOf({ canResend, readsBy, profile }: Scenario, { quietTimeMs }: Wiring): Capabilities {
  return {
    currency: "TWD",
    orderNoLengthMax: 20,
    cancel: { offeredForMs: 14 * 60_000, windowMs: 15 * 60_000, isProvisional: true },
    refund: {
      canPartial: true,
      canQuery: readsBy === "number" && profile !== "D",
      noQueryWallets: [],
      reasonLengthMax: 100,
      cashierLengthMax: 8,
      elsewhereWalletPrefixes: [],
    },
    canListOrders: readsBy === "sum" && profile !== "D",
    quietTimeMs,
    canResend,
  };
}

/** When the clerk has something to do again, by the true clock. */
function workDueAt(books: Books, lane: Lane): number {
  let due = Number.POSITIVE_INFINITY;
  let lease = Number.POSITIVE_INFINITY;
  for (const op of books.ops()) {
    if (op.state === "SENDING") lease = Math.min(lease, (op.leaseUntil ?? 0) + 1);
    else if (op.nextAskAt !== null) due = Math.min(due, op.nextAskAt);
  }
  return Math.min(lease, Math.max(due, lane.freeAt()));
}

/** Makes the parts of a run and puts them together. */
export function makeWorld(scenario: Scenario, tape: readonly number[], wiring: Wiring): World {
  const dice = makeDice(tape);
  const { jump } = scenario;
  const isJumped = () => scheduler.now() >= startMs + jump.atMs;
  const databaseNow = () => scheduler.now() + (isJumped() ? jump.databaseMs : 0);
  const scheduler: Scheduler = makeScheduler(
    startMs,
    () => workDueAt(books, lane) - (isJumped() ? jump.databaseMs : 0),
  );
  const isHealed = () => scheduler.now() >= startMs + Math.max(faultsEndMs, scenario.queryDownUntilMs);
  const books = new Books(
    {
      gatewayState: scenario.paysAtMs === 0 ? "paid" : "waiting",
      paidMinor: scenario.paysAtMs === 0 ? scenario.paidMinor : 0,
      asOfAt: startMs,
      madeAt: startMs,
      cancelledAt: null,
    },
    wiring.rules,
    databaseNow,
  );
  const lane = makeLane(databaseNow);
  const gateway = new FakeGateway(scenario, { scheduler, dice });
  const { seen, ...heard } = listening(books);
  const network = makeNetwork(
    { scheduler, dice, gateway },
    {
      isHealed,
      // An outage begins with the first send, so that there is something to find out.
      isQueryDown: () => seen.claims.length > 0 && scheduler.now() < startMs + scenario.queryDownUntilMs,
      checksEcho: wiring.checksEcho,
    },
  );
  return {
    scenario,
    wiring,
    capabilities: capabilitiesOf(scenario, wiring),
    scheduler,
    dice,
    books,
    lane,
    gateway,
    network,
    databaseNow,
    wallNow: () => scheduler.now() + (isJumped() ? jump.appMs : 0),
    isHealed,
    seen,
    ...heard,
    number: numbers(),
  };
}

function numbers(): () => string {
  let count = 0;
  return () => `R${++count}`;
}

function listening(books: Books): Pick<World, "seen" | "write" | "onMove"> {
  const listeners: ((moved: Moved) => void)[] = [];
  const seen: Seen = {
    approvals: [],
    transitions: [],
    claims: [],
    refusals: [],
    rivals: [],
    withPerson: new Set(),
    incidents: [],
  };
  return {
    seen,
    onMove: (listener) => listeners.push(listener),
    write(work) {
      const { value, moved } = books.transaction(work);
      for (const one of moved) {
        seen.transitions.push(one);
        const isRival = books.ops().some(({ id, state }) => id !== one.op.id && isLive(state));
        if (one.from === null && isRival) seen.rivals.push(`${one.op.id} began beside another`);
        for (const listener of listeners) listener(one);
      }
      return value;
    },
  };
}
