import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { card } from "#components/ui/styles.ts";
import { roleCan } from "#lib/domain/staff.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { listAudit } from "#lib/use-cases/view-lists.ts";

export default async function AuditPage() {
  const staff = await requireStaff();
  if (!roleCan(staff.role, "read-audit")) notFound();
  const t = await getTranslations("audit");
  const rows = await listAudit(appContext(), staff);
  return (
    <>
      <h1 className="font-bold text-2xl">{t("title")}</h1>
      <ul className={`${card} grid gap-2`}>
        {rows.map((row) => (
          <li key={row.seq}>
            <span className="text-quiet">
              <ClockTime at={row.at} timeZone={row.timeZone} withDate />
            </span>{" "}
            {t("line", { name: row.name ?? t("clerk"), action: row.action, outcome: t(row.outcome) })}{" "}
            <span className="font-mono">{row.orderNo}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
