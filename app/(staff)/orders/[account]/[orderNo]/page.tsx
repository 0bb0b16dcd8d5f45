import Link from "next/link";
import { notFound } from "next/navigation";
import { getFormatter, getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { CancelDialog } from "#components/orders/cancel-dialog.tsx";
import { LiveVerdict } from "#components/orders/live-verdict.tsx";
import { button, card } from "#components/ui/styles.ts";
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
    format.dateTime(new Date(iso), { dateStyle: "short", timeStyle: "medium", timeZone });
  const money = (amountMinor: number) => formatMoney({ amountMinor, currency });
  const facts = [
    [t("facts.store"), order.storeName],
    [t("facts.title"), order.title],
    [t("facts.wallet"), order.wallet],
    [t("facts.gatewayNo"), order.gatewayOrderNo],
    [t("facts.paidAt"), order.paidAt && at(order.paidAt)],
  ].filter(([, value]) => value);
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
      <section className={card} aria-label={t("money.region")}>
        <dl className="grid grid-cols-[1fr_auto] gap-y-1">
          {(["paid", "waiting", "moving", "returned", "remaining"] as const).map((name) => (
            <div key={name} className="contents">
              <dt>{t(`money.${name}`)}</dt>
              <dd className="text-right font-semibold">{money(sums[`${name}Minor`])}</dd>
            </div>
          ))}
        </dl>
      </section>
      <dl className={`${card} grid gap-1 sm:grid-cols-[12rem_1fr]`}>
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-quiet">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <section className={card}>
        <h2 id="timeline" className="mb-2 font-semibold text-lg">
          {t("timeline.title")}
        </h2>
        <ol aria-labelledby="timeline" className="grid gap-1">
          {order.timeline.map((event) => (
            <li key={event.at + event.what}>
              <span className="text-quiet">{at(event.at)}</span> {t(`timeline.${event.what}`)}{" "}
              <span className="font-mono text-quiet">{event.no}</span>
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}
