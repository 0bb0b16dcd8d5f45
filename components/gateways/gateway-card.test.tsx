import { expect, test } from "vitest";
import type { GatewayStatus } from "#lib/domain/status-view.ts";
import { type Locale, locales } from "#lib/i18n/locales.ts";
import { messages, saidIn } from "#test/said-in.tsx";
import { GatewayCard } from "./gateway-card.tsx";

const gateway: GatewayStatus = {
  ...{ account: "xinyi", gateway: "scan2pay", storeName: "信義店", timeZone: "Asia/Taipei" },
  ...{ health: "ok", quietUntil: null, lastAnswerAt: "2026-03-02T06:00:00Z", isSendingPaused: false },
  ...{ answerMs: null, usedPercent: 0, waiting: 0, quietHours: null },
};

const said = (locale: Locale, answerMs: number) =>
  saidIn(locale, <GatewayCard gateway={{ ...gateway, answerMs }} />);

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
