import "server-only";
import { log } from "#lib/log.ts";

/** How often trouble with the collector is told, in ms. */
const tellEveryMs = 300_000;

/** What kind of trouble: a code or a class. What an error says may be the collector's own words. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return "code" in error ? String(error.code).slice(0, 40) : error.name;
}

/** Writes one line for much trouble: a collector that is away is no reason to fill the log. */
export function tellTrouble(): (error: unknown) => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  return (error) => {
    if (performance.now() - toldAt < tellEveryMs) return;
    toldAt = performance.now();
    log.warn({ error: kindOf(error) }, "the collector did not take traces or metrics");
  };
}
