import "server-only";
import { env } from "#lib/env.ts";
import { log } from "#lib/log.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { startClerk } from "#lib/use-cases/clerk.ts";

const key = Symbol.for("storedesk.clerk");
type Holder = { [key]?: () => Promise<void> };

/** What runs when a server process starts: settings are checked, the clerk begins. A wrong setting ends the process. */
export function start(): void {
  try {
    env();
  } catch (error) {
    log.fatal({ error: String(error) }, "Storedesk cannot start");
    process.exit(1);
  }
  const holder = globalThis as Holder;
  holder[key] ??= startClerk(appContext(), { headFile: env().STOREDESK_HEAD_FILE });
}
