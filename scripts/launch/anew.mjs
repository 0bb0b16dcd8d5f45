/** A drill is laid out anew (docs/adr/0028): what its desk asks the launcher for, and what happens then. */
import { runScript } from "./programs.mjs";

/**
 * Who asked for it, if that is what this message says (lib/use-cases/drill/launcher.ts).
 * @param {unknown} message @returns {string | null}
 */
export function askedAnewBy(message) {
  if (typeof message !== "object" || message === null) return null;
  const { storedesk, by } = /** @type {Record<string, unknown>} */ (message);
  return storedesk === "begin anew" && typeof by === "string" ? by : null;
}

/**
 * Empties books and simulators and lays the demo out; the desk is not running meanwhile.
 * @param {NodeJS.ProcessEnv} env @param {string} by username @param {AbortSignal} signal
 */
export function layOutAnew(env, by, signal) {
  return runScript("scripts/drill-anew.ts", { ...env, STOREDESK_ANEW_BY: by }, signal);
}
