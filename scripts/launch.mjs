/**
 * Everything from the built files to a working dashboard, and down again: database, books, demo shop, simulators, Next.
 * Its children leave when it is killed, however that went (scripts/tether.mjs), and the database is adopted or recovered
 * by the next start. `--dev` serves with `next dev`; `--drill` opens a drill beside the desk (docs/adr/0028).
 */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { compiledCode } from "./bootstrap/install.mjs";
import { root } from "./bootstrap/work.mjs";
import { watchNpm } from "./launch/ancestors.mjs";
import { askedAnewBy, layOutAnew } from "./launch/anew.mjs";
import { checkDatabase, keepDatabase } from "./launch/database.mjs";
import { demandFree, takeFolder } from "./launch/doors.mjs";
import { dashboardArgs, keepRunning, runScript, scriptFlags, untilAnswers } from "./launch/programs.mjs";
import { keptSecret, readSettings, WrongSetting } from "./launch/settings.mjs";

/** @typedef {import("./launch/settings.mjs").Settings} Settings */
/** @typedef {{ stop: () => Promise<void> | void, kill?: () => void }} Part */

const isDev = process.argv.includes("--dev");
const simulatorPatienceMs = 15_000;
const dashboardPatienceMs = 120_000;
const longStepMs = 5_000;
/** A send on its way to a real gateway may take 30 s and is finished first. */
const deskStopMs = 45_000;
const simulatorStopMs = 8_000;
/** npm and the terminal may both pass on one press of Ctrl-C. */
const samePressMs = 500;

const ending = new AbortController();
/** @type {Part[]} what runs, in the order of its start */
const parts = [];
let stoppingSince = 0;
/** @type {Promise<number>} */
let start;
/** @type {Promise<void> | null} a drill that is being laid out anew */
let anew = null;

/** @param {string} line */
function say(line) {
  console.log(line);
}

/** Says what it does and how long that took. @template T @param {string} what @param {() => Promise<T>} work */
async function step(what, work) {
  ending.signal.throwIfAborted();
  const began = Date.now();
  const ticker = setInterval(() => say(`${what} … ${Math.round((Date.now() - began) / 1000)} s`), longStepMs);
  try {
    const value = await work();
    say(`${what}: done in ${((Date.now() - began) / 1000).toFixed(1)} s`);
    return value;
  } finally {
    clearInterval(ticker);
  }
}

/** @param {string} sentence */
function giveUp(sentence) {
  console.error(`Storedesk: ${sentence}`);
  void stop(1);
}

/**
 * @param {string} what @param {string[]} args
 * @param {{ env: NodeJS.ProcessEnv, stopMs?: number, hear?: (message: unknown) => void }} how
 */
function keep(what, args, { env, stopMs = simulatorStopMs, hear = () => {} }) {
  ending.signal.throwIfAborted();
  const part = keepRunning(what, { args, env, log: say, giveUp, stopMs, hear });
  parts.push(part);
  return part;
}

/** @param {Settings} settings @returns {Promise<string>} the address of the database */
async function openDatabase({ databaseUrl, data }) {
  if (databaseUrl) {
    await step("Looking for your database", () => checkDatabase(databaseUrl));
    return databaseUrl;
  }
  const database = await step("Starting the database", () => keepDatabase(data, say));
  parts.push(database);
  return database.url;
}

/** What the children are told. @param {Settings} settings @param {string} databaseUrl @returns {NodeJS.ProcessEnv} */
function childEnvironment(settings, databaseUrl) {
  const { data } = settings;
  return {
    ...process.env,
    PORT: String(settings.port),
    DATABASE_URL: databaseUrl,
    STOREDESK_DATA: data,
    STOREDESK_DEMO: settings.isDemo ? "1" : "0",
    STOREDESK_DRILL: settings.isDrill ? "1" : "0",
    STOREDESK_URL: settings.url,
    STOREDESK_MASTER_KEY: settings.masterKey ?? keptSecret(data, "master-key", 32),
    SCAN2PAY_SIMULATOR_PORT: String(settings.scan2payPort),
    KSHER_SIMULATOR_PORT: String(settings.ksherPort),
    NEXTAUTH_URL: settings.url,
    NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET || keptSecret(data, "next-auth-secret", 48),
    NEXT_TELEMETRY_DISABLED: "1",
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE || compiledCode,
    NODE_ENV: isDev ? "development" : "production",
  };
}

/** @param {Settings} settings @param {NodeJS.ProcessEnv} env */
async function openSimulators({ isDemo, scan2payPort, ksherPort }, env) {
  if (!isDemo) return;
  await step("Starting the gateway simulators", async () => {
    keep("The gateway simulators", [...scriptFlags, "scripts/simulators.ts"], { env });
    for (const port of [scan2payPort, ksherPort]) {
      const how = { signal: ending.signal, patienceMs: simulatorPatienceMs };
      await untilAnswers(`http://127.0.0.1:${port}/_control/`, how);
    }
  });
}

