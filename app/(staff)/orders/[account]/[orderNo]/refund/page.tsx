import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { RefundForm } from "#components/refunds/refund-form.tsx";
import { formatMoney, toDecimalText } from "#lib/domain/money.ts";
import { paths } from "#lib/domain/paths.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { viewOrder } from "#lib/use-cases/view-order.ts";
import { requestRefundAction } from "../actions.ts";

export default async function RefundPage({
  params,
}: {
  params: Promise<{ account: string; orderNo: string }>;
}) {
  const staff = await requireStaff();
  const order = await viewOrder(appContext(), staff, await params);
  if (!order) notFound();
  const t = await getTranslations("refund");
  const { account, orderNo, currency, canPartial } = order;
  const rest = { amountMinor: order.sums.remainingMinor, currency };
  return (
    <>
      <h1 className="font-bold text-2xl">
        {t("title")} <span className="font-mono">{orderNo}</span>
      </h1>
      <p className="text-lg">{t("remaining", { amount: formatMoney(rest) })}</p>
      <RefundForm
        {...{ account, orderNo, canPartial }}
        rest={toDecimalText(rest)}
        send={requestRefundAction}
      />
      <Link href={paths.order(account, orderNo)} className="inline-flex min-h-11 items-center underline">
        {t("back")}
      </Link>
    </>
  );
}
