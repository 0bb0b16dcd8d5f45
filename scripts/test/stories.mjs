/** The staff's stories in Chromium: each desk has its own ports, database and gateways, so desks work side by side. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../bootstrap/work.mjs";
import { findChromium } from "../chromium.mjs";
import { scriptFlags } from "../launch/programs.mjs";
import { check, oneCheck, part, playwright } from "./part.mjs";

/** @typedef {import("./part.mjs").Part} Part */

/** A desk takes three ports from here on: see e2e/desk.ts. */
const desks = [3910, 3930];

/** @returns {Promise<Part[]>} */
export async function stories() {
  const { path, problem } = await findChromium();
  if (path === null) return [await part("stories in Chromium", async () => oneCheck(false, problem))];
  const told = await Promise.all(desks.map((port, place) => storiesOfDesk(port, place + 1, path)));
  return told.flat();
}

/**
 * One desk's share of the stories, then the search for secrets in all that they saw (e2e/witness.ts).
 * @param {number} port @param {number} place @param {string} chromium @returns {Promise<Part[]>}
 */
async function storiesOfDesk(port, place, chromium) {
  const env = { CHROMIUM_PATH: chromium, STOREDESK_E2E_PORT: String(port) };
  const seen = join(root, `.data-e2e-${port}`, "seen");
  rmSync(seen, { recursive: true, force: true });
  // In turn, for stories beside each other in the alphabet are alike long: by halves one desk took a third longer.
  const all = readdirSync(join(root, "e2e", "journeys")).toSorted();
  const own = all.filter((_, no) => no % desks.length === place - 1).map((name) => `journeys/${name}`);
  const told = await playwright(`stories in Chromium, desk ${place}`, env, own);
  mkdirSync(seen, { recursive: true });
  writeFileSync(join(seen, "server.log"), told.said);
  const search = [...scriptFlags, "scripts/canary/canary.ts"];
  return [told, await check(`no secret in answers, logs and books of desk ${place}`, "node", search, env)];
}
