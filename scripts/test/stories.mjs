/** The staff's stories in Chromium: each desk has its own ports, database and gateways, so desks work side by side. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../bootstrap/work.mjs";
import { findChromium } from "../chromium.mjs";
import { scriptFlags } from "../launch/programs.mjs";
import { check, oneCheck, part, playwright } from "./part.mjs";

/** @typedef {import("./part.mjs").Part} Part */

/** As e2e/desk.ts reckons them. */
const desks = [3910, 3930];

/** The stories, then the search for secrets in all that each desk's saw (e2e/witness.ts). @returns {Promise<Part[]>} */
export async function stories() {
  const { path, problem } = await findChromium();
  if (path === null) return [await part("stories in Chromium", async () => oneCheck(false, problem))];
  const seen = desks.map((port) => join(root, `.data-e2e-${port}`, "seen"));
  for (const folder of seen) rmSync(folder, { recursive: true, force: true });
  const told = await playwright("stories in Chromium", {
    CHROMIUM_PATH: path,
    STOREDESK_E2E_PORT: String(desks[0]),
    STOREDESK_E2E_DESKS: String(desks.length),
  });
  for (const folder of seen) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "server.log"), told.said);
  }
  const search = [...scriptFlags, "scripts/canary/canary.ts"];
  const searches = desks.map((port, place) =>
    check(`no secret in answers, logs and books of desk ${place + 1}`, "node", search, {
      STOREDESK_E2E_PORT: String(port),
    }),
  );
  return [told, ...(await Promise.all(searches))];
}
