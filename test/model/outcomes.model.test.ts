import { afterAll, expect, test } from "vitest";
import { runSeries, type SeriesResult } from "./check.ts";
import { profiles, resendProfiles } from "./scenario.ts";
import { modelSettings } from "./settings.ts";
import { table } from "./table.ts";

const { runs, seed } = modelSettings;
const series = [
  ...profiles.map((profile, at) => ({ profile, canResend: false, runs, seed: seed + at })),
  ...resendProfiles.map((profile, at) => ({ profile, canResend: true, runs: runs / 4, seed: seed + at })),
];
const rows: (string | number)[][] = [];

function note(name: string, { counts, runs: done, withPerson }: SeriesResult): void {
  const of = (...names: Parameters<typeof counts.get>) =>
    names.reduce((sum, one) => sum + (counts.get(one) ?? 0), 0);
  const others = [...counts.values()].reduce((sum, one) => sum + one, 0);
  const known = of("I1 paid twice") + of("I2 lost") + of("I3 wrong final") + of("I2 open after healing");
  rows.push([
    name,
    done,
    of("I1 paid twice"),
    of("I2 lost"),
    of("I3 wrong final"),
    of("I2 open after healing"),
    others - known,
    `${withPerson} (${((100 * withPerson) / done).toFixed(1)} %)`,
  ]);
}

test.each(series)(
  "gateway $profile, resend $canResend: $runs runs of faults pay nothing twice, lose nothing and say nothing wrong",
  (one) => {
    const { profile, canResend, runs: count } = one;
    const result = runSeries(one);
    note(`${profile}${canResend ? " + resend" : ""}`, result);
    expect(result.failure).toBeNull();
    expect(result.runs).toBe(count);
  },
);

afterAll(() => {
  const head = [
    "profile",
    "runs",
    "paid twice",
    "lost",
    "wrong final",
    "open after healing",
    "other",
    "ended with a person",
  ];
  console.log(`\n| model runs, seeds ${seed} and following\n${table(head, rows)}\n`);
});
