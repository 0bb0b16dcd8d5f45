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
 * Rounds one after another, their tracks beside each other: stories wait for pages about half of their time, and so do tests
 * for databases and programs for their starts. The two tracks take about the same time. Benchmarks are only shown to work
 * here: beside others they measure nothing.
 * @type {(keyof typeof suites)[][][]}
 */
const rounds = [
  [["unit"]],
  [
    ["e2e", "soak", "bench"],
    ["database", "exhaustive", "simulators", "model", "programs"],
  ],
];

const wanted = process.argv.slice(2);
const forgotten = Object.keys(suites).find((name) => !rounds.flat(2).includes(name));
if (forgotten) throw new Error(`no round runs ${forgotten}`);
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
  const runTrack = async (/** @type {string[]} */ track) => {
    for (const name of track.filter(isWanted)) parts.push(...((await suites[name]?.()) ?? []));
  };
  for (const round of rounds) await Promise.all(round.map(runTrack));
  process.exitCode = conclude(parts);
}
