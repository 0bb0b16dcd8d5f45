/**
 * `npm run bench`: every benchmark of the speed paper on two real instances, each beside its peer or limit in the same run.
 * `-- --only B7,B9` runs some; `-- --small` only shows that they work; `-- --only B8 --minutes 2` watches
 * 200 orders from 500 pages for so long, at two instances or so many as `--instances 4` says;
 * `-- --only B9 --orders 9999999` has a longer list; `-- --keep` writes bench/results.json and the table in
 * bench/README.md. A missed target is a line of the table, not an error: these are measurements, not tests.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Figure, head, row, type Size } from "./measure.ts";
import { books } from "./parts/books.ts";
import { gateway } from "./parts/gateway.ts";
import { screens } from "./parts/screens.ts";
import { start } from "./parts/start.ts";
import { status } from "./parts/status.ts";
import { type BenchStage, openBench } from "./stage.ts";

const { values } = parseArgs({
  options: {
    small: { type: "boolean" },
    keep: { type: "boolean" },
    only: { type: "string" },
    minutes: { type: "string" },
    instances: { type: "string", default: "2" },
    orders: { type: "string", default: "1000000" },
  },
});
const size: Size = values.small ? "small" : "full";
const minutes = values.minutes === undefined ? null : Number(values.minutes);
if (minutes !== null && !(minutes >= 1 && minutes <= 60)) throw new Error("--minutes must be 1 to 60.");
const count = Number(values.instances);
if (!(Number.isInteger(count) && count >= 1 && count <= 8)) throw new Error("--instances must be 1 to 8.");
const orders = Number(values.orders);
// Their numbers have seven digits.
if (!(Number.isInteger(orders) && orders >= 100_000 && orders <= 9_999_999))
  throw new Error("--orders must be 100000 to 9999999.");
const wanted = values.only?.split(",") ?? null;

type Part = { ids: string[]; measure: (stage: BenchStage, size: Size) => Promise<Figure[]> };
/** In this order: watched orders would use the lane beside a look-up; a million orders come last but for the clones. */
const parts: Part[] = [
  { ids: ["B1", "B2", "B3", "B4"], measure: screens },
  { ids: ["B5", "B6"], measure: gateway },
  { ids: ["B7", "B8", "B11"], measure: (stage) => status(stage, size, minutes) },
  { ids: ["B9", "B10"], measure: (stage) => books(stage, size, orders) },
];
const isWanted = (ids: string[]) => wanted === null || ids.some((id) => wanted.includes(id));

async function measureAll(): Promise<Figure[]> {
  const figures: Figure[] = [];
  const tell = (found: Figure[]) => {
    figures.push(...found);
    for (const figure of found) console.log(row(figure));
  };
  console.log(head);
  const onStage = parts.filter(({ ids }) => isWanted(ids));
  if (onStage.length > 0) {
    const stage = await openBench({ count });
    try {
      for (const { measure } of onStage) tell(await measure(stage, size));
    } finally {
      await stage.stop();
    }
  }
  if (isWanted(["B12"]) && size === "full") tell(await start());
  return figures;
}

function keep(figures: Figure[]): void {
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  const machine = `${availableParallelism()} cores, Node ${process.version}, ${process.platform}`;
  writeFileSync(
    join("bench", "results.json"),
    `${JSON.stringify({ commit, machine, measuredAt: new Date().toISOString(), figures }, null, 2)}\n`,
  );
  const paper = join("bench", "README.md");
  const marks = ["<!-- results -->", "<!-- end of results -->"] as const;
  const [before = "", rest = ""] = readFileSync(paper, "utf8").split(marks[0]);
  const after = rest.split(marks[1])[1] ?? "\n";
  const table = [`Commit ${commit}; ${machine}.`, "", head, ...figures.map(row)].join("\n");
  writeFileSync(paper, `${before}${marks[0]}\n\n${table}\n\n${marks[1]}${after}`);
}

const figures = await measureAll();
if (values.keep) keep(figures);
const met = figures.filter(({ isMet }) => isMet).length;
console.log(`\n${met} of ${figures.length} targets met.`);
