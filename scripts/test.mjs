/** `npm test`: everything. `npm test -- unit`, `-- database` and so on run one part: the names are in `suites`. */
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
 * One after another; the soak waits most of its minute, and so do programs that are started and stopped. Benchmarks are only
 * shown to work here: beside others they measure nothing.
 */
const rounds = [
  ...[["unit"], ["exhaustive"], ["simulators"], ["model"], ["database"]],
  ...[["programs", "soak", "bench"], ["e2e"]],
];

const wanted = process.argv.slice(2);
const forgotten = Object.keys(suites).find((name) => !rounds.flat().includes(name));
if (forgotten) throw new Error(`no round runs ${forgotten}`);
const unknown = wanted.find((name) => !Object.hasOwn(suites, name));
if (unknown) {
  console.error(`There is no part "${unknown}"; there are ${Object.keys(suites).join(", ")}.`);
  process.exitCode = 1;
} else {
  /** @type {Part[]} */
  const parts = [];
  for (const round of rounds) {
    const names = round.filter((name) => wanted.length === 0 || wanted.includes(name));
    const done = await Promise.all(names.map((name) => suites[name]?.() ?? []));
    parts.push(...done.flat());
  }
  process.exitCode = conclude(parts);
}
