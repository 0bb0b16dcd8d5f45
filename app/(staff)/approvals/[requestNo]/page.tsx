import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { Decision } from "#components/approvals/decision.tsx";
import { card, classes } from "#components/ui/styles.ts";
import { formatMoney } from "#lib/domain/money.ts";
import { paths } from "#lib/domain/paths.ts";
import { changesSince } from "#lib/domain/refund.ts";
import { roleCan } from "#lib/domain/staff.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { viewRequest } from "#lib/use-cases/view-lists.ts";
import { viewOrder } from "#lib/use-cases/view-order.ts";
import { approveAction, rejectAction } from "../actions.ts";

export default async function ApprovalPage({ params }: { params: Promise<{ requestNo: string }> }) {
  const staff = await requireStaff();
  const { requestNo } = await params;
  const ctx = appContext();
  const request = roleCan(staff.role, "approve-refund") ? await viewRequest(ctx, staff, requestNo) : null;
  if (!request) notFound();
  const { row, isOwn, asked, now } = request;
  await viewOrder(ctx, staff, row);
  const t = await getTranslations();
  const changed = row.status === "REQUESTED" ? changesSince(asked, now) : [];
  const money = (amountMinor: number) => formatMoney({ amountMinor, currency: row.currency });
  const lines = [
    {
      key: "gatewayState",
      name: t("approvals.state"),
      asked: t(`orderState.${asked.gatewayState}`),
      now: t(`orderState.${now.gatewayState}`),
    },
    { key: "paidMinor", name: t("money.paid"), asked: money(asked.paidMinor), now: money(now.paidMinor) },
    {
      key: "remainingMinor",
      name: t("money.remaining"),
      asked: money(asked.remainingMinor),
      now: money(now.remainingMinor),
    },
  ] as const;
  return (
    <>
      <h1 className="font-bold text-2xl">
        {row.requestNo}{" "}
        <Link href={paths.order(row.account, row.orderNo)} className="font-mono underline">
          {row.orderNo}
        </Link>
      </h1>
      <section className={card}>
        <p className="font-semibold text-4xl">{formatMoney(row)}</p>
        <p className="text-lg">
          {t(`refundReason.${row.reason}`)} · {t("requests.by", { name: row.askedBy })}
        </p>
        {row.note ? <p>{row.note}</p> : null}
        <p role="status" className="mt-2 font-semibold">
          {t(`requestStatus.${row.status}`)}
        </p>
        {row.decisionReason ? <p>{row.decisionReason}</p> : null}
      </section>
      <table className={`${card} block text-left`}>
        <thead>
          <tr>
            <td />
            <th scope="col" className="px-4">
              {t("approvals.asked")}
            </th>
            <th scope="col" className="px-4">
              {t("approvals.now")}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.key} className={classes(changed.includes(line.key) && "bg-wait-bg text-wait-text")}>
              <th scope="row" className="py-1 font-medium">
                {line.name}
              </th>
              <td className="px-4 text-right">{line.asked}</td>
              <td className="px-4 text-right font-semibold">{line.now}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {row.status === "REQUESTED" && isOwn ? <p className={card}>{t("approvals.own")}</p> : null}
      {row.status === "REQUESTED" && !isOwn ? (
        <Decision
          requestNo={requestNo}
          seen={now}
          amount={formatMoney(row)}
          approve={approveAction}
          reject={rejectAction}
        />
      ) : null}
    </>
  );
}
