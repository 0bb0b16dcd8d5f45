"use client";
import { type Messages, NextIntlClientProvider } from "next-intl";
import { type ReactNode, use } from "react";
import { preload } from "react-dom";
import type { Locale } from "#lib/i18n/locales.ts";

const files: Record<Locale, URL> = {
  "zh-TW": new URL("../../messages/zh-TW.json", import.meta.url),
  en: new URL("../../messages/en.json", import.meta.url),
  th: new URL("../../messages/th.json", import.meta.url),
};

const askAgainMs = 2_000;

/** Asks until it has them: until then what the server drew stays, or the words of the language before. */
async function fetchWords(locale: Locale): Promise<Messages> {
  const words: Messages | null = await fetch(files[locale])
    .then((answer) => (answer.ok ? answer.json() : null))
    .catch(() => null);
  if (words) return words;
  await new Promise((done) => setTimeout(done, askAgainMs));
  return fetchWords(locale);
}

const ask =
  typeof window === "undefined"
    ? async (locale: Locale): Promise<Messages> => (await import(`../../messages/${locale}.json`)).default
    : fetchWords;

const asked = new Map<Locale, Promise<Messages>>();

/** The words of a language: the same promise each time, as `use` wants it. */
function wordsOf(locale: Locale): Promise<Messages> {
  const words = asked.get(locale) ?? ask(locale);
  asked.set(locale, words);
  return words;
}

type Props = {
  readonly locale: Locale;
  readonly timeZone: string;
  readonly children: ReactNode;
};

/**
 * The words for what the browser draws: a file of its own for each language, which the browser keeps from page to page. In the
 * pages they were more than half of each, and a third of the work of drawing it (docs/adr/0035).
 */
export function Words({ locale, children, ...clock }: Props) {
  // The head of the page names the file, so that it is there when React asks for it.
  preload(String(files[locale]), { as: "fetch", crossOrigin: "anonymous" });
  return (
    <NextIntlClientProvider locale={locale} messages={use(wordsOf(locale))} {...clock}>
      {children}
    </NextIntlClientProvider>
  );
}
