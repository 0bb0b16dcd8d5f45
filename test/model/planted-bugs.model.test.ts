import { afterAll, expect, test } from "vitest";
import { runSeries } from "./check.ts";
import { plantedBugs } from "./planted-bugs.ts";
import { modelSettings } from "./settings.ts";
import { table } from "./table.ts";

const { caughtWithinRuns, seed } = modelSettings;
const rows: (string | number)[][] = [];

test.each(plantedBugs)("planted: $name is caught at gateway $profile", (bug) => {
  const { failure } = runSeries({ ...bug, runs: caughtWithinRuns, seed });
  rows.push([bug.name, bug.profile, failure?.run ?? "not caught", failure?.invariant ?? "-"]);
  expect(failure).not.toBeNull();
});

test("the nine of money.md 2.14 and the four of faults.md F3 are all planted", () => {
  expect(plantedBugs.length).toBeGreaterThanOrEqual(13);
});

afterAll(() => {
  const head = ["planted bug", "profile", "caught after runs", "by invariant"];
  console.log(`\n| planted bugs, seed ${seed}\n${table(head, rows)}\n`);
});
