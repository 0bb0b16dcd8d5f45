/**
 * A lock file that outlives nobody: it names its holder by pid and process identity, so one left behind by a killed
 * process is seen as stale and taken over.
 */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { processIdentity } from "./facts.mjs";

/** @typedef {{ pid: number, identity: string | null, note: string }} Holder */

/** @param {string} path @returns {{ holder: Holder | null, text: string } | null} */
function read(path) {
  try {
    const text = readFileSync(path, "utf8");
    try {
      return { holder: JSON.parse(text), text };
    } catch {
      return { holder: null, text };
    }
  } catch {
    return null;
  }
}

/** @param {Holder | null} holder */
function isHeld(holder) {
  return holder !== null && holder.identity !== null && processIdentity(holder.pid) === holder.identity;
}

/** Moves a stale lock out of the way; puts it back should another process have renewed it in that moment.
 * @param {string} path @param {string} staleText */
function clearStale(path, staleText) {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (read(aside)?.text !== staleText) {
    try {
      linkSync(aside, path);
    } catch {
      // Somebody holds it already; the next look will say who.
    }
  }
  rmSync(aside, { force: true });
}

/**
 * Takes the lock or says who holds it.
 * @param {string} path @param {string} [note] free text for whoever is refused
 * @returns {{ release: () => void, rewrite: (note: string) => void, holder: null } | { release: null, holder: Holder }}
 */
export function tryLock(path, note = "") {
  const identity = processIdentity(process.pid);
  const draft = `${path}.${process.pid}.new`;
  /** @param {string} text */
  const content = (text) => JSON.stringify({ pid: process.pid, identity, note: text });
  for (let attempt = 0; attempt < 20; attempt += 1) {
    writeFileSync(draft, content(note));
    try {
      linkSync(draft, path);
      return {
        holder: null,
        release: () => release(path),
        rewrite: (text) => replace(path, draft, content(text)),
      };
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    } finally {
      rmSync(draft, { force: true });
    }
    const found = read(path);
    if (found?.holder && isHeld(found.holder)) return { release: null, holder: found.holder };
    if (found) clearStale(path, found.text);
  }
  throw new Error(`The lock ${path} cannot be taken.`);
}

/** @param {string} path @param {string} draft @param {string} text */
function replace(path, draft, text) {
  writeFileSync(draft, text);
  renameSync(draft, path);
}

/** @param {string} path */
function release(path) {
  if (read(path)?.holder?.pid === process.pid) rmSync(path, { force: true });
}

/**
 * Waits for the lock.
 * @param {string} path @param {{ onWait?: (holder: Holder) => void, patienceMs?: number }} [options]
 * @returns {Promise<{ release: () => void, waited: boolean }>}
 */
export async function waitForLock(path, { onWait, patienceMs = 30 * 60_000 } = {}) {
  const until = Date.now() + patienceMs;
  for (let waited = false; ; waited = true) {
    const lock = tryLock(path);
    if (lock.holder === null) return { release: lock.release, waited };
    if (!waited) onWait?.(lock.holder);
    if (Date.now() > until) throw new Error(`Process ${lock.holder.pid} has held ${path} for too long.`);
    await sleep(200);
  }
}
