import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { MoneyText } from "#components/ui/money-text.tsx";
import { card } from "#components/ui/styles.ts";
import { paths } from "#lib/domain/paths.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { listWaiting } from "#lib/use-cases/view-lists.ts";

export default async function ApprovalsPage() {
  const staff = await requireStaff();
  const t = await getTranslations();
  const rows = await listWaiting(appContext(), staff);
  return (
    <>
      <h1 className="font-bold text-2xl">{t("approvals.title")}</h1>
      {rows.length === 0 ? (
        <p className={card}>{t("approvals.none")}</p>
      ) : (
        <DataTable
          caption={t("approvals.title")}
          rows={rows}
          rowKey={({ requestNo }) => requestNo}
          columns={[
            {
              key: "order",
              head: t("approvals.order"),
              cell: ({ requestNo, orderNo }) => (
                <Link
                  href={paths.approval(requestNo)}
                  prefetch={false}
                  className="inline-flex min-h-11 items-center font-mono underline"
                >
                  {orderNo}
                </Link>
              ),
            },
            {
              key: "amount",
              head: t("approvals.amount"),
              cell: (row) => <MoneyText {...row} />,
              isAmount: true,
            },
            { key: "reason", head: t("refund.reason"), cell: ({ reason }) => t(`refundReason.${reason}`) },
            { key: "by", head: t("approvals.by"), cell: ({ askedBy }) => askedBy },
            {
              key: "at",
              head: t("approvals.at"),
              cell: ({ askedAt, timeZone }) => <ClockTime at={askedAt} timeZone={timeZone} withDate />,
            },
          ]}
        />
      )}
    </>
  );
}
