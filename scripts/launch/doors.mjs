/** One launcher a data folder, one program a port. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { tryLock } from "../process/lock.mjs";
import { isPortFree } from "../process/port.mjs";
import { WrongSetting } from "./settings.mjs";

const lookMs = 100;
/** A launcher whose npm was just killed needs a moment to notice, and then another to stop. */
const noticePatienceMs = 1_500;
const stopPatienceMs = 20_000;
/** Children of a launcher that was just killed let go of their ports within half a second. */
const portPatienceMs = 3_000;

/**
 * Takes the data folder, or says who has it.
 * @param {string} data @param {string} url
 */
export async function takeFolder(data, url) {
  const path = join(data, "launcher.lock");
  const began = Date.now();
  for (;;) {
    const lock = tryLock(path, JSON.stringify({ url, isStopping: false }));
    if (lock.holder === null) {
      return {
        release: lock.release,
        sayStopping: () => lock.rewrite(JSON.stringify({ url, isStopping: true })),
      };
    }
    const holder = JSON.parse(lock.holder.note);
    const patienceMs = holder.isStopping ? stopPatienceMs : noticePatienceMs;
    if (Date.now() - began > patienceMs) {
      throw new WrongSetting(
        `Already running on ${holder.url} (process ${lock.holder.pid}) with the data in ${data}.`,
      );
    }
    await sleep(lookMs);
  }
}

/** @param {string} name the variable that says the port @param {number} port @param {string} host */
export async function demandFree(name, port, host) {
  const until = Date.now() + portPatienceMs;
  while (!(await isPortFree(port, host))) {
    if (Date.now() > until) throw new WrongSetting(`${name}: port ${port} is in use by another program.`);
    await sleep(lookMs);
  }
}
