import type { ClaimPlan } from "#lib/domain/recovery/claim.ts";
import { decideClaim } from "#lib/domain/recovery/claim.ts";
import { attemptsMax } from "#lib/domain/recovery/resend.ts";
import { stepAfterReading } from "#lib/domain/recovery/step.ts";
import { takeOver } from "#lib/domain/recovery/takeover.ts";
import type { Reading } from "#lib/domain/settle.ts";
import type { Profile } from "./scenario.ts";
import { productWiring, type Wiring } from "./wiring.ts";

/** A mistake somebody could make, without the guard of the books that would stop it, and the gateway that lets it show. */
export type PlantedBug = {
  readonly name: string;
  readonly profile: Profile;
  readonly canResend: boolean;
  readonly wiring: Wiring;
};

const { rules } = productWiring;
const eager = { ...rules, waitsQuiet: false };
const minuteMs = 60_000;

/** What a careless reader takes for "no refund there". */
function saysNo(reading: Reading | null): boolean {
  if (reading?.by === "order") return reading.state === "paid";
  if (reading?.by === "number") return reading.state === "not-listed";
  return reading?.by === "sum" && reading.isClear && reading.returnedMinor === 0;
}

const stepsSoon =
  (then: "fail" | "resend"): Wiring["stepAfterReading"] =>
  (op, reading, at) => {
    const step = stepAfterReading(op, reading, at);
    if (!saysNo(reading) || op.kind === "CANCEL" || op.state === "NEEDS_PERSON") return step;
    if (then === "resend" && op.attempts >= attemptsMax) return step;
    if (then === "fail") return { ...step, move: { to: "FAILED", why: "seenPaid" }, nextAskAfterMs: null };
    return { ...step, move: null, isToBeResent: op.state === "UNKNOWN", nextAskAfterMs: 0 };
  };

const claimsUnknown: Wiring["decideClaim"] = (facts, ...rest): ClaimPlan =>
  facts.state === "UNKNOWN" && facts.attempts < attemptsMax ? { act: "send" } : decideClaim(facts, ...rest);

/** A bug where no gateway check hides it, unless the changes say otherwise. */
function bug(
  name: string,
  changes: Partial<Wiring>,
  at: Partial<Pick<PlantedBug, "profile" | "canResend">> = {},
): PlantedBug {
  return { name, profile: "D", canResend: false, ...at, wiring: { ...productWiring, ...changes } };
}

/** The nine of money.md 2.14, the four of faults.md F3, and a resend without its proof. */
export const plantedBugs: readonly PlantedBug[] = [
  bug("no send deadline", { hasGate: false }),
  bug("no quiet time, a person answers after 1 min", { quietTimeMs: minuteMs, takesTime: false }),
  bug("no quiet time and no send deadline", {
    quietTimeMs: minuteMs,
    takesTime: false,
    hasGate: false,
  }),
  bug("time-out = failed, staff ask again", {
    rules: eager,
    failsAtOnce: (answer) => answer.outcome === "unknown" && answer.why === "timeout",
  }),
  bug(
    'query "no" = a new number at once',
    { rules: eager, stepAfterReading: stepsSoon("fail") },
    { profile: "B" },
  ),
  bug(
    'query "no" = the same number at once',
    { stepAfterReading: stepsSoon("resend"), decideClaim: claimsUnknown, waitsToResend: false },
    { profile: "C" },
  ),
  bug("an expired lease runs the job again", {
    takeOver: (...args) => takeOver(...args) && { to: "READY", why: "leaseOver" },
  }),
  bug("no intent written ahead", { writesAhead: false }),
  bug("failed after 24 h by a job", { failsAfterMs: 24 * 60 * minuteMs }, { profile: "C" }),
  bug("no echo check", { checksEcho: false }),
  bug("no fence", { hasFence: false }),
  bug("sum without lock", {
    locksSum: false,
    rules: { ...rules, countsSum: false },
    decideClaim: (facts, ...rest) => decideClaim({ ...facts, amountMinor: 0 }, ...rest),
  }),
  bug("cancel and refund both live", { rules: { ...rules, oneLive: "kind" } }),
  bug("resend where no gateway check is proven", {}, { canResend: true }),
];
