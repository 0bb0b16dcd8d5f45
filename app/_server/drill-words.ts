import "server-only";
import { getTranslations } from "next-intl/server";
import { env } from "#lib/env.ts";

/** What a drill's bar says, for what leaves the screen; null in a desk that is none. */
export async function drillWords(): Promise<string | null> {
  return env().STOREDESK_DRILL ? (await getTranslations("drill"))("bar") : null;
}
