import { limits } from "#lib/domain/limits.ts";
import { attemptsMax } from "#lib/domain/recovery/resend.ts";
import type { OpRow } from "./parts/books.ts";
import type { World } from "./world.ts";

/** What must hold after every run (faults.md I1 to I5, and the rules they rest on). */
export const invariants = [
  "I1 paid twice",
  "I1 two live operations",
  "I2 lost",
  "I2 open after healing",
  "I3 wrong final",
  "I5 audit",
  "number sent twice",
  "written after the gate",
  "the clerk broke a guard",
  "paid after cancel unseen",
] as const;
export type Invariant = (typeof invariants)[number];
export type Finding = { readonly invariant: Invariant; readonly text: string };

/** How much later than the gate's own limit a byte may leave: the way to the database, in ms. */
const gateSlackMs = 1_000;

function paidTwice({ gateway, scenario }: World): string | null {
  const effects = gateway.effects();
  const sum = effects.reduce((total, one) => total + one.amountMinor, 0);
  if (sum > scenario.paidMinor) return `${sum} went back of ${scenario.paidMinor}`;
  const numbers = effects.map((one) => one.no);
  const twice = numbers.find((no, at) => numbers.indexOf(no) !== at);
  return twice ? `${twice} took effect twice` : null;
}

function wrongFinal({ gateway }: World, op: OpRow): boolean {
  const effects = gateway.effects();
  const isBack = effects.some((one) => one.no === op.merchantNo);
  if (op.state === "FAILED") return isBack;
  if (op.state !== "SUCCEEDED") return false;
  if (op.kind === "CANCEL") return !isBack && !gateway.isClosed();
  return !isBack && !effects.some((one) => one.by === "portal");
}

/** Where the gateway never says "paid" again, an approved refund that never left stays in sight of people. */
const isInSight = ({ scenario }: World) => scenario.profile === "D" && scenario.isUnsure;

function isLost(world: World, op: OpRow | undefined): boolean {
  if (!op || op.state === "SENDING") return true;
  return op.state === "READY" && !isInSight(world);
}

const isOpen = (op: OpRow) => op.state === "UNKNOWN" || op.state === "PENDING";

function sentTooOften({ seen, scenario }: World): string | null {
  const counts = new Map<string, number>();
  for (const { no, writtenAt } of seen.claims) {
    if (writtenAt !== null) counts.set(no, (counts.get(no) ?? 0) + 1);
  }
  const max = scenario.canResend ? attemptsMax : 1;
  const over = [...counts].find(([, count]) => count > max);
  return over ? `${over[0]} was written ${over[1]} times` : null;
}

function lateWrite({ seen }: World): string | null {
  const late = seen.claims.find(
    ({ at, writtenAt }) => writtenAt !== null && writtenAt - at > limits.writeGateMs + gateSlackMs,
  );
  return late
    ? `${late.no} was written ${((late.writtenAt ?? 0) - late.at) / 1_000} s after its claim`
    : null;
}

function auditGap({ books, seen }: World): string | null {
  const told = books.audit().map(({ opId, to }) => `${opId} ${to}`);
  const moved = seen.transitions.filter((one) => one.from !== null).map(({ op }) => `${op.id} ${op.state}`);
  return told.join() === moved.join() ? null : `moved ${moved.join()}, told ${told.join()}`;
}

function unseenPayment(world: World): string | null {
  const { books, gateway, seen } = world;
  const isCancelled = books.ops().some((op) => op.kind === "CANCEL" && op.state === "SUCCEEDED");
  const isKnown = books.ops().some((op) => op.kind === "REFUND") || gateway.effects().length > 0;
  const isOurs = isCancelled && gateway.isPaid() && !isKnown && !isInSight(world);
  return isOurs && seen.incidents.length !== 1 ? `${seen.incidents.length} incidents` : null;
}

/** What does not hold at the end of a run. */
export function findingsOf(world: World, openOps: readonly OpRow[]): readonly Finding[] {
  const { books, seen } = world;
  const ops = books.ops();
  const lost = seen.approvals.find((id) =>
    isLost(
      world,
      ops.find((op) => op.id === id),
    ),
  );
  const wrong = ops.find((op) => wrongFinal(world, op));
  const open = openOps.find(isOpen);
  const texts: Record<Invariant, string | null> = {
    "I1 paid twice": paidTwice(world),
    "I1 two live operations": seen.rivals[0] ?? null,
    "I2 lost": lost ? `${lost} was approved and never settled` : null,
    "I2 open after healing": open ? `${open.id} is ${open.state} (${open.why})` : null,
    "I3 wrong final": wrong ? `${wrong.id} is ${wrong.state} (${wrong.why})` : null,
    "I5 audit": auditGap(world),
    "number sent twice": sentTooOften(world),
    "written after the gate": lateWrite(world),
    "the clerk broke a guard": seen.refusals[0] ?? null,
    "paid after cancel unseen": unseenPayment(world),
  };
  return invariants.flatMap((invariant) => {
    const text = texts[invariant];
    return text === null ? [] : [{ invariant, text }];
  });
}
