/** `npm test`: everything. `npm test -- unit`, `-- database` and so on run one part: the names are in `suites`. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./bootstrap/work.mjs";
import { findChromium } from "./chromium.mjs";
import { clientFiles } from "./client-bundle.mjs";
import { scriptFlags } from "./launch/programs.mjs";
import { quickChecks } from "./test/checks.mjs";
import { check, conclude, oneCheck, part, playwright, vitest } from "./test/part.mjs";

/** @typedef {import("./test/part.mjs").Part} Part */

/** What the stories see of the desk (e2e/witness.ts). */
const seen = join(root, ".data-e2e", "seen");

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
  e2e: async () => {
    const files = await part("client files hold no secret", async () => clientFiles());
    rmSync(seen, { recursive: true, force: true });
    const told = await stories();
    mkdirSync(seen, { recursive: true });
    writeFileSync(join(seen, "server.log"), told.said);
    const search = [...scriptFlags, "scripts/canary/canary.ts"];
    return [files, told, await check("no secret in answers, logs and books", "node", search)];
  },
};

/** @returns {Promise<Part>} */
async function stories() {
  const name = "stories in Chromium";
  const { path, problem } = findChromium();
  if (path === null) return part(name, async () => oneCheck(false, problem));
  return playwright(name, { CHROMIUM_PATH: path });
}

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
