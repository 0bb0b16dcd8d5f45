"use client";
import { TimerOff, UserRoundCheck } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { button, classes } from "#components/ui/styles.ts";
import { useServerNow } from "#components/ui/use-server-now.ts";
import type { ActionAnswer } from "#lib/domain/action-answer.ts";
import { formatMoney } from "#lib/domain/money.ts";
import type { OrderView } from "#lib/domain/order-view.ts";
import { paths } from "#lib/domain/paths.ts";
import { CancelDialog } from "./cancel-dialog.tsx";

type Props = {
  order: OrderView;
  serverNow: string;
  /** Nothing can be sent now: offline, or signed out. */
  isOff: boolean;
  cancel: (input: unknown) => Promise<ActionAnswer>;
};

/** Minutes and seconds that remain, as a clock counts them down. */
function countdown(restMs: number): string {
  const seconds = Math.ceil(restMs / 1_000);
  return [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

/** What can be done about the order now; the time to cancel runs out on the server's clock, without a reload. */
export function OrderActions({ order, serverNow, isOff, cancel }: Props) {
  const t = useTranslations();
  const nowMs = useServerNow(serverNow);
  const { account, orderNo, currency, amountMinor, cancelUntil, canCancel, canRefund } = order;
  const restMs = cancelUntil === null ? null : Date.parse(cancelUntil) - nowMs;
  const isOver = order.isCancelOver || (canCancel && restMs !== null && restMs <= 0);
  const isOffered = canCancel && !isOver;
  const { openRequestNo } = order;
  if (!canRefund && !canCancel && !isOver && !openRequestNo) return null;
  return (
    <div className="flex flex-wrap items-center gap-3">
      {canRefund ? (
        <Link href={paths.refundForm(account, orderNo)} prefetch={false} className={button.secondary}>
          {t("refund.link")}
        </Link>
      ) : null}
      {openRequestNo ? (
        <Link
          href={paths.request(openRequestNo)}
          prefetch={false}
          className={classes(button.secondary, "shrink whitespace-normal py-2 text-left")}
        >
          <UserRoundCheck aria-hidden className="size-5" />
          {t("requests.open", { requestNo: openRequestNo })}
        </Link>
      ) : null}
      <CancelDialog
        {...{ account, orderNo, isOffered, isOff, cancel }}
        amount={amountMinor === null ? null : formatMoney({ amountMinor, currency })}
      />
      {isOffered && restMs !== null ? (
        <p className="text-quiet">
          {t.rich("cancel.left", {
            time: () => (
              <span role="timer" className="font-semibold text-ink tabular-nums">
                {countdown(restMs)}
              </span>
            ),
          })}
        </p>
      ) : null}
      {isOver ? (
        <p className="flex items-center gap-2 text-quiet">
          <TimerOff aria-hidden className="size-5 shrink-0" />
          {t("cancel.over")}
        </p>
      ) : null}
    </div>
  );
}
