"use client";
import { useLocale, useTranslations } from "next-intl";
import { useCallback } from "react";
import { dayAndMinute } from "#components/ui/day-and-minute.ts";
import type { ActionAnswer } from "#lib/domain/action-answer.ts";
import { formatMoney, type Money } from "#lib/domain/money.ts";

type Refusal = NonNullable<ActionAnswer["refusal"]>;
type Place = { readonly timeZone: string; readonly currency: Money["currency"] };

/** A refusal as one sentence of the reader's language: who was first and when on the store's clock, what remains and what is reserved. */
export function useRefusalWords({ timeZone, currency }: Place): (refusal: Refusal) => string {
  const t = useTranslations();
  const locale = useLocale();
  return useCallback(
    (refusal) => {
      const { why, status, by, at, untilAt, remainingMinor = 0, reservedMinor = 0 } = refusal;
      const { reference = "", triesLeft = 0 } = refusal;
      const clock = (instant: Date | null | undefined) =>
        instant ? dayAndMinute(new Date(instant), { locale, timeZone }) : "–";
      const money = (amountMinor: number) => formatMoney({ amountMinor, currency });
      if (why === "decided" || why === "expired") {
        return t(`decided.${status ?? "EXPIRED"}`, { by: by ?? "Storedesk", time: clock(at) });
      }
      if (why === "moreThanRemains")
        return t("refund.moreThanRemains", {
          remaining: money(remainingMinor),
          reserved: money(reservedMinor),
        });
      const key = `errors.${why}`;
      if (!t.has(key)) return t("errors.title");
      return t(key, { reference, status: "", time: clock(untilAt), left: triesLeft });
    },
    [t, locale, timeZone, currency],
  );
}
