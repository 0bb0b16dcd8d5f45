/**
 * Everything from nothing to a working dashboard, and down again: database, migrations, demo shop, simulators, Next.
 * Children are tethered: they leave when this process is gone, however it went; the database is adopted or recovered by
 * the next start.
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { startPostgres } from "./pg.mjs";
import { tryLock } from "./process/lock.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const isDev = process.argv.includes("--dev");
const tether = pathToFileURL(join(root, "scripts", "tether.mjs")).href;
const readyPatienceMs = 60_000;
const restartsMax = 5;
const restartWindowMs = 60_000;
const stops = [];
let isStopping = false;

const say = (line) => console.log(line);

function die(sentence) {
  console.error(`Storedesk: ${sentence}`);
  return stopAll(1);
}

async function stopAll(code) {
  if (isStopping) process.exit(code || 130);
  isStopping = true;
  for (const stop of stops.reverse()) await stop().catch((error) => console.error(String(error)));
  process.exit(code);
}

function readPort(name, fallback) {
  const text = process.env[name] ?? String(fallback);
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    throw new Error(`${name} must be a port number from 1 to 65535, not "${text}"`);
  return port;
}

function readSettings() {
  const port = readPort("PORT", 3000);
  const databaseUrl = process.env.DATABASE_URL || undefined;
  if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl))
    throw new Error("DATABASE_URL must be a postgres:// address");
  const demo =
    process.env.STOREDESK_DEMO ?? (databaseUrl || process.env.NODE_ENV === "production" ? "0" : "1");
  if (demo !== "0" && demo !== "1") throw new Error(`STOREDESK_DEMO must be 0 or 1, not "${demo}"`);
  const url = process.env.STOREDESK_URL ?? `http://localhost:${port}`;
  if (!/^https?:\/\//.test(url)) throw new Error("STOREDESK_URL must be an http(s) address");
  const masterKey = process.env.STOREDESK_MASTER_KEY;
  if (demo === "0" && !masterKey)
    throw new Error("STOREDESK_MASTER_KEY is missing: 32 random bytes in Base64");
  if (masterKey && Buffer.from(masterKey, "base64").length !== 32)
    throw new Error("STOREDESK_MASTER_KEY must be 32 bytes in Base64");
  return {
    port,
    databaseUrl,
    isDemo: demo === "1",
    url,
    masterKey,
    data: resolve(root, process.env.STOREDESK_DATA ?? ".data"),
    scan2payPort: readPort("SCAN2PAY_SIMULATOR_PORT", 4010),
  };
}

/** A secret made once and kept beside the data. */
function keptSecret(folder, name, bytes) {
  const path = join(folder, name);
  if (!existsSync(path)) writeFileSync(path, randomBytes(bytes).toString("base64"), { mode: 0o600 });
  return readFileSync(path, "utf8").trim();
}

function isPortFree(port, host) {
  return new Promise((done) => {
    const probe = createServer();
    probe.once("error", () => done(false));
    probe.listen(port, host, () => probe.close(() => done(true)));
  });
}

