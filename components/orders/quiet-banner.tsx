import { PlugZap } from "lucide-react";
import { useTranslations } from "next-intl";
import { Banner } from "#components/ui/banner.tsx";
import { ClockTime } from "#components/ui/clock-time.tsx";

/** The gateway is left alone for a while (money.md 3.4): what that means for the money, and when it is tried again. */
export function QuietBanner({ until, timeZone }: { until: string; timeZone: string }) {
  const t = useTranslations("quietBanner");
  return (
    <Banner meaning="stop" Sign={PlugZap}>
      <p>{t.rich("said", { time: () => <ClockTime at={until} timeZone={timeZone} /> })}</p>
    </Banner>
  );
}
