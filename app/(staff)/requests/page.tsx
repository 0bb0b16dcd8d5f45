import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { WithdrawButton } from "#components/refunds/withdraw-button.tsx";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { card } from "#components/ui/styles.ts";
import { formatMoney } from "#lib/domain/money.ts";
import { paths } from "#lib/domain/paths.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { listOwn } from "#lib/use-cases/view-lists.ts";
import { withdrawAction } from "../approvals/actions.ts";

export default async function RequestsPage() {
  const staff = await requireStaff();
  const t = await getTranslations();
  const rows = await listOwn(appContext(), staff);
  return (
    <>
      <h1 className="font-bold text-2xl">{t("requests.title")}</h1>
      {rows.length === 0 ? <p className={card}>{t("requests.none")}</p> : null}
      <ul className="grid gap-3">
        {rows.map((row) => (
          <li key={row.requestNo} className={`${card} flex flex-wrap items-center justify-between gap-3`}>
            <div>
              <Link
                href={paths.order(row.account, row.orderNo)}
                prefetch={false}
                className="font-mono underline"
              >
                {row.orderNo}
              </Link>{" "}
              <strong>{formatMoney(row)}</strong> {t(`refundReason.${row.reason}`)}
              <p>{t(`requestStatus.${row.status}`)}</p>
              {row.decisionReason ? <p>{row.decisionReason}</p> : null}
              <p className="text-quiet">
                {row.requestNo} · <ClockTime at={row.askedAt} timeZone={row.timeZone} withDate />
              </p>
            </div>
            {row.status === "REQUESTED" ? (
              <WithdrawButton requestNo={row.requestNo} withdraw={withdrawAction} />
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
}
