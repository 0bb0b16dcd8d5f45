"use client";
import { BellRing } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Banner } from "#components/ui/banner.tsx";
import { useLiveData } from "#components/ui/live-data.ts";
import { LiveNotice } from "#components/ui/live-notice.tsx";
import { useAnnounce } from "#components/ui/live-region.tsx";
import { RefreshButton } from "#components/ui/refresh-button.tsx";
import { limits } from "#lib/domain/limits.ts";
import { paths } from "#lib/domain/paths.ts";

/** What the address of waiting requests tells, oldest first. */
type WaitingNow = {
  readonly requestNos: readonly string[];
  readonly serverNow: string;
  readonly timeZone: string;
};

/** Says that something new waits or that something shown is gone; the list itself moves only when somebody wants it to. */
export function NewWaiting({ initial }: { initial: WaitingNow }) {
  const t = useTranslations("approvals");
  const announce = useAnnounce();
  const { shown, trouble } = useLiveData(paths.waitingApprovals, initial, () => limits.listPollMs);
  const { requestNos, serverNow, timeZone } = shown;
  const added = requestNos.filter((no) => !initial.requestNos.includes(no)).length;
  const gone = initial.requestNos.filter((no) => !requestNos.includes(no)).length;
  useEffect(() => {
    if (added > 0) announce(t("newWaiting", { count: added }));
  }, [added, announce, t]);
  return (
    <>
      <LiveNotice {...{ trouble, serverNow, timeZone }} />
      {added > 0 || gone > 0 ? (
        <Banner meaning="moving" Sign={BellRing}>
          <p className="flex-1 font-semibold">
            {added > 0 ? t("newWaiting", { count: added }) : t("goneMeanwhile", { count: gone })}
          </p>
          <RefreshButton>{t("show")}</RefreshButton>
        </Banner>
      ) : null}
    </>
  );
}
