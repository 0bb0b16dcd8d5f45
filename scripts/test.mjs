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
  e2e: async () => [
    await part("client files hold no secret", async () => clientFiles()),
    ...(await stories()),
  ],
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(suites, name));
if (unknown) {
  console.error(`There is no part "${unknown}"; there are ${Object.keys(suites).join(", ")}.`);
  process.exitCode = 1;
} else {
  /** @type {Part[]} */
  const parts = [];
  for (const [name, suite] of Object.entries(suites)) {
    if (wanted.length === 0 || wanted.includes(name)) parts.push(...(await suite()));
  }
  process.exitCode = conclude(parts);
}
