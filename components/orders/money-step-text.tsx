"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { card } from "#components/ui/styles.ts";
import { useServerNow } from "#components/ui/use-server-now.ts";
import type { Currency } from "#lib/domain/currency.ts";
import { formatMoney } from "#lib/domain/money.ts";
import type { MoneyStep } from "#lib/domain/money-step.ts";

type Props = { step: MoneyStep; currency: Currency; timeZone: string; serverNow: string };

/** What staff read about the order's money (money.md 2.11): what happens, what not to do meanwhile, and when it was asked. */
export function MoneyStepText({ step, currency, timeZone, serverNow }: Props) {
  const t = useTranslations("staffMessages");
  const refused = useTranslations(step.kind === "CANCEL" ? "cancelRefusal" : "refundRefusal");
  const nowMs = useServerNow(serverNow);
  const clock = (at: string | null, withDate = false): ReactNode =>
    at && <ClockTime {...{ at, timeZone, withDate }} />;
  const { what, kind, no, at, reason, refusal, lastAskedAt, nextAskAt } = step;
  const key = kind === "CANCEL" ? (`cancel.${what}` as const) : what;
  if (!t.has(key)) return null;
  const isAsking = what === "unconfirmed" || what === "overdue";
  return (
    <section className={`${card} grid gap-1`} aria-label={t("title")}>
      <p className="font-medium text-lg">
        {t.rich(key, {
          time: () => clock(at, true),
          amount: formatMoney({ amountMinor: step.amountMinor, currency }),
          no: () => <span className="font-mono">{no}</span>,
          reason: reason ?? "",
        })}
      </p>
      {step.isByRule ? <p className="text-quiet">{t("byRule")}</p> : null}
      {refusal === null ? null : <p>{refused(refused.has(refusal) ? refusal : "other")}</p>}
      {what === "overdue" ? <p>{t("managerInformed")}</p> : null}
      {isAsking && lastAskedAt ? (
        <p className="text-quiet">{t.rich("lastAsked", { time: () => clock(lastAskedAt) })}</p>
      ) : null}
      {isAsking && nextAskAt ? (
        <p className="text-quiet">
          {Date.parse(nextAskAt) <= nowMs
            ? t("nextAskNow")
            : t.rich("nextAsk", { time: () => clock(nextAskAt) })}
        </p>
      ) : null}
    </section>
  );
}
