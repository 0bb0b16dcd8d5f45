import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { WrongDrill } from "#lib/db/drill/demand-drill.ts";
import { holdDrill } from "#lib/db/drill/hold-drill.ts";
import { holdMasterKey } from "#lib/db/keys/hold-master-key.ts";
import { WrongMasterKey } from "#lib/db/keys/master-key.ts";
import { appDatabase } from "#lib/db/pool.ts";
import { env, telemetryVariables } from "#lib/env.ts";
import { log } from "#lib/log.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { startClerk } from "#lib/use-cases/clerk.ts";
import { sayStopping } from "#lib/use-cases/watch-desk/readiness.ts";

/** How long the polite end may take, in ms: a send on its way has 30 s, its answer a moment to be written down. */
const finishMs = 40_000;
/** Next's own end waits for every open connection, and a proxy that looks by a kept one never lets go: then it goes all the same. */
const leaveMs = 3_000;
const exitCodes = { SIGTERM: 143, SIGINT: 130 } as const;

const key = Symbol.for("storedesk.clerk");
type Holder = { [key]?: () => Promise<void> };

/**
 * What runs when a server process starts: settings are checked, the clerk begins. A wrong setting ends the process.
 * `isTraced`: each request is to be a span for a collector.
 */
export async function start(): Promise<{ readonly isTraced: boolean }> {
  let settings: Settings = null;
  try {
    env();
    settings = await readSettings();
    await holdMasterKey(appDatabase()).catch(unlessWrong);
    await holdDrill(appDatabase(), env().STOREDESK_DRILL).catch(unlessWrong);
  } catch (error) {
    log.fatal({ error: String(error) }, "Storedesk cannot start");
    process.exit(1);
  }
  const isTraced = Boolean(settings?.traces);
  const holder = globalThis as Holder;
  if (holder[key]) return { isTraced };
  holder[key] = startClerk(appContext(), { headFile: env().STOREDESK_HEAD_FILE });
  const measuring = measure(settings);
  const parts = { stopClerk: holder[key], stopTelemetry: async () => (await measuring)() };
  finishFirst("SIGTERM", parts);
  finishFirst("SIGINT", parts);
  await measuring;
  return { isTraced };
}

type Parts = { readonly stopClerk: () => Promise<void>; readonly stopTelemetry: () => Promise<void> };

type Settings = Awaited<ReturnType<typeof readSettings>>;

/** Throws a sentence where a variable is malformed. */
async function readSettings() {
  const variables = telemetryVariables();
  if (!variables) return null;
  const { readTelemetry } = await import("#lib/telemetry/settings.ts");
  return readTelemetry(variables);
}

/** Traces and metrics for a collector, where the variables name one; else none of it is even loaded. The desk never fails for it. */
async function measure(settings: Settings): Promise<Parts["stopTelemetry"]> {
  const nothing = async () => undefined;
  if (!settings) return nothing;
  try {
    const { startTelemetry } = await import("#lib/telemetry/start-telemetry.ts");
    const { refreshMetrics } = await import("#lib/use-cases/watch-desk/expose-metrics.ts");
    return await startTelemetry(settings, () => refreshMetrics(appDatabase()));
  } catch (error) {
    log.warn({ error: String(error) }, "traces and metrics could not be started");
    return nothing;
  }
}

/**
 * Books that are away or not migrated yet are no reason to stay away oneself; the wrong key and the wrong books are. A drill
 * that cannot see whose books it has does not begin.
 */
function unlessWrong(error: unknown): void {
  if (error instanceof WrongMasterKey || error instanceof WrongDrill || env().STOREDESK_DRILL) throw error;
  log.warn({ error: String(error) }, "the books are away: what this process is was not held against them");
}

/**
 * A rolling restart: told to end, this process says that it takes no new requests, claims nothing any more, finishes what is
 * on its way to a gateway, serves for as long as others need to notice, and only then lets Next close its door and go.
 */
function finishFirst(signal: "SIGTERM" | "SIGINT", { stopClerk, stopTelemetry }: Parts): void {
  const next = process.listeners(signal);
  process.removeAllListeners(signal);
  process.on(signal, () => {
    sayStopping();
    log.info({ signal }, "stopping: finishes what is on its way");
    const noticed = sleep(env().STOREDESK_DRAIN_SECONDS * 1_000);
    const finished = Promise.all([stopClerk(), noticed]);
    void Promise.race([finished, sleep(finishMs)])
      .then(stopTelemetry)
      .finally(() => {
        for (const listener of next) listener(signal);
        setTimeout(() => process.exit(exitCodes[signal]), leaveMs).unref();
      });
  });
}
