"use client";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { ClockWarning } from "#components/ui/clock-warning.tsx";
import { useLiveData } from "#components/ui/live-data.ts";
import { LiveNotice } from "#components/ui/live-notice.tsx";
import { useAnnounce } from "#components/ui/live-region.tsx";
import type { ActionAnswer } from "#lib/domain/action-answer.ts";
import { limits } from "#lib/domain/limits.ts";
import type { OrderStatus } from "#lib/domain/order-view.ts";
import { paths } from "#lib/domain/paths.ts";
import type { Verdict } from "#lib/domain/verdict.ts";
import { Freshness } from "./freshness.tsx";
import { MoneyLedger } from "./money-ledger.tsx";
import { MoneyStepText } from "./money-step-text.tsx";
import { OrderActions } from "./order-actions.tsx";
import { OrderFacts } from "./order-facts.tsx";
import { QuietBanner } from "./quiet-banner.tsx";
import { Timeline } from "./timeline.tsx";
import { VerdictCard } from "./verdict-card.tsx";

/** How soon the page reads again; false: never, nothing more happens by itself. */
function everyMs({ isDone, state }: OrderStatus): number | false {
  if (!isDone) return limits.statusPollMs;
  return state === "cancelled" && limits.guardedPollMs;
}

type Props = { initial: OrderStatus; cancel: (input: unknown) => Promise<ActionAnswer> };

/**
 * The order that follows what happens to it: reads the status address every two seconds while the page is visible, stops
 * when nothing more happens by itself, and says each verdict once, the first when it opens.
 */
export function LiveOrder({ initial, cancel }: Props) {
  const { account, orderNo, timeZone, currency } = initial.order;
  const announce = useAnnounce();
  const t = useTranslations("verdict");
  const { shown, trouble } = useLiveData(paths.orderStatus(account, orderNo), initial, everyMs);
  const { order, serverNow } = shown;
  const said = useRef<Verdict | null>(null);
  useEffect(() => {
    if (said.current === shown.state) return;
    said.current = shown.state;
    announce(`${t(`${shown.state}.word`)}. ${orderNo}`);
  }, [shown.state, orderNo, announce, t]);
  return (
    <>
      <VerdictCard
        verdict={shown.state}
        money={order.amountMinor === null ? null : { amountMinor: order.amountMinor, currency }}
        asOf={<Freshness status={shown} />}
      />
      <LiveNotice trouble={trouble} serverNow={serverNow} timeZone={timeZone} />
      {shown.quietUntil ? <QuietBanner until={shown.quietUntil} timeZone={timeZone} /> : null}
      <ClockWarning serverNow={serverNow} />
      {order.step ? <MoneyStepText step={order.step} {...{ currency, timeZone, serverNow }} /> : null}
      <OrderActions {...{ order, serverNow, cancel }} isOff={trouble !== null} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <div className="grid gap-5">
          <MoneyLedger sums={order.sums} currency={currency} />
          <OrderFacts order={order} />
        </div>
        <Timeline events={order.timeline} timeZone={timeZone} />
      </div>
    </>
  );
}
