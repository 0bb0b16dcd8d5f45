import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { env } from "#lib/env.ts";
import { pickLocale } from "./locales.ts";

export default getRequestConfig(async () => {
  const locale = pickLocale((await cookies()).get("locale")?.value, (await headers()).get("accept-language"));
  const { drill, ...messages } = (await import(`../../messages/${locale}.json`)).default;
  // Every page carries the words to its browser; those of a drill are of no use anywhere else.
  return { locale, messages: env().STOREDESK_DRILL ? { ...messages, drill } : messages };
});
