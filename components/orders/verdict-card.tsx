import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { classes, meanings } from "#components/ui/styles.ts";
import { formatMoney, type Money } from "#lib/domain/money.ts";
import type { Verdict } from "#lib/domain/verdict.ts";
import { verdictSigns } from "./verdict-signs.tsx";

type Props = { verdict: Verdict; money: Money | null; asOf: ReactNode };

/** The page's first thing, readable from a metre: sign, word, amount, what to do, and how old the answer is. */
export function VerdictCard({ verdict, money, asOf }: Props) {
  const t = useTranslations("verdict");
  const { Sign, meaning } = verdictSigns[verdict];
  return (
    <section
      aria-label={t("region")}
      className={classes("overflow-hidden rounded-2xl border-2 shadow-lift", meanings[meaning])}
    >
      <div className="grid gap-x-6 gap-y-3 p-5 sm:grid-cols-[auto_1fr_auto] sm:items-center sm:p-6">
        <Sign aria-hidden className="size-14 shrink-0 sm:size-16" />
        <div className="min-w-0">
          <p className="text-balance font-bold text-4xl tracking-tight">{t(`${verdict}.word`)}</p>
          <p className="mt-1 text-lg">{t(`${verdict}.hint`)}</p>
        </div>
        {money ? (
          <p className="whitespace-nowrap font-semibold text-4xl tabular-nums tracking-tight sm:self-start sm:text-right">
            {formatMoney(money)}
          </p>
        ) : null}
      </div>
      <p className="border-current/15 border-t bg-surface/60 px-5 py-2 text-ink text-sm sm:px-6">{asOf}</p>
    </section>
  );
}
