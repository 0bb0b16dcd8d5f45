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

/** Alone: some of its tests hold a deadline to half a second. @type {keyof typeof suites} */
const first = "unit";
/**
 * Then two at a time, the longest first, each when one before it has ended: stories wait for pages about half of their time, and
 * so do tests for databases and programs for their starts. Benchmarks are only shown to work here: beside others they measure
 * nothing.
 * @type {(keyof typeof suites)[]}
 */
const others = ["database", "e2e", "programs", "bench", "soak", "model", "exhaustive", "simulators"];
const besideEachOther = 2;

const wanted = process.argv.slice(2);
const forgotten = Object.keys(suites).find((name) => ![first, ...others].includes(name));
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
  const waiting = others.filter(isWanted);
  const runNext = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift())
      parts.push(...((await suites[name]?.()) ?? []));
  };
  if (isWanted(first)) parts.push(...((await suites[first]?.()) ?? []));
  await Promise.all(Array.from({ length: besideEachOther }, runNext));
  process.exitCode = conclude(parts);
}
