import { ArrowLeft, UserRoundCheck } from "lucide-react";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { ApprovalDesk } from "#components/approvals/approval-desk.tsx";
import { Neighbours } from "#components/approvals/neighbours.tsx";
import { WhyHere } from "#components/approvals/why-here.tsx";
import { RequestCard } from "#components/requests/request-card.tsx";
import { RequestFacts } from "#components/requests/request-facts.tsx";
import { RequestThread } from "#components/requests/request-thread.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { OrderNo } from "#components/ui/order-no.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { textLink } from "#components/ui/styles.ts";
import { pinLockedForMs } from "#lib/auth/step-up.ts";
import { paths } from "#lib/domain/paths.ts";
import { roleCan } from "#lib/domain/staff.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { findNeighbours, viewRequest } from "#lib/use-cases/requests/view-request.ts";
import { toRequestNow } from "#lib/use-cases/requests/watch-request.ts";
import { viewOrder } from "#lib/use-cases/view-order.ts";
import { approveAction, rejectAction, returnAction } from "../actions.ts";

export default async function ApprovalPage({ params }: { params: Promise<{ requestNo: string }> }) {
  const staff = await requireStaff();
  const ctx = appContext();
  const { requestNo } = await params;
  const view = roleCan(staff.role, "approve-refund") ? await viewRequest(ctx, staff, requestNo) : null;
  if (!view) notFound();
  const { row, asked, hat } = view;
  // Opening the order puts a question to the gateway in line: the facts are to be those of now.
  await viewOrder(ctx, staff, row);
  const t = await getTranslations("approvals");
  const d = await getTranslations("deputy");
  const { timeZone, amountMinor, currency } = row;
  const common = { requestNo, timeZone, money: { amountMinor, currency }, initial: toRequestNow(view) };
  return (
    <>
      <PageHead
        title={`${t("one", { requestNo })} ${row.orderNo}`}
        drawn={
          <>
            {t("one", { requestNo })} <OrderNo orderNo={row.orderNo} />
          </>
        }
      >
        <Neighbours {...(await findNeighbours(ctx, staff, requestNo))} />
      </PageHead>
      <RequestCard {...common} />
      {hat && row.state === "waiting" ? (
        <Banner meaning="moving" Sign={UserRoundCheck}>
          <p className="flex-1 font-semibold">{d("youDecideFor", { name: hat.name })}</p>
        </Banner>
      ) : null}
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <div className="grid gap-5">
          <RequestFacts request={row} />
          <WhyHere request={row} today={view.today} />
        </div>
        <div className="grid gap-5">
          <ApprovalDesk
            {...common}
            asked={asked}
            cannot={
              row.isOwn ? (
                <p>{t("own")}</p>
              ) : hat?.isAsker ? (
                <p>{d("askerIsAway", { name: hat.name })}</p>
              ) : null
            }
            lockedForMs={await pinLockedForMs(ctx.database, staff)}
            actions={{ approve: approveAction, reject: rejectAction, giveBack: returnAction }}
          />
        </div>
      </div>
      <RequestThread {...common} />
      <Link href={paths.approvals} className={textLink}>
        <ArrowLeft aria-hidden className="size-5" />
        {t("backToList")}
      </Link>
    </>
  );
}
