import Link from "next/link";
import { notFound } from "next/navigation";
import { getFormatter, getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { CancelDialog } from "#components/orders/cancel-dialog.tsx";
import { LiveVerdict } from "#components/orders/live-verdict.tsx";
import { MoneyLedger } from "#components/orders/money-ledger.tsx";
import { OrderFacts } from "#components/orders/order-facts.tsx";
import { Timeline } from "#components/orders/timeline.tsx";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { button } from "#components/ui/styles.ts";
import { formatMoney } from "#lib/domain/money.ts";
import { paths } from "#lib/domain/paths.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { viewOrder } from "#lib/use-cases/view-order.ts";
import { cancelOrderAction } from "./actions.ts";

export default async function OrderPage({
  params,
}: {
  params: Promise<{ account: string; orderNo: string }>;
}) {
  const staff = await requireStaff();
  const order = await viewOrder(appContext(), staff, await params);
  if (!order) notFound();
  const t = await getTranslations();
  const format = await getFormatter();
  const { account, orderNo, currency, timeZone, sums } = order;
  const at = (iso: string) =>
    format.dateTime(new Date(iso), { timeStyle: "short", hourCycle: "h23", timeZone });
  const money = (amountMinor: number) => formatMoney({ amountMinor, currency });
  const facts = [
    { name: t("facts.store"), value: order.storeName },
    { name: t("facts.title"), value: order.title },
    { name: t("facts.wallet"), value: order.wallet },
    { name: t("facts.gatewayNo"), value: order.gatewayOrderNo },
    {
      name: t("facts.paidAt"),
      value: order.paidAt && <ClockTime at={order.paidAt} timeZone={timeZone} withDate />,
    },
  ];
  return (
    <>
      <h1 className="font-bold font-mono text-2xl">{orderNo}</h1>
      <LiveVerdict
        {...{ account, orderNo, timeZone, currency, amountMinor: order.amountMinor }}
        initial={{ state: order.verdict, asOf: order.asOf, isSettled: order.isSettled }}
      />
      {order.canCancel || order.canRefund ? (
        <div className="flex flex-wrap items-center gap-3">
          {order.canRefund ? (
            <Link href={paths.refundForm(account, orderNo)} className={button.secondary}>
              {t("refund.link")}
            </Link>
          ) : null}
          {order.canCancel ? (
            <CancelDialog
              orderNo={orderNo}
              amount={money(order.amountMinor ?? 0)}
              account={account}
              cancel={cancelOrderAction}
            />
          ) : null}
          {order.canCancel && order.cancelUntil ? (
            <p className="text-quiet">{t("cancel.until", { time: at(order.cancelUntil) })}</p>
          ) : null}
        </div>
      ) : null}
      <MoneyLedger sums={sums} currency={currency} />
      <OrderFacts facts={facts} />
      <Timeline events={order.timeline} timeZone={timeZone} />
    </>
  );
}
