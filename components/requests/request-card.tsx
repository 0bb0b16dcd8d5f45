"use client";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { dayAndMinute } from "#components/ui/day-and-minute.ts";
import { LiveNotice } from "#components/ui/live-notice.tsx";
import { classes, meanings } from "#components/ui/styles.ts";
import { formatMoney, type Money } from "#lib/domain/money.ts";
import { paths } from "#lib/domain/paths.ts";
import { requestSigns } from "./request-signs.ts";
import { type RequestNow, useRequestNow } from "./use-request-now.ts";

type Props = { requestNo: string; money: Money; timeZone: string; initial: RequestNow };

/** Where the request stands, by whom and when; changes in place and says so once. */
export function RequestCard({ requestNo, money, timeZone, initial }: Props) {
  const t = useTranslations();
  const locale = useLocale();
  const { told, trouble } = useRequestNow(requestNo, initial);
  const { state, status, pair, isByRule, decidedBy, decidedFor, decisionReason, nextNo } = told;
  const { Sign, meaning } = requestSigns[state];
  const clock = (iso: string) => dayAndMinute(new Date(iso), { locale, timeZone });
  const by = (name: string, away: string | null) =>
    away === null ? name : t("deputy.byFor", { name, away });
  const decidedAt = status === "EXPIRED" ? told.expiresAt : told.decidedAt;
  const isDecided = status !== "REQUESTED" && decidedAt !== null;
  const values = { amount: formatMoney(money), no: told.merchantNo ?? "", time: clock(told.expiresAt) };
  return (
    <>
      <LiveNotice trouble={trouble} serverNow={told.serverNow} timeZone={timeZone} />
      <section
        aria-label={t("requests.region")}
        className={classes("overflow-hidden rounded-2xl border-2 shadow-lift", meanings[meaning])}
      >
        <div className="grid gap-x-6 gap-y-3 p-5 sm:grid-cols-[auto_1fr_auto] sm:items-center sm:p-6">
          <Sign aria-hidden className="size-12 shrink-0" />
          <div role="status" className="grid min-w-0 gap-1">
            <p className="text-balance font-bold text-2xl tracking-tight">
              {t(`requestState.${state}.word`)}
            </p>
            <p className="text-lg">{t(`requestState.${state}.hint`, values)}</p>
            {pair ? (
              <p>
                {t(pair.first ? "approvals.firstDone" : "approvals.takesTwo", {
                  limit: formatMoney({ ...money, amountMinor: pair.aboveMinor }),
                  by: by(pair.first?.by ?? "", pair.first?.byFor ?? null),
                  time: pair.first ? clock(pair.first.at) : "",
                })}
              </p>
            ) : null}
            {isDecided ? (
              <p>
                {t(isByRule ? "decided.byRule" : `decided.${status}`, {
                  by: by(decidedBy ?? "Storedesk", decidedFor),
                  time: clock(decidedAt),
                })}
              </p>
            ) : null}
          </div>
          <p className="whitespace-nowrap font-semibold text-4xl tabular-nums tracking-tight sm:self-start">
            {formatMoney(money)}
          </p>
        </div>
        {decisionReason ? (
          <blockquote className="border-current/15 border-t bg-surface/60 px-5 py-3 text-ink text-lg sm:px-6">
            {decisionReason}
          </blockquote>
        ) : null}
        {nextNo ? (
          <p className="border-current/15 border-t bg-surface/60 px-5 text-ink sm:px-6">
            <Link
              href={paths.request(nextNo)}
              prefetch={false}
              className="inline-flex min-h-11 items-center underline underline-offset-4"
            >
              {t("requests.next", { requestNo: nextNo })}
            </Link>
          </p>
        ) : null}
      </section>
    </>
  );
}
