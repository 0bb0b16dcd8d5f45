import { Inbox } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { RequestChip } from "#components/requests/request-chip.tsx";
import { WithdrawButton } from "#components/requests/withdraw-button.tsx";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { OrderNo } from "#components/ui/order-no.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { button, card, classes } from "#components/ui/styles.ts";
import { formatMoney } from "#lib/domain/money.ts";
import { paths } from "#lib/domain/paths.ts";
import { isReserving } from "#lib/domain/refund.ts";
import { isBuiltIn } from "#lib/domain/refund-reasons.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { listOwn } from "#lib/use-cases/requests/list-requests.ts";
import { withdrawAction } from "../approvals/actions.ts";

export default async function RequestsPage() {
  const staff = await requireStaff();
  const t = await getTranslations();
  const rows = await listOwn(appContext(), staff);
  if (rows.length === 0)
    return (
      <EmptyState Sign={Inbox} title={t("requests.title")} text={t("requests.none")}>
        <Link href={paths.counter} className={button.primary}>
          {t("errorPages.toCounter")}
        </Link>
      </EmptyState>
    );
  return (
    <>
      <PageHead title={t("requests.title")} />
      <ul className="grid gap-3">
        {rows.map((row) => (
          <li
            key={row.requestNo}
            className={classes(card, "grid gap-x-6 gap-y-3 p-4 sm:grid-cols-[1fr_auto] sm:items-center")}
          >
            <div className="grid min-w-0 gap-1.5">
              <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
                <Link
                  href={paths.request(row.requestNo)}
                  prefetch={false}
                  className="inline-flex min-h-11 items-center font-medium text-accent underline underline-offset-4"
                >
                  <OrderNo orderNo={row.orderNo} />
                </Link>
                <strong className="text-lg tabular-nums">{formatMoney(row)}</strong>
                <RequestChip state={row.state} />
              </p>
              {row.decisionReason ? (
                <p className="border-wait-border border-l-4 pl-3">{row.decisionReason}</p>
              ) : null}
              <p className="text-quiet text-sm">
                {isBuiltIn(row.reason) ? t(`refundReason.${row.reason}`) : row.reason} · {row.requestNo} ·{" "}
                <ClockTime at={row.askedAt} timeZone={row.timeZone} withDate />
              </p>
            </div>
            <div className="flex flex-wrap items-start gap-3">
              {row.state === "returned" ? (
                <Link
                  href={paths.refundAgain(row.account, row.orderNo, row.requestNo)}
                  className={button.primary}
                >
                  {t("requests.answer")}
                </Link>
              ) : null}
              {isReserving(row.status) ? (
                <WithdrawButton
                  requestNo={row.requestNo}
                  timeZone={row.timeZone}
                  currency={row.currency}
                  withdraw={withdrawAction}
                />
              ) : null}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
