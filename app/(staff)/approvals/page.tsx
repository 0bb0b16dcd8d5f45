import { CircleCheck, UserRoundCheck } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { ApprovalTabs } from "#components/approvals/approval-tabs.tsx";
import { LookTwiceChips } from "#components/approvals/look-twice-chips.tsx";
import { NewWaiting } from "#components/approvals/new-waiting.tsx";
import { StandsFor } from "#components/deputy/stands-for.tsx";
import { RequestChip } from "#components/requests/request-chip.tsx";
import { TogetherBox, TogetherPick } from "#components/together/together-pick.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { type Column, DataTable } from "#components/ui/data-table.tsx";
import { MoneyText } from "#components/ui/money-text.tsx";
import { OrderNo } from "#components/ui/order-no.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { card, classes } from "#components/ui/styles.ts";
import { whyAlone } from "#lib/domain/go-together.ts";
import { paths } from "#lib/domain/paths.ts";
import { isBuiltIn } from "#lib/domain/refund-reasons.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { viewDeputies } from "#lib/use-cases/deputy/view-deputies.ts";
import {
  approvalTabs,
  type ListedRequest,
  listApprovals,
  slowestTodayMs,
  watchWaiting,
} from "#lib/use-cases/requests/list-requests.ts";

type Props = { searchParams: Promise<{ tab?: string | string[] }> };

export default async function ApprovalsPage({ searchParams }: Props) {
  const staff = await requireStaff();
  const ctx = appContext();
  const wanted = (await searchParams).tab;
  const tab = approvalTabs.find((one) => one === wanted) ?? "waiting";
  const rows = await listApprovals(ctx, staff, tab);
  const waiting = await watchWaiting(ctx, staff);
  const t = await getTranslations("approvals");
  return (
    <>
      <PageHead title={t("title")} />
      <StandsFor list={(await viewDeputies(ctx, staff)).list} />
      <ApprovalTabs tabs={approvalTabs} current={tab} waiting={waiting.requestNos.length} />
      {tab === "waiting" ? <NewWaiting initial={waiting} /> : null}
      {rows.length === 0 ? (
        <p className={classes(card, "flex items-center gap-3 text-lg")}>
          <CircleCheck aria-hidden className="size-6 shrink-0 text-good-icon" />
          {t(`empty.${tab}`)} {tab === "waiting" ? await slowest(await slowestTodayMs(ctx, staff)) : null}
        </p>
      ) : (
        <Rows rows={rows} tab={tab} />
      )}
    </>
  );
}

/** The list; where several of low risk wait, they can be ticked and approved together. */
async function Rows({ rows, tab }: { rows: ListedRequest[]; tab: string }) {
  const t = await getTranslations();
  const columns = await columnsOf(tab);
  const light = new Set(tab === "waiting" ? rows.filter(isLight) : []);
  const list = (more: Column<ListedRequest>[]) => (
    <DataTable
      caption={t(`approvals.tab.${tab}`)}
      rows={rows}
      rowKey={({ requestNo }) => requestNo}
      columns={[...more, ...columns]}
    />
  );
  if (light.size < 2) return list([]);
  const pick: Column<ListedRequest> = {
    key: "pick",
    head: t("together.pick"),
    cell: (row) => (light.has(row) ? <TogetherBox {...row} /> : <span aria-hidden>–</span>),
  };
  return <TogetherPick>{list([pick])}</TogetherPick>;
}

/** Of low risk as far as the request itself tells; its order is judged when it is looked at with the others. */
function isLight(row: ListedRequest): boolean {
  const [paidAt, askedAt] = [row.paidAt && new Date(row.paidAt), new Date(row.askedAt)];
  return (
    whyAlone({ ...row, paidAt: paidAt || null, askedAt, isDecidedBefore: row.previousNo !== null }) === null
  );
}

async function slowest(ms: number | null): Promise<string> {
  const t = await getTranslations("approvals");
  return ms === null
    ? t("nothingToday")
    : t("slowestToday", { minutes: Math.max(1, Math.round(ms / 60_000)) });
}

async function columnsOf(tab: string): Promise<Column<ListedRequest>[]> {
  const t = await getTranslations();
  const isOpen = tab === "waiting" || tab === "returned";
  return [
    {
      key: "order",
      head: t("approvals.order"),
      cell: ({ requestNo, orderNo }) => (
        <Link
          href={paths.approval(requestNo)}
          prefetch={false}
          className="inline-flex min-h-11 items-center text-accent underline underline-offset-4"
        >
          <OrderNo orderNo={orderNo} />
        </Link>
      ),
    },
    { key: "amount", head: t("approvals.amount"), cell: (row) => <MoneyText {...row} />, isAmount: true },
    {
      key: "reason",
      head: t("refund.reason"),
      cell: ({ reason }) => (isBuiltIn(reason) ? t(`refundReason.${reason}`) : reason),
    },
    {
      key: "by",
      head: t("approvals.by"),
      cell: ({ askedBy, isOwn }) => (isOwn ? t("approvals.byYou", { name: askedBy }) : askedBy),
    },
    {
      key: "at",
      head: t(isOpen ? "approvals.at" : "approvals.decidedAt"),
      cell: (row) => (
        <ClockTime
          at={isOpen ? row.askedAt : (row.decidedAt ?? row.expiresAt)}
          timeZone={row.timeZone}
          withDate
        />
      ),
    },
    {
      key: "state",
      head: t(isOpen ? "approvals.lookTwice" : "approvals.became"),
      cell: (row) => (
        <span className="flex flex-wrap justify-end gap-1.5 sm:justify-start">
          {row.isFirstDone ? (
            <Chip meaning="moving" Sign={UserRoundCheck}>
              {t("approvals.oneOfTwo", { by: row.firstBy ?? "" })}
            </Chip>
          ) : null}
          {isOpen ? <LookTwiceChips request={row} /> : <RequestChip state={row.state} />}
        </span>
      ),
    },
  ];
}
