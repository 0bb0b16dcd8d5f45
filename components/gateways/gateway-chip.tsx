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

type Props = Pick<CounterLane, "health" | "quietUntil" | "timeZone">;

/** How a gateway stands, in a word. */
export function GatewayChip({ health, quietUntil, timeZone }: Props) {
  const t = useTranslations("gatewayState");
  return (
    <Chip {...signs[health]}>
      {t.rich(health, {
        time: () => (quietUntil ? <ClockTime at={quietUntil} timeZone={timeZone} /> : null),
      })}
    </Chip>
  );
}
