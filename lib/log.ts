import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import pino from "pino";
import { spanIds } from "./trace.ts";

/** What every line written meanwhile is about: the request, the operation, the account. */
type About = { readonly request?: string; readonly op?: string; readonly account?: string };

const key = Symbol.for("storedesk.about");
type Holder = { [key]?: AsyncLocalStorage<About> };
const holder = globalThis as Holder;
holder[key] ??= new AsyncLocalStorage<About>();
const about = holder[key];

/** Runs `work` with these names on every line of the log that is written until it ends, on top of those already there. */
export function logAbout<T>(more: About, work: () => T): T {
  return about.run({ ...about.getStore(), ...more }, work);
}

/** What a line written now would be about. */
export function aboutNow(): About {
  return about.getStore() ?? {};
}

/** The one log. Structured; what may hold a secret is cut out by name, and nothing else is passed in whole. */
export const log = pino({
  base: undefined,
  mixin: () => ({ ...about.getStore(), ...spanIds() }),
  redact: {
    paths: [
      "password",
      "pin",
      "code",
      "proof",
      "seed",
      "tradeKey",
      "refundKey",
      "*.password",
      "*.pin",
      "*.tradeKey",
      "*.refundKey",
      "secrets",
      "*.secrets",
    ],
    censor: "[cut]",
  },
});
