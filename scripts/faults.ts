/**
 * `npm run faults`: the long column of the fault suite, with a new seed each time, and a report in `.data-faults/`: the model,
 * every crash point, and whole programs killed. `-- --only model`, `crash` or `kill` runs one of them.
 * `npm run faults -- --profile D --seed 7 --path 4769` runs one failing run again, shrinks it and tells what happened.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runSeries, type Series, type SeriesResult } from "#test/model/check.ts";
import { type Invariant, invariants } from "#test/model/invariants.ts";
import { plantedBugs } from "#test/model/planted-bugs.ts";
import { type Profile, profiles, resendProfiles } from "#test/model/scenario.ts";
import { modelSettings } from "#test/model/settings.ts";
import { table } from "#test/model/table.ts";
import { runSuite, suites } from "./faults/suites.ts";

const { values } = parseArgs({
  options: {
    profile: { type: "string" },
    resend: { type: "boolean", default: false },
    seed: { type: "string" },
    path: { type: "string" },
    runs: { type: "string", default: "1000000" },
    only: { type: "string" },
  },
});
const folder = ".data-faults";
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const runs = Number(values.runs);

function profileOf(name: string | undefined): Profile {
  const profile = profiles.find((one) => one === name);
  if (!profile) throw new Error(`--profile is one of ${profiles.join(", ")}`);
  return profile;
}

/** What a failing run was, for people. */
function tell({ failure }: SeriesResult): string {
  if (!failure) return "Every invariant held.";
  const { run, invariant, text, command, scenario, story } = failure;
  return [`Run ${run}: ${invariant}: ${text}`, JSON.stringify(scenario), ...story, `Again: ${command}`].join(
    "\n",
  );
}

function replay(path: string): boolean {
  const series = { profile: profileOf(values.profile), canResend: values.resend, seed, path };
  const result = runSeries({ ...series, runs: Number(path.split(":")[0]) + 1 });
  console.log(tell(result));
  return result.failure === null;
}

type Told = { readonly isGood: boolean; readonly told: string };

async function long(): Promise<boolean> {
  const parts: Told[] = values.only === undefined || values.only === "model" ? [model()] : [];
  for (const suite of suites.filter(({ key }) => values.only === undefined || values.only === key)) {
    console.log(`${suite.name} …`);
    const { isGood, told } = await runSuite(suite);
    parts.push({ isGood, told: `${suite.name}: ${isGood ? "held" : "FAILED"}\n${told}` });
  }
  const report = [`Seed ${seed}`, ...parts.map(({ told }) => told)].join("\n\n");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `report-${seed}.txt`), `${report}\n`);
  console.log(`\n${report}\n\nThe report is ${join(folder, `report-${seed}.txt`)}`);
  return parts.length > 0 && parts.every(({ isGood }) => isGood);
}

function model(): Told {
  const all: Series[] = [
    ...profiles.map((profile, at) => ({ profile, canResend: false, runs, seed: seed + at })),
    ...resendProfiles.map((profile, at) => ({
      profile,
      canResend: true,
      runs: Math.ceil(runs / 4),
      seed: seed + at,
    })),
  ];
  const results = all.map((series) => {
    console.log(
      `gateway ${series.profile}, resend ${series.canResend}: ${series.runs} runs, seed ${series.seed} …`,
    );
    return runSeries(series);
  });
  const names = all.map(({ profile, canResend }) => `${profile}${canResend ? " + resend" : ""}`);
  const count = ({ counts }: SeriesResult, one: Invariant) => counts.get(one) ?? 0;
  const rows = [
    ["runs", ...results.map((one) => one.runs)],
    ...invariants.map((one) => [one, ...results.map((result) => count(result, one))]),
    ["ended with a person", ...results.map((one) => one.withPerson)],
  ];
  const bugs = plantedBugs.map((bug) => {
    const { failure } = runSeries({ ...bug, runs: modelSettings.caughtWithinRuns, seed });
    return [bug.name, bug.profile, failure?.run ?? "NOT CAUGHT", failure?.invariant ?? "-"];
  });
  const failures = results.filter((one) => one.failure !== null).map(tell);
  const told = [
    table(["invariant", ...names], rows),
    table(["planted bug", "profile", "caught after runs", "by invariant"], bugs),
    ...failures,
  ].join("\n\n");
  const isGood = failures.length === 0 && bugs.every(([, , caught]) => caught !== "NOT CAUGHT");
  return { isGood, told };
}

const isGood = values.path === undefined ? await long() : replay(values.path);
process.exitCode = isGood ? 0 : 1;
