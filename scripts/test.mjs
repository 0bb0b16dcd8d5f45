/** `npm test`: everything. `npm test -- unit`, `-- database` and so on run one part: the names are in `suites`. */
import { findChromium } from "./chromium.mjs";
import { clientFiles } from "./client-bundle.mjs";
import { scriptFlags } from "./launch/programs.mjs";
import { quickChecks } from "./test/checks.mjs";
import { check, conclude, part, vitest } from "./test/part.mjs";
import { stories } from "./test/stories.mjs";

/** @typedef {import("./test/part.mjs").Part} Part */

/** @type {Record<string, () => Promise<Part[]>>} */
const suites = {
  unit: quickChecks,
  exhaustive: async () => [await vitest("exhaustive tests", "exhaustive")],
  simulators: async () => [await vitest("the gateway simulators", "simulators")],
  model: async () => [await vitest("the money rules under faults, and planted bugs", "model")],
  database: async () => [await vitest("database tests", "database")],
  programs: async () => [await vitest("whole programs, killed and started again", "programs")],
  soak: async () => {
    const minute = [...scriptFlags, "scripts/soak/soak.ts", "--minutes", "1"];
    return [await check("two instances, forty pollers each", "node", minute)];
  },
  bench: async () => {
    const small = [...scriptFlags, "bench/bench.ts", "--small"];
    return [await check("every benchmark works", "node", small)];
  },
  e2e: async () => [
    await part("client files hold no secret", async () => clientFiles()),
    ...(await stories()),
  ],
};

/**
 * What runs after what; the lanes of one turn side by side. Database tests, whole programs and stories take both cores by themselves.
 * Beside each other database tests took 622 s instead of 187 and stories 639 instead of 362 (beside the small parts 512; three desks
 * took 391), for whoever waits longer also looks more often. Benchmarks are only shown to work here: beside others they measure
 * nothing. Some unit tests hold a deadline to half a second.
 * @type {(keyof typeof suites)[][][]}
 */
const turns = [
  [["unit"]],
  [["database"]],
  [["programs"]],
  [["e2e"]],
  [["bench", "model", "exhaustive", "simulators"], ["soak"]],
];

const wanted = process.argv.slice(2);
const forgotten = Object.keys(suites).find((name) => !turns.flat(2).includes(name));
if (forgotten) throw new Error(`nothing runs ${forgotten}`);
const unknown = wanted.find((name) => !Object.hasOwn(suites, name));
if (unknown) {
  console.error(`There is no part "${unknown}"; there are ${Object.keys(suites).join(", ")}.`);
  process.exitCode = 1;
} else {
  /** @type {Part[]} */
  const parts = [];
  const isWanted = (/** @type {string} */ name) => wanted.length === 0 || wanted.includes(name);
  // Where there is none it is fetched meanwhile.
  if (isWanted("e2e")) void findChromium();
  const run = async (/** @type {string[]} */ lane) => {
    for (const name of lane.filter(isWanted)) parts.push(...((await suites[name]?.()) ?? []));
  };
  for (const lanes of turns) await Promise.all(lanes.map(run));
  process.exitCode = conclude(parts);
}
