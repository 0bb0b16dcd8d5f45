"use client";
import { PauseCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { Banner } from "#components/ui/banner.tsx";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { ClockWarning } from "#components/ui/clock-warning.tsx";
import { useLiveData } from "#components/ui/live-data.ts";
import { LiveNotice } from "#components/ui/live-notice.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { card } from "#components/ui/styles.ts";
import { limits } from "#lib/domain/limits.ts";
import { paths } from "#lib/domain/paths.ts";
import type { StatusView } from "#lib/domain/status-view.ts";
import { GatewayCard } from "./gateway-card.tsx";

/** How the gateways of one's stores stand; it reads our books and asks no gateway. */
export function LiveStatus({ initial }: { initial: StatusView }) {
  const t = useTranslations("status");
  const { shown, trouble } = useLiveData(paths.statusView, initial, () => limits.counterPollMs);
  const { serverNow, timeZone, version, build, isSendingOff, gateways } = shown;
  return (
    <>
      <PageHead
        title={t("title")}
        text={
          <>
            {t.rich("asOf", { time: () => <ClockTime at={serverNow} timeZone={timeZone} /> })}
            {" · "}
            {t("version", { version, build })}
          </>
        }
      />
      <LiveNotice trouble={trouble} serverNow={serverNow} timeZone={timeZone} />
      <ClockWarning serverNow={serverNow} />
      {isSendingOff ? (
        <Banner meaning="stop" Sign={PauseCircle}>
          <p>{t("sendingOff")}</p>
        </Banner>
      ) : null}
      {gateways.length === 0 ? <p className={card}>{t("none")}</p> : null}
      <div className="grid items-start gap-5 rail:grid-cols-2">
        {gateways.map((gateway) => (
          <GatewayCard key={gateway.account} gateway={gateway} />
        ))}
      </div>
    </>
  );
}
