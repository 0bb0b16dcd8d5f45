import { useTranslations } from "next-intl";
import type { Currency } from "#lib/domain/currency.ts";
import { formatMoney } from "#lib/domain/money.ts";
import { type OwnLimitJudgement, saleDays } from "#lib/domain/own-limit.ts";

/** Why a manager decides, in one sentence with its numbers; null where the rule approved it. */
export function useOwnLimitWords() {
  const t = useTranslations("ownLimit.why");
  return ({ why, limits, today, saleAgeMs, secondAboveMinor }: OwnLimitJudgement, currency: Currency) => {
    const money = (amountMinor: number) => formatMoney({ amountMinor, currency });
    return (
      why &&
      t(why, {
        limit: money(limits.perRefundMinor),
        count: today.count,
        countMax: limits.dayCountMax,
        sum: money(today.sumMinor),
        sumMax: money(limits.daySumMinor),
        days: saleDays(saleAgeMs ?? 0),
        daysMax: limits.saleAgeMaxDays,
        second: money(secondAboveMinor ?? 0),
      })
    );
  };
}
