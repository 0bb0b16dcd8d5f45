import { ArrowLeft, ListChecks, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { TogetherDesk } from "#components/together/together-desk.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { button, textLink } from "#components/ui/styles.ts";
import { pinLockedForMs } from "#lib/auth/step-up.ts";
import { readChosen } from "#lib/domain/go-together.ts";
import { paths } from "#lib/domain/paths.ts";
import { roleCan } from "#lib/domain/staff.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { viewTogether } from "#lib/use-cases/together/view-together.ts";
import { approveTogetherAction } from "../actions.ts";

type Props = { searchParams: Promise<{ no?: string | string[] }> };

export default async function TogetherPage({ searchParams }: Props) {
  const staff = await requireStaff();
  if (!roleCan(staff.role, "approve-refund")) notFound();
  const ctx = appContext();
  const requestNos = readChosen((await searchParams).no);
  const view = await viewTogether(ctx, staff, requestNos);
  const t = await getTranslations();
  const stores = new Set(view.items.map(({ storeName }) => storeName));
  if (view.items.length === 0)
    return (
      <EmptyState Sign={ListChecks} title={t("together.title")} text={t("together.none")}>
        <Link href={paths.approvals} className={button.primary}>
          {t("approvals.backToList")}
        </Link>
      </EmptyState>
    );
  return (
    <>
      <PageHead title={t("together.title")} text={[...stores].join(" · ")} />
      {stores.size > 1 ? (
        <Banner meaning="stop" Sign={TriangleAlert}>
          <p className="flex-1 font-semibold">{t("errors.notOneStore")}</p>
        </Banner>
      ) : (
        <TogetherDesk
          requestNos={requestNos}
          initial={view}
          lockedForMs={await pinLockedForMs(ctx.database, staff)}
          approve={approveTogetherAction}
        />
      )}
      <Link href={paths.approvals} className={textLink}>
        <ArrowLeft aria-hidden className="size-5" />
        {t("approvals.backToList")}
      </Link>
    </>
  );
}
