import { expect, test } from "vitest";
import { locales } from "#lib/i18n/locales.ts";
import { messages, saidIn } from "#test/said-in.tsx";
import { GatewayStrip } from "./gateway-strip.tsx";

test.each(locales)(
  "in %s a shop that has no payment company yet is told so, not shown an empty card",
  (locale) => {
    expect(saidIn(locale, <GatewayStrip lanes={[]} />)).toContain(messages[locale].status.none);
  },
);
