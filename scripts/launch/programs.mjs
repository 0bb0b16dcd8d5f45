/** The programs under the launcher: scripts that run to their end, and programs that are kept running. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { nextProgram, pinnedNode } from "../bootstrap/install.mjs";
import { root } from "../bootstrap/work.mjs";

const tether = pathToFileURL(join(root, "scripts", "tether.mjs")).href;
/** TypeScript runs as it is; `server-only` lets itself be imported under this condition. */
export const scriptFlags = [
  "--conditions=react-server",
  "--disable-warning=ExperimentalWarning",
  "--import",
  pathToFileURL(join(root, "scripts", "process", "quick-imports.mjs")).href,
];

/**
 * So long an instance keeps a connection on which nothing comes: longer than any proxy in front of it (Caddy 2 minutes, others
 * one). By default it would hang up after 5 s, and what the proxy sends in that moment is lost: it must not send a write again.
 */
export const idleConnectionMs = 130_000;

/**
 * What Node is told so that the dashboard answers: the built one, or the sources as a developer wants it.
 * @param {string} host @param {number} port
 */
export function dashboardArgs(host, port, { isDev = false } = {}) {
  const how = isDev ? ["dev"] : ["start", "--keepAliveTimeout", String(idleConnectionMs)];
  return [nextProgram, ...how, "-H", host, "-p", String(port)];
}

const restartsMax = 5;
const restartWindowMs = 60_000;
const politeStopMs = 8_000;
const answerMs = 2_000;

/**
 * A child in a process group of its own: Ctrl-C in a terminal reaches the launcher alone, which ends the children in
 * order. The tether ends it should the launcher be killed.
 * @param {string[]} args @param {NodeJS.ProcessEnv} env @param {"pipe" | "inherit"} stdout
 */
function spawnTethered(args, env, stdout) {
  return spawn(pinnedNode, ["--import", tether, ...args], {
    cwd: root,
    env: { ...env, STOREDESK_LAUNCHER_PID: String(process.pid) },
    stdio: ["ignore", stdout, "inherit", "ipc"],
    detached: process.platform !== "win32",
  });
}

/**
 * Runs a script of ours to its end. @returns {Promise<string>} what it printed
 * @param {string} script @param {NodeJS.ProcessEnv} env @param {AbortSignal} signal
 */
export function runScript(script, env, signal) {
  return new Promise((resolve, reject) => {
    const child = spawnTethered([...scriptFlags, script], env, "pipe");
    const end = () => child.kill("SIGTERM");
    signal.addEventListener("abort", end);
    let said = "";
    child.stdout?.setEncoding("utf8").on("data", (chunk) => {
      said += chunk;
    });
    child.once("error", reject);
    child.once("close", (code, byWhat) => {
      signal.removeEventListener("abort", end);
      if (code === 0) resolve(said.trim());
      else reject(new Error(`${said}${script} ended with ${byWhat ?? `code ${code}`}.`));
    });
  });
}

/**
 * Keeps a program running until `stop`. It is started again when it ends, later each time; after too many ends within a
 * minute `giveUp` is told.
 * @param {string} what its name in a sentence
 * @param {object} how
 * @param {string[]} how.args @param {NodeJS.ProcessEnv} how.env
 * @param {(line: string) => void} how.log @param {(sentence: string) => void} how.giveUp
 * @param {number} [how.firstPauseMs] before the first new start; doubles with each
 * @param {number} [how.stopMs] how long it may take to end when it is asked to
 * @param {(message: unknown) => void} [how.hear] what it says over its channel
 */
export function keepRunning(
  what,
  { args, env, log, giveUp, firstPauseMs = 250, stopMs = politeStopMs, hear = () => {} },
) {
  /** @type {number[]} */
  let ends = [];
  let isStopping = false;
  /** @type {NodeJS.Timeout | undefined} */
  let pause;
  /** @type {import("node:child_process").ChildProcess} */
  let child;

  /** @param {string} why */
  function onEnd(why) {
    if (isStopping) return;
    const now = Date.now();
    ends = [...ends.filter((at) => at > now - restartWindowMs), now];
    if (ends.length > restartsMax) {
      giveUp(`${what} stopped ${ends.length} times within a minute (the last time with ${why}).`);
      return;
    }
    log(`${what} stopped (${why}); starting it again`);
    pause = setTimeout(start, firstPauseMs * 2 ** (ends.length - 1));
  }

  function start() {
    child = spawnTethered(args, env, "inherit");
    child.once("error", (error) => onEnd(error.message));
    child.once("exit", (code, signal) => onEnd(signal ?? `code ${code}`));
    child.on("message", hear);
  }

  start();
  return {
    /** Asks it to end, insists after a while. */
    async stop() {
      isStopping = true;
      clearTimeout(pause);
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      const insist = setTimeout(() => child.kill("SIGKILL"), stopMs);
      await gone;
      clearTimeout(insist);
    },
    kill() {
      isStopping = true;
      child.kill("SIGKILL");
    },
  };
}

/** @param {string} url @param {{ signal: AbortSignal, patienceMs: number }} how */
export async function untilAnswers(url, { signal, patienceMs }) {
  const until = Date.now() + patienceMs;
  while (Date.now() < until) {
    signal.throwIfAborted();
    const answer = await fetch(url, { signal: AbortSignal.timeout(answerMs) }).catch(() => null);
    if (answer?.ok) return;
    await sleep(50);
  }
  throw new Error(`${url} did not answer within ${patienceMs / 1000} s.`);
}
