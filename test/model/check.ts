import fc from "fast-check";
import type { Invariant } from "./invariants.ts";
import { type Outcome, runModel } from "./run.ts";
import { type Profile, type Scenario, scenarios, tapes } from "./scenario.ts";
import { productWiring, type Wiring } from "./wiring.ts";

/** A series of runs: the same seed gives the same runs, the path one of them, shrunk. */
export type Series = {
  readonly profile: Profile;
  readonly canResend: boolean;
  readonly runs: number;
  readonly seed: number;
  readonly path?: string;
  readonly wiring?: Wiring;
};

export type SeriesResult = {
  readonly runs: number;
  readonly counts: ReadonlyMap<Invariant, number>;
  /** Runs in which an operation waited for a person. */
  readonly withPerson: number;
  /** The first run that broke an invariant, shrunk; null: none did. */
  readonly failure: Failure | null;
};
export type Failure = {
  readonly run: number;
  readonly invariant: Invariant;
  readonly text: string;
  readonly command: string;
  readonly scenario: Scenario;
  readonly story: readonly string[];
};

/** Runs a series to its end or to the first run that breaks an invariant; planted bugs are not shrunk. */
export function runSeries(series: Series): SeriesResult {
  const { profile, canResend, runs, seed, path, wiring = productWiring } = series;
  const counts = new Map<Invariant, number>();
  let withPerson = 0;
  let done = 0;
  let first: number | null = null;
  const property = fc.property(scenarios(profile, canResend), tapes, (scenario, tape) => {
    const outcome = runModel(scenario, tape, wiring);
    if (first !== null) return outcome.findings.length === 0;
    done += 1;
    if (outcome.withPerson > 0) withPerson += 1;
    for (const { invariant } of outcome.findings) counts.set(invariant, (counts.get(invariant) ?? 0) + 1);
    if (outcome.findings.length === 0) return true;
    first = done;
    return false;
  });
  const endOnFailure = wiring !== productWiring;
  const details = fc.check(property, { numRuns: runs, seed, path, endOnFailure });
  if (!details.failed) return { runs: done, counts, withPerson, failure: null };
  const [scenario, tape] = details.counterexample ?? [];
  if (!scenario || !tape) throw new Error(fc.defaultReportMessage(details) ?? "no counterexample");
  const outcome = runModel(scenario, tape, wiring);
  const finding = outcome.findings[0];
  if (!finding) throw new Error("the failing run does not fail again");
  const resend = canResend ? " --resend" : "";
  const command = `npm run faults -- --profile ${profile}${resend} --seed ${seed} --path ${runOf(details)}`;
  return {
    runs: done,
    counts,
    withPerson,
    failure: { run: first ?? 0, ...finding, command, scenario, story: storyOf(outcome) },
  };
}

/** The run that failed, before it was shrunk: from there the same shrinking leads to the same end. */
const runOf = ({ counterexamplePath }: { counterexamplePath: string | null }) =>
  counterexamplePath?.split(":")[0] ?? "0";

/** What happened to the operations and the money, in order. */
function storyOf({ world }: Outcome): string[] {
  const moves = world.seen.transitions.map(
    ({ op, from }) => `${op.merchantNo} ${op.kind} ${from ?? "-"} → ${op.state} ${op.why ?? ""}`,
  );
  const effects = world.gateway
    .effects()
    .map(({ by, no, amountMinor }) => `effect ${by} ${no} ${amountMinor}`);
  return [...moves, ...effects];
}
