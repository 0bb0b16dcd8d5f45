import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { OddRefunds } from "#components/pairs/odd-refunds.tsx";
import { PairsTable } from "#components/pairs/pairs-table.tsx";
import { Card } from "#components/ui/card.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { partTitle, textLink } from "#components/ui/styles.ts";
import { limits } from "#lib/domain/limits.ts";
import { paths } from "#lib/domain/paths.ts";
import { roleCan } from "#lib/domain/staff.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { viewPairs } from "#lib/use-cases/pairs/view-pairs.ts";

export default async function PairsPage() {
  const staff = await requireStaff();
  if (!roleCan(staff.role, "read-pairs")) notFound();
  const { approvals, pairs, odd } = await viewPairs(appContext(), staff);
  const t = await getTranslations("pairs");
  const hours = { from: limits.lateNightFromHour, until: limits.lateNightUntilHour };
  return (
    <>
      <PageHead title={t("title")} text={t("text", { days: limits.pairsDays, count: approvals })} />
      <section aria-labelledby="pairs-found" className="grid gap-3">
        <h2 id="pairs-found" className={partTitle}>
          {t("found")}
        </h2>
        <p className="text-quiet">{t("how", { min: limits.pairCountMin })}</p>
        {pairs.length === 0 ? <Card>{t("none")}</Card> : <PairsTable pairs={pairs} />}
      </section>
      <section aria-labelledby="pairs-odd" className="grid gap-3">
        <h2 id="pairs-odd" className={partTitle}>
          {t("oddTitle")}
        </h2>
        <p className="text-quiet">{t("oddText", { ...hours, max: limits.oddRefundsMax })}</p>
        {odd.length === 0 ? <Card>{t("oddNone")}</Card> : <OddRefunds refunds={odd} />}
      </section>
      <Link href={paths.audit} className={textLink}>
        <ArrowLeft aria-hidden className="size-5" />
        {t("toAudit")}
      </Link>
    </>
  );
}
