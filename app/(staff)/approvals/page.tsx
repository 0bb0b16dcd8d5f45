import Link from "next/link";
import { getFormatter, getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { card } from "#components/ui/styles.ts";
import { formatMoney } from "#lib/domain/money.ts";
import { paths } from "#lib/domain/paths.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { listWaiting } from "#lib/use-cases/view-lists.ts";

export default async function ApprovalsPage() {
  const staff = await requireStaff();
  const t = await getTranslations();
  const format = await getFormatter();
  const rows = await listWaiting(appContext(), staff);
  return (
    <>
      <h1 className="font-bold text-2xl">{t("approvals.title")}</h1>
      {rows.length === 0 ? (
        <p className={card}>{t("approvals.none")}</p>
      ) : (
        <div className={`${card} overflow-x-auto`}>
          <table className="w-full text-left">
            <thead>
              <tr>
                <th scope="col">{t("approvals.order")}</th>
                <th scope="col" className="text-right">
                  {t("approvals.amount")}
                </th>
                <th scope="col" className="px-3">
                  {t("refund.reason")}
                </th>
                <th scope="col">{t("approvals.by")}</th>
                <th scope="col">{t("approvals.at")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.requestNo} className="border-line border-t">
                  <td>
                    <Link
                      href={paths.approval(row.requestNo)}
                      prefetch={false}
                      className="inline-flex min-h-11 items-center font-mono underline"
                    >
                      {row.orderNo}
                    </Link>
                  </td>
                  <td className="text-right font-semibold">{formatMoney(row)}</td>
                  <td className="px-3">{t(`refundReason.${row.reason}`)}</td>
                  <td>{row.askedBy}</td>
                  <td>
                    {format.dateTime(new Date(row.askedAt), {
                      timeStyle: "short",
                      dateStyle: "short",
                      timeZone: row.timeZone,
                    })}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
