import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { GatewayStatus } from "#lib/domain/status-view.ts";
import { locales } from "#lib/i18n/locales.ts";
import english from "../../messages/en.json" with { type: "json" };
import thai from "../../messages/th.json" with { type: "json" };
import chinese from "../../messages/zh-TW.json" with { type: "json" };
import { GatewayCard } from "./gateway-card.tsx";

const messages = { en: english, th: thai, "zh-TW": chinese };
const gateway: GatewayStatus = {
  ...{ account: "xinyi", gateway: "scan2pay", storeName: "信義店", timeZone: "Asia/Taipei" },
  ...{ health: "ok", quietUntil: null, lastAnswerAt: "2026-03-02T06:00:00Z", isSendingPaused: false },
  ...{ answerMs: null, usedPercent: 0, waiting: 0, quietHours: null },
};

function said(locale: keyof typeof messages, answerMs: number): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={messages[locale]} timeZone="Asia/Taipei">
      <GatewayCard gateway={{ ...gateway, answerMs }} />
    </NextIntlClientProvider>,
  );
}

test.each(locales)(
  "in %s a gateway that answers within a second is never said to take 0 seconds",
  (locale) => {
    const { fast, seconds } = messages[locale].status;
    const about = (text: string) => seconds.replace("{seconds}", text);
    for (const answerMs of [0, 40, 999]) {
      expect(said(locale, answerMs)).toContain(fast);
      expect(said(locale, answerMs)).not.toContain(about("0"));
    }
    expect(said(locale, 1_000)).toContain(about("1"));
    expect(said(locale, 2_340)).toContain(about("2.3"));
    expect(said(locale, 2_340)).not.toContain(fast);
  },
);
