/** Runs a long program for a start: says that it goes on, ends it with us, and leaves a note for the next start. */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { processIdentity } from "../process/facts.mjs";
import { waitForLock } from "../process/lock.mjs";

/** A failure with the tool's own words. */
export class WorkFailed extends Error {
  /** @param {string} sentence @param {string} said */
  constructor(sentence, said) {
    super(sentence);
    this.said = said;
  }
}

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const folder = join(root, ".bootstrap");
const notePath = join(folder, "worker.json");
const quietMs = 10_000;
/** @type {number | null} */
let worker = null;

/** @param {string} what @returns {(outcome: string) => void} call it at the end */
function startTicker(what) {
  const isTerminal = Boolean(process.stdout.isTTY);
  const began = Date.now();
  const seconds = () => `${Math.round((Date.now() - began) / 1000)} s`;
  const show = () => {
    if (isTerminal) process.stdout.write(`\r${what} … ${seconds()} `);
    else console.log(`${what} … ${seconds()}`);
  };
  show();
  const timer = setInterval(show, isTerminal ? 1000 : quietMs);
  return (outcome) => {
    clearInterval(timer);
    console.log(`${isTerminal ? "\r" : ""}${what}: ${outcome} in ${seconds()}`);
  };
}

/**
 * The program leads a process group, so that all it starts can be ended with it.
 * @param {string} what @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<{ isGood: boolean, said: string }>}
 */
export async function work(what, command, args, env = {}) {
  const stopTicker = startTicker(what);
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
  });
  if (child.pid) {
    worker = child.pid;
    writeFileSync(notePath, JSON.stringify({ pid: worker, identity: processIdentity(worker) }));
  }
  /** @type {Buffer[]} */
  const said = [];
  child.stdout.on("data", (chunk) => said.push(chunk));
  child.stderr.on("data", (chunk) => said.push(chunk));
  const code = await new Promise((done) => {
    child.once("close", done);
    child.once("error", (error) => {
      said.push(Buffer.from(`${error.message}\n`));
      done(1);
    });
  });
  worker = null;
  rmSync(notePath, { force: true });
  stopTicker(code === 0 ? "done" : "failed");
  return { isGood: code === 0, said: Buffer.concat(said).toString("utf8") };
}

/** @param {number} pid */
function endGroup(pid) {
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // It is gone already.
  }
}

/** A start ended with kill -9 may have left a program behind that still writes where we are about to write. */
async function endAbandonedWorker() {
  try {
    const { pid, identity } = JSON.parse(readFileSync(notePath, "utf8"));
    while (process.platform !== "win32" && identity !== null && processIdentity(pid) === identity) {
      endGroup(pid);
      await sleep(50);
    }
  } catch {
    // No note, or one cut off in the middle: nothing is known to run.
  }
  rmSync(notePath, { force: true });
}

/**
 * One start at a time works in this folder; the others wait their turn.
 * @param {() => Promise<void>} task
 */
export async function inTurn(task) {
  mkdirSync(folder, { recursive: true });
  const { release } = await waitForLock(join(folder, "lock"), {
    onWait: ({ pid }) => console.log(`Waiting for another start in this folder (process ${pid}) …`),
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (worker) endGroup(worker);
      release();
      process.exit(130);
    });
  }
  try {
    await endAbandonedWorker();
    await task();
  } finally {
    release();
  }
}