/** Says what it does and how long it took. */
async function step(what, work) {
  const began = Date.now();
  const value = await work();
  say(`${what} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  return value;
}

/** Runs a script of ours to its end; its lines are returned. */
function runScript(script, env) {
  return new Promise((done, failed) => {
    const child = spawn(
      process.execPath,
      ["--conditions=react-server", "--disable-warning=ExperimentalWarning", script],
      {
        cwd: root,
        env,
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.on("close", (code) =>
      code === 0 ? done(output.trim()) : failed(new Error(`${script} ended with ${code}\n${output}`)),
    );
  });
}

/** Keeps a program running; gives up when it dies too often. */
function keepRunning(what, args, env) {
  const deaths = [];
  let child;
  const start = () => {
    child = spawn(process.execPath, ["--import", tether, ...args], {
      cwd: root,
      env,
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    child.on("exit", (code, signal) => {
      if (isStopping) return;
      const now = Date.now();
      deaths.push(now);
      while (deaths[0] < now - restartWindowMs) deaths.shift();
      if (deaths.length > restartsMax) void die(`${what} stopped ${deaths.length} times within a minute`);
      else {
        say(`${what} stopped (${signal ?? code}); starting it again`);
        setTimeout(start, 200 * 2 ** deaths.length);
      }
    });
  };
  start();
  stops.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once("exit", done));
    child.kill("SIGTERM");
    const killer = setTimeout(() => child.kill("SIGKILL"), 8_000);
    await gone;
    clearTimeout(killer);
  });
}

async function untilAnswers(url) {
  const until = Date.now() + readyPatienceMs;
  while (Date.now() < until) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(60);
  }
  throw new Error(`${url} did not answer within ${readyPatienceMs / 1000} s`);
}

/** Starts the embedded database again on its port should it die under us. */
function watchPostgres(postgres, dataDir) {
  let running = postgres;
  const timer = setInterval(async () => {
    if (isStopping || running.isRunning()) return;
    say("The database stopped; starting it again");
    running = await startPostgres({ dataDir, log: say }).catch((error) => {
      console.error(String(error));
      return running;
    });
  }, 500);
  stops.push(async () => {
    clearInterval(timer);
    await running.stop();
  });
}

function takeFolder({ data, port }) {
  const lock = tryLock(join(data, "launcher.lock"), `http://localhost:${port}`);
  if (lock.holder)
    throw new Error(`already running on ${lock.holder.note} (process ${lock.holder.pid}) in ${data}`);
  stops.push(async () => lock.release());
}

async function main() {
  const settings = readSettings();
  mkdirSync(settings.data, { recursive: true });
  takeFolder(settings);
  const host = settings.isDemo ? "127.0.0.1" : "0.0.0.0";
  if (!(await isPortFree(settings.port, host)))
    throw new Error(`PORT ${settings.port} is in use by another program`);
  const postgresDir = join(settings.data, "postgres");
  const postgres = settings.databaseUrl
    ? undefined
    : await step("Database ready", () => startPostgres({ dataDir: postgresDir, log: say }));
  if (postgres) watchPostgres(postgres, postgresDir);
  const env = {
    ...process.env,
    PORT: String(settings.port),
    DATABASE_URL: settings.databaseUrl ?? postgres.url,
    STOREDESK_DATA: settings.data,
    STOREDESK_DEMO: settings.isDemo ? "1" : "0",
    STOREDESK_URL: settings.url,
    STOREDESK_MASTER_KEY: settings.masterKey ?? keptSecret(settings.data, "master-key", 32),
    SCAN2PAY_SIMULATOR_PORT: String(settings.scan2payPort),
    NEXTAUTH_URL: settings.url,
    NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET ?? keptSecret(settings.data, "next-auth-secret", 48),
    NEXT_TELEMETRY_DISABLED: "1",
    NODE_ENV: isDev ? "development" : "production",
  };
  await step("Books up to date", () => runScript("scripts/migrate.ts", env));
  let demoLines = "";
  if (settings.isDemo) {
    if (!(await isPortFree(settings.scan2payPort, "127.0.0.1"))) {
      throw new Error(`SCAN2PAY_SIMULATOR_PORT ${settings.scan2payPort} is in use by another program`);
    }
    keepRunning("The gateway simulator", ["scripts/simulators.ts"], env);
    await step("Gateway simulator ready", () =>
      untilAnswers(`http://127.0.0.1:${settings.scan2payPort}/_control/`),
    );
    demoLines = await step("Demo shop filled", () => runScript("scripts/demo.ts", env));
  }
  const next = join("node_modules", "next", "dist", "bin", "next");
  await step("Dashboard answers", async () => {
    keepRunning(
      "The dashboard",
      [next, isDev ? "dev" : "start", "-H", host, "-p", String(settings.port)],
      env,
    );
    await untilAnswers(`http://127.0.0.1:${settings.port}/api/health`);
  });
  if (demoLines) say(demoLines);
  say(`Storedesk ready on http://localhost:${settings.port}`);
}

process.on("SIGINT", () => void stopAll(0));
process.on("SIGTERM", () => void stopAll(0));
process.on("SIGHUP", () => void stopAll(0));
main().catch((error) => die(error.message));
