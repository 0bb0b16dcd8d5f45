"use client";
import { ClipboardCheck, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Banner } from "#components/ui/banner.tsx";
import { Card } from "#components/ui/card.tsx";
import { ClockWarning } from "#components/ui/clock-warning.tsx";
import { useLiveData } from "#components/ui/live-data.ts";
import { LiveNotice } from "#components/ui/live-notice.tsx";
import { useAnnounce } from "#components/ui/live-region.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { button, textLink } from "#components/ui/styles.ts";
import type { CounterView } from "#lib/domain/counter-view.ts";
import { limits } from "#lib/domain/limits.ts";
import { paths } from "#lib/domain/paths.ts";
import { GatewayStrip } from "./gateway-strip.tsx";
import { OwnRequests, useRequestWord } from "./own-requests.tsx";
import { RecentOrders } from "./recent-orders.tsx";
import { ScanHere } from "./scan-here.tsx";

type Props = {
  initial: CounterView;
  /** This person may ask for refunds, so has requests of their own. */
  isAsking: boolean;
};

/** Says each new answer to an own request once. */
function useAnswers(requests: CounterView["requests"]): void {
  const announce = useAnnounce();
  const wordOf = useRequestWord();
  const known = useRef(new Map(requests.map((request) => [request.requestNo, wordOf(request)])));
  useEffect(() => {
    for (const request of requests) {
      const { requestNo, orderNo } = request;
      const word = wordOf(request);
      if (known.current.has(requestNo) && known.current.get(requestNo) !== word)
        announce(`${orderNo}: ${word}`);
      known.current.set(requestNo, word);
    }
  }, [requests, wordOf, announce]);
}

/** The Counter: where a scan goes, what was looked up here, what became of own requests, and how the gateways stand. */
export function LiveCounter({ initial, isAsking }: Props) {
  const t = useTranslations("counter");
  const { shown, trouble } = useLiveData(paths.counterView, initial, () => limits.counterPollMs);
  const { recent, requests, lanes, waiting, overdue, serverNow, timeZone, hasStores } = shown;
  useAnswers(requests);
  return (
    <>
      <PageHead title={t("title")} />
      <LiveNotice trouble={trouble} serverNow={serverNow} timeZone={timeZone} />
      <ClockWarning serverNow={serverNow} />
      {waiting ? (
        <Banner meaning="moving" Sign={ClipboardCheck}>
          <p className="grow font-medium">{t("waiting", { count: waiting })}</p>
          <Link href={paths.approvals} prefetch={false} className={button.primary}>
            {t("decide")}
          </Link>
        </Banner>
      ) : null}
      {overdue ? (
        <Banner meaning="unknown" Sign={TriangleAlert}>
          <p className="font-medium">{t("overdue", { count: overdue })}</p>
        </Banner>
      ) : null}
      <div className="grid items-start gap-5 rail:grid-cols-[3fr_2fr]">
        <div className="grid gap-5">
          <ScanHere />
          <Card
            title={t("recent")}
            end={
              <Link href={paths.orders} prefetch={false} className={textLink}>
                {t("allOrders")}
              </Link>
            }
          >
            <RecentOrders orders={recent} hasStores={hasStores} />
          </Card>
        </div>
        <div className="grid gap-5">
          {isAsking ? (
            <Card
              title={t("requests")}
              end={
                <Link href={paths.requests} prefetch={false} className={textLink}>
                  {t("allRequests")}
                </Link>
              }
            >
              <OwnRequests requests={requests} />
            </Card>
          ) : null}
          <Card
            title={t("gateways")}
            end={
              <Link href={paths.status} prefetch={false} className={textLink}>
                {t("gatewaysMore")}
              </Link>
            }
          >
            <GatewayStrip lanes={lanes} />
          </Card>
        </div>
      </div>
    </>
  );
}
