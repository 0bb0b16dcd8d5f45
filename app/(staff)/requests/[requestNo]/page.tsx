import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { CallManager } from "#components/approvals/call-manager.tsx";
import { FactsNow } from "#components/requests/facts-now.tsx";
import { OwnRequestActions } from "#components/requests/own-request-actions.tsx";
import { RequestCard } from "#components/requests/request-card.tsx";
import { RequestFacts } from "#components/requests/request-facts.tsx";
import { RequestThread } from "#components/requests/request-thread.tsx";
import { OrderNo } from "#components/ui/order-no.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { textLink } from "#components/ui/styles.ts";
import { listCounterApprovers } from "#lib/auth/counter-approver.ts";
import { formatMoney } from "#lib/domain/money.ts";
import { paths } from "#lib/domain/paths.ts";
import { roleCan } from "#lib/domain/staff.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { viewRequest } from "#lib/use-cases/requests/view-request.ts";
import { toRequestNow } from "#lib/use-cases/requests/watch-request.ts";
import { approveHereAction, withdrawAction } from "../../approvals/actions.ts";

export default async function RequestPage({ params }: { params: Promise<{ requestNo: string }> }) {
  const staff = await requireStaff();
  const ctx = appContext();
  const view = await viewRequest(ctx, staff, (await params).requestNo);
  if (!view) notFound();
  const t = await getTranslations("requests");
  const { row, asked } = view;
  const now = toRequestNow(view);
  const approvers =
    row.state === "waiting" && roleCan(staff.role, "request-refund")
      ? await listCounterApprovers(ctx.database, staff, { ...row, hasFirst: Boolean(now.pair?.first) })
      : [];
  const { requestNo, timeZone, amountMinor, currency } = row;
  const common = { requestNo, timeZone, initial: now };
  return (
    <>
      <PageHead
        title={`${t("one", { requestNo })} ${row.orderNo}`}
        drawn={
          <>
            {t("one", { requestNo: row.requestNo })}{" "}
            <Link
              href={paths.order(row.account, row.orderNo)}
              prefetch={false}
              className="inline-flex min-h-11 items-center underline"
            >
              <OrderNo orderNo={row.orderNo} />
            </Link>
          </>
        }
      />
      <RequestCard {...common} money={{ amountMinor, currency }} />
      <div className="flex flex-wrap items-start gap-3 empty:hidden">
        {approvers.length > 0 ? (
          <CallManager
            {...common}
            {...{ currency, approvers }}
            amount={formatMoney(row)}
            approve={approveHereAction}
          />
        ) : null}
        {row.isOwn ? (
          <OwnRequestActions request={row} initial={common.initial} withdraw={withdrawAction} />
        ) : null}
      </div>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <RequestFacts request={row} />
        <FactsNow {...common} {...{ asked, currency }} />
      </div>
      <RequestThread {...common} />
      <Link href={paths.requests} className={textLink}>
        <ArrowLeft aria-hidden className="size-5" />
        {t("title")}
      </Link>
    </>
  );
}
