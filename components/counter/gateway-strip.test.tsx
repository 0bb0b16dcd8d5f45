import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { locales } from "#lib/i18n/locales.ts";
import english from "../../messages/en.json" with { type: "json" };
import thai from "../../messages/th.json" with { type: "json" };
import chinese from "../../messages/zh-TW.json" with { type: "json" };
import { GatewayStrip } from "./gateway-strip.tsx";

const messages = { en: english, th: thai, "zh-TW": chinese };

test.each(locales)(
  "in %s a shop that has no payment company yet is told so, not shown an empty card",
  (locale) => {
    const strip = (
      <NextIntlClientProvider locale={locale} messages={messages[locale]} timeZone="Asia/Taipei">
        <GatewayStrip lanes={[]} />
      </NextIntlClientProvider>
    );
    expect(renderToStaticMarkup(strip)).toContain(messages[locale].status.none);
  },
);
