import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import type { Locale } from "#lib/i18n/locales.ts";
import english from "../messages/en.json" with { type: "json" };
import thai from "../messages/th.json" with { type: "json" };
import chinese from "../messages/zh-TW.json" with { type: "json" };

export const messages = { en: english, th: thai, "zh-TW": chinese };

/** What a component says in a language, as HTML; throws for a key without words, which would be shown as itself. */
export function saidIn(locale: Locale, shown: ReactNode, timeZone = "Asia/Taipei"): string {
  const noWords = (error: Error) => {
    throw error;
  };
  return renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={messages[locale]} timeZone={timeZone} onError={noWords}>
      {shown}
    </NextIntlClientProvider>,
  );
}
