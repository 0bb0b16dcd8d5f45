import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { classes, meanings } from "#components/ui/styles.ts";
import { formatMoney, type Money } from "#lib/domain/money.ts";
import type { Verdict } from "#lib/domain/verdict.ts";
import { verdictSigns } from "./verdict-signs.tsx";

type Props = { verdict: Verdict; money: Money | null; asOf: ReactNode };

/** The page's first thing: sign, word, amount, what to do, and how old the answer is. */
export function VerdictCard({ verdict, money, asOf }: Props) {
  const t = useTranslations("verdict");
  const { Sign, meaning } = verdictSigns[verdict];
  return (
    <section aria-label={t("region")} className={classes("rounded-2xl border-2 p-6", meanings[meaning])}>
      <p className="flex items-center gap-3 font-bold text-4xl">
        <Sign aria-hidden className="size-10 shrink-0" />
        <span>{t(`${verdict}.word`)}</span>
      </p>
      {money ? <p className="mt-3 font-semibold text-4xl tabular-nums">{formatMoney(money)}</p> : null}
      <p className="mt-2 text-lg">{t(`${verdict}.hint`)}</p>
      <p className="mt-3 text-sm">{asOf}</p>
    </section>
  );
}
