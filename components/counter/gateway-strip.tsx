import { CircleCheck, CirclePause, CircleX, Clock, type LucideIcon, Minus } from "lucide-react";
import { useTranslations } from "next-intl";
import { Chip } from "#components/ui/chip.tsx";
import { ClockTime } from "#components/ui/clock-time.tsx";
import type { Meaning } from "#components/ui/styles.ts";
import type { CounterLane } from "#lib/domain/counter-view.ts";
import type { GatewayHealth } from "#lib/domain/gateway-health.ts";

const signs: Record<GatewayHealth, { Sign: LucideIcon; meaning: Meaning }> = {
  ok: { Sign: CircleCheck, meaning: "good" },
  slow: { Sign: Clock, meaning: "wait" },
  down: { Sign: CircleX, meaning: "stop" },
  quiet: { Sign: CirclePause, meaning: "stop" },
  unasked: { Sign: Minus, meaning: "moving" },
};

/** How each merchant account's gateway stands, in words. */
export function GatewayStrip({ lanes }: { lanes: readonly CounterLane[] }) {
  const t = useTranslations();
  return (
    <ul className="divide-y divide-line">
      {lanes.map(
        ({ account, gateway, storeName, health, quietUntil, lastAnswerAt, isSendingPaused, timeZone }) => (
          <li key={account} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
            <span className="font-medium">
              {t(`gateway.${gateway}`)} · {storeName}
            </span>
            <Chip {...signs[health]}>
              {t.rich(`gatewayState.${health}`, {
                time: () => (quietUntil ? <ClockTime at={quietUntil} timeZone={timeZone} /> : null),
              })}
            </Chip>
            {lastAnswerAt ? (
              <span className="basis-full text-quiet text-sm">
                {t.rich("counter.lastAnswer", {
                  time: () => <ClockTime at={lastAnswerAt} timeZone={timeZone} withDate />,
                })}
              </span>
            ) : null}
            {isSendingPaused ? <span className="basis-full">{t("counter.paused")}</span> : null}
          </li>
        ),
      )}
    </ul>
  );
}
