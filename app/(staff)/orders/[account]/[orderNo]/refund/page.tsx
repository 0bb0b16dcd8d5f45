import { ArrowLeft, Undo2 } from "lucide-react";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { RefundDesk } from "#components/refunds/refund-desk.tsx";
import { RefundRefused } from "#components/refunds/refund-refused.tsx";
import { PreviousRequest } from "#components/requests/previous-request.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { OrderNo } from "#components/ui/order-no.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { textLink } from "#components/ui/styles.ts";
import { formatMoney, toDecimalText } from "#lib/domain/money.ts";
import { paths } from "#lib/domain/paths.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { type RefundFormView, viewRefundForm } from "#lib/use-cases/requests/view-refund-form.ts";
import { requestRefundAction } from "../actions.ts";

type Props = {
  params: Promise<{ account: string; orderNo: string }>;
  searchParams: Promise<{ after?: string | string[] }>;
};

async function elsewhereWords({ elsewhereMinor, currency, gateway }: RefundFormView): Promise<string> {
  const t = await getTranslations();
  const amount = formatMoney({ amountMinor: elsewhereMinor, currency });
  return t("refund.elsewhere", { amount, gateway: t(`gateway.${gateway}`) });
}

export default async function RefundPage({ params, searchParams }: Props) {
  const staff = await requireStaff();
  const { after } = await searchParams;
  const previousNo = typeof after === "string" && after !== "" ? after : undefined;
  const view = await viewRefundForm(appContext(), staff, { ...(await params), previousNo });
  if (!view) notFound();
  const t = await getTranslations("refund");
  const { account, orderNo, currency, timeZone, storeName, restMinor, own, reasons, takes } = view;
  const { refusal, previous } = view;
  const rest = { amountMinor: restMinor, currency };
  const start = {
    amount: toDecimalText(previous && takes.canPartial ? previous : rest),
    reason: previous && reasons.includes(previous.reason) ? previous.reason : "",
    note: previous?.note ?? "",
  };
  return (
    <div className="grid w-full gap-5">
      <PageHead
        title={`${t("title")} ${orderNo}`}
        drawn={
          <>
            {t("title")} <OrderNo orderNo={orderNo} />
          </>
        }
        text={refusal ? undefined : t("remaining", { amount: formatMoney(rest) })}
      />
      {view.elsewhereMinor > 0 ? (
        <Banner meaning="moving" Sign={Undo2}>
          <p>{await elsewhereWords(view)}</p>
        </Banner>
      ) : null}
      {previous ? <PreviousRequest request={previous} /> : null}
      <RefundDesk
        {...{ account, orderNo, currency, timeZone, storeName, restMinor, own, reasons, takes, start }}
        staffId={staff.staffId}
        staffName={staff.name}
        after={previousNo ?? ""}
        refused={refusal ? <RefundRefused {...{ refusal, timeZone, currency }} /> : null}
        send={requestRefundAction}
      />
      <Link href={paths.order(account, orderNo)} className={textLink}>
        <ArrowLeft aria-hidden className="size-5" />
        {t("back")}
      </Link>
    </div>
  );
}