/** @param {Settings} settings @param {NodeJS.ProcessEnv} env @returns {Promise<string>} what the demo says to try */
async function openDemo({ isDemo }, env) {
  if (!isDemo) return "";
  return step("Filling the demo shop", () => runScript("scripts/demo.ts", env, ending.signal));
}

/** @param {Settings} settings @param {NodeJS.ProcessEnv} env */
async function openDashboard(settings, env) {
  const { host, port, isDemo, isDrill } = settings;
  await step("Starting the dashboard", async () => {
    const desk = keep("The dashboard", dashboardArgs(host, port, { isDev }), {
      env,
      stopMs: isDemo ? simulatorStopMs : deskStopMs,
      hear(message) {
        const by = askedAnewBy(message);
        if (by === null || !isDrill || anew) return;
        anew = beginAnew(desk, { settings, env, by }).finally(() => {
          anew = null;
        });
      },
    });
    const how = { signal: ending.signal, patienceMs: dashboardPatienceMs };
    await untilAnswers(`http://127.0.0.1:${port}/api/health`, how);
  });
}

/**
 * A drill's own wish: the desk stops, its books and simulators become new ones, and it starts again.
 * @param {Part} desk @param {{ settings: Settings, env: NodeJS.ProcessEnv, by: string }} how
 */
async function beginAnew(desk, { settings, env, by }) {
  try {
    await step("Laying the drill out anew", async () => {
      await desk.stop();
      parts.splice(parts.indexOf(desk), 1);
      await layOutAnew(env, by, ending.signal);
    });
    await openDashboard(settings, env);
  } catch (error) {
    if (!ending.signal.aborted) giveUp(/** @type {Error} */ (error).message);
  }
}

async function main() {
  loadSettingsFile();
  const settings = readSettings(process.env, root);
  makeDataFolder(settings.data);
  const folder = await takeFolder(settings.data, `http://localhost:${settings.port}`);
  ending.signal.addEventListener("abort", () => folder.sayStopping());
  parts.push({ stop: () => folder.release() });
  await demandFree("PORT", settings.port, settings.host);
  if (settings.isDemo) {
    await demandFree("SCAN2PAY_SIMULATOR_PORT", settings.scan2payPort, "127.0.0.1");
    await demandFree("KSHER_SIMULATOR_PORT", settings.ksherPort, "127.0.0.1");
  }
  const env = childEnvironment(settings, await openDatabase(settings));
  const migrate = () => runScript("scripts/migrate.ts", env, ending.signal);
  await Promise.all([step("Bringing the books up to date", migrate), openSimulators(settings, env)]);
  const [thingsToTry] = await Promise.all([openDemo(settings, env), openDashboard(settings, env)]);
  if (thingsToTry) say(thingsToTry);
  if (settings.isDrill) say("This is a drill: nothing in it is real money.");
  say(`Storedesk ready on http://localhost:${settings.port}`);
}

/** `npm run drill` keeps away from the settings of the desk beside it: what a drill wants otherwise stands in a file of its own. */
function loadSettingsFile() {
  if (process.argv.includes("--drill")) process.env.STOREDESK_DRILL = "1";
  const file = join(root, process.env.STOREDESK_DRILL === "1" ? ".env.drill" : ".env");
  if (existsSync(file)) process.loadEnvFile(file);
}

/** @param {string} data */
function makeDataFolder(data) {
  try {
    mkdirSync(data, { recursive: true });
  } catch (error) {
    throw new WrongSetting(
      `STOREDESK_DATA: the folder ${data} cannot be made (${/** @type {Error} */ (error).message}).`,
    );
  }
}

/**
 * Stops everything, last started first. Asked a second time it no longer waits.
 * @param {number} code
 */
async function stop(code) {
  if (stoppingSince > 0) {
    if (Date.now() - stoppingSince < samePressMs) return;
    for (const part of parts.reverse()) part.kill?.();
    process.exit(130);
  }
  stoppingSince = Date.now();
  ending.abort(new Error("The start was stopped."));
  await start;
  await anew;
  let exitCode = code;
  for (const part of parts.toReversed()) {
    try {
      await part.stop();
    } catch (error) {
      console.error(`Storedesk: ${/** @type {Error} */ (error).message}`);
      exitCode = 1;
    }
  }
  if (code === 0) say("Storedesk stopped");
  process.exit(exitCode);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void stop(0));
process.on("uncaughtException", (error) => {
  console.error(error);
  void stop(1);
});
// Whoever read our output may be gone before us.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
watchNpm(() => void stop(0));

start = main().then(
  () => 0,
  (error) => {
    if (!ending.signal.aborted) console.error(`Storedesk: ${error.message}`);
    return 1;
  },
);
if ((await start) !== 0 && !ending.signal.aborted) await stop(1);
