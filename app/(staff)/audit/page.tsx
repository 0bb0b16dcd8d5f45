import { Link2, Link2Off } from "lucide-react";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { AuditFilterForm } from "#components/audit/audit-filter-form.tsx";
import { AuditLines } from "#components/audit/audit-lines.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { DownloadLink } from "#components/ui/download-link.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { button, card } from "#components/ui/styles.ts";
import { auditQuery, readAuditFilter } from "#lib/domain/audit-filter.ts";
import { paths } from "#lib/domain/paths.ts";
import { roleCan } from "#lib/domain/staff.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { checkAuditChain, listAudit } from "#lib/use-cases/view-audit.ts";
import { auditSentences } from "./audit-sentences.ts";

type Params = Record<string, string | string[] | undefined>;

export default async function AuditPage({ searchParams }: { searchParams: Promise<Params> }) {
  const staff = await requireStaff();
  if (!roleCan(staff.role, "read-audit")) notFound();
  const t = await getTranslations("audit");
  const pairs = await getTranslations("pairs");
  const exports = await getTranslations("exports");
  const params = await searchParams;
  const filter = readAuditFilter(params);
  const { rows, older } = await listAudit(appContext(), staff, filter);
  const chain = params.check === "1" ? await checkAuditChain(appContext(), staff) : null;
  const say = await auditSentences();
  const lines = rows.map((row) => ({
    ...row,
    sentence: say(row),
    isRefused: row.outcome === "refused",
  }));
  return (
    <>
      <PageHead title={t("title")} text={t("text")}>
        {roleCan(staff.role, "read-pairs") ? (
          <Link href={paths.pairs} prefetch={false} className={button.secondary}>
            {pairs("link")}
          </Link>
        ) : null}
        <Link href={`${paths.audit}?check=1`} prefetch={false} className={button.secondary}>
          {t("check")}
        </Link>
        <DownloadLink href={paths.exportAudit(auditQuery({ ...filter, before: null }))}>
          {exports("download")}
        </DownloadLink>
        <DownloadLink href={paths.exportCheckedAudit(auditQuery({ ...filter, before: null }))}>
          {exports("checked")}
        </DownloadLink>
      </PageHead>
      {chain?.isWhole === true ? (
        <Banner meaning="good" Sign={Link2}>
          <p role="status">{t("whole", { lines: chain.lines })}</p>
        </Banner>
      ) : null}
      {chain?.isWhole === false ? (
        <Banner meaning="stop" Sign={Link2Off}>
          <p role="alert">{t("broken", { seq: chain.brokenAt })}</p>
        </Banner>
      ) : null}
      <AuditFilterForm filter={filter} />
      {lines.length === 0 ? (
        <p className={card}>
          {t("none")}{" "}
          <Link href={paths.audit} className="text-accent underline">
            {t("noneAction")}
          </Link>
        </p>
      ) : null}
      <AuditLines lines={lines} />
      <div className="flex flex-wrap gap-3">
        {filter.before === null ? null : (
          <Link
            href={`${paths.audit}?${auditQuery({ ...filter, before: null })}`}
            className={button.secondary}
          >
            {t("newest")}
          </Link>
        )}
        {older === null ? null : (
          <Link
            href={`${paths.audit}?${auditQuery({ ...filter, before: older })}`}
            prefetch={false}
            className={button.secondary}
          >
            {t("older")}
          </Link>
        )}
      </div>
    </>
  );
}
