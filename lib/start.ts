import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { holdMasterKey } from "#lib/db/keys/hold-master-key.ts";
import { WrongMasterKey } from "#lib/db/keys/master-key.ts";
import { appDatabase } from "#lib/db/pool.ts";
import { env } from "#lib/env.ts";
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

/** What runs when a server process starts: settings are checked, the clerk begins. A wrong setting ends the process. */
export async function start(): Promise<void> {
  try {
    env();
    await holdMasterKey(appDatabase()).catch(unlessWrong);
  } catch (error) {
    log.fatal({ error: String(error) }, "Storedesk cannot start");
    process.exit(1);
  }
  const holder = globalThis as Holder;
  if (holder[key]) return;
  holder[key] = startClerk(appContext(), { headFile: env().STOREDESK_HEAD_FILE });
  finishFirst("SIGTERM", holder[key]);
  finishFirst("SIGINT", holder[key]);
}

/** Books that are away or not migrated yet are no reason to stay away oneself; the wrong key is. */
function unlessWrong(error: unknown): void {
  if (error instanceof WrongMasterKey) throw error;
  log.warn({ error: String(error) }, "the books are away: the master key could not be held against them");
}

/**
 * A rolling restart: told to end, this process says that it takes no new requests, claims nothing any more, finishes what is
 * on its way to a gateway, serves for as long as others need to notice, and only then lets Next close its door and go.
 */
function finishFirst(signal: "SIGTERM" | "SIGINT", stopClerk: () => Promise<void>): void {
  const next = process.listeners(signal);
  process.removeAllListeners(signal);
  process.on(signal, () => {
    sayStopping();
    log.info({ signal }, "stopping: finishes what is on its way");
    const noticed = sleep(env().STOREDESK_DRAIN_SECONDS * 1_000);
    const finished = Promise.all([stopClerk(), noticed]);
    void Promise.race([finished, sleep(finishMs)]).finally(() => {
      for (const listener of next) listener(signal);
      setTimeout(() => process.exit(exitCodes[signal]), leaveMs).unref();
    });
  });
}
