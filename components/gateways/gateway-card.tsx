import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "#components/ui/card.tsx";
import { ClockTime } from "#components/ui/clock-time.tsx";
import type { GatewayStatus } from "#lib/domain/status-view.ts";
import { GatewayChip } from "./gateway-chip.tsx";

const fastMs = 1_000;

/** Of what may be asked, how much was; the words beside it say the same. */
function UseBar({ percent }: { percent: number }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 100 6" preserveAspectRatio="none" className="h-1.5 w-full max-w-48">
      <rect width="100" height="6" rx="1.5" className="fill-line" />
      <rect width={percent} height="6" rx="1.5" className="fill-accent" />
    </svg>
  );
}

/** What its state means for the people at the counter, where it means something. */
function Meaning({ gateway }: { gateway: GatewayStatus }) {
  const t = useTranslations();
  const { health, quietUntil, timeZone, isSendingPaused } = gateway;
  const words = {
    quiet: quietUntil
      ? t.rich("status.resting", { time: () => <ClockTime at={quietUntil} timeZone={timeZone} /> })
      : null,
    down: t("status.down"),
    slow: t("status.slow"),
    ok: null,
    unasked: null,
  }[health];
  return (
    <>
      {words ? <p>{words}</p> : null}
      {isSendingPaused ? <p>{t("counter.paused")}</p> : null}
    </>
  );
}

/** How long it takes to answer, as people say it. */
function useSpeedWords(answerMs: number | null): string {
  const t = useTranslations("status");
  const { number } = useFormatter();
  if (answerMs === null) return t("never");
  if (answerMs < fastMs) return t("fast");
  return t("seconds", { seconds: number(answerMs / 1_000, { maximumFractionDigits: 1 }) });
}

/** One merchant account's gateway: how it stands, how fast it answers and how much it is asked. */
export function GatewayCard({ gateway }: { gateway: GatewayStatus }) {
  const t = useTranslations();
  const { account, lastAnswerAt, answerMs, usedPercent, waiting, quietHours, timeZone } = gateway;
  const facts: { name: string; value: ReactNode }[] = [
    {
      name: t("status.lastAnswer"),
      value: lastAnswerAt ? <ClockTime at={lastAnswerAt} timeZone={timeZone} withDate /> : t("status.never"),
    },
    {
      name: t("status.speed"),
      value: useSpeedWords(answerMs),
    },
    {
      name: t("status.used"),
      value: (
        <span className="grid gap-1.5">
          {t("status.percent", { percent: usedPercent })}
          <UseBar percent={usedPercent} />
        </span>
      ),
    },
    { name: t("status.waiting"), value: t("status.inLine", { count: waiting }) },
    ...(quietHours ? [{ name: t("status.quietHours"), value: t("status.hours", quietHours) }] : []),
  ];
  return (
    <Card
      title={`${t(`gateway.${gateway.gateway}`)} · ${gateway.storeName}`}
      text={account}
      end={<GatewayChip {...gateway} />}
    >
      <Meaning gateway={gateway} />
      <dl className="grid gap-x-4 gap-y-2 tabular-nums sm:grid-cols-[11rem_1fr]">
        {facts.map(({ name, value }) => (
          <div key={name} className="contents">
            <dt className="text-quiet">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
