import { useTranslations } from "next-intl";
import { GatewayChip } from "#components/gateways/gateway-chip.tsx";
import { ClockTime } from "#components/ui/clock-time.tsx";
import type { CounterLane } from "#lib/domain/counter-view.ts";

/** How each merchant account's gateway stands, in words. */
export function GatewayStrip({ lanes }: { lanes: readonly CounterLane[] }) {
  const t = useTranslations();
  if (lanes.length === 0) return <p className="text-quiet">{t("status.none")}</p>;
  return (
    <ul className="divide-y divide-line">
      {lanes.map((lane) => {
        const { account, gateway, storeName, lastAnswerAt, isSendingPaused, timeZone } = lane;
        return (
          <li key={account} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
            <span className="font-medium">
              {t(`gateway.${gateway}`)} · {storeName}
            </span>
            <GatewayChip {...lane} />
            {lastAnswerAt ? (
              <span className="basis-full text-quiet text-sm">
                {t.rich("counter.lastAnswer", {
                  time: () => <ClockTime at={lastAnswerAt} timeZone={timeZone} withDate />,
                })}
              </span>
            ) : null}
            {isSendingPaused ? <span className="basis-full">{t("counter.paused")}</span> : null}
          </li>
        );
      })}
    </ul>
  );
}
