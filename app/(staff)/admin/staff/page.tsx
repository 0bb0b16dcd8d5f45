import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { AddStaffLink, StaffTable } from "#components/people/staff-table.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { listOwnStores } from "#lib/auth/people/own-stores.ts";
import { readPeople } from "#lib/auth/people/people-in-sight.ts";
import { appDatabase } from "#lib/db/pool.ts";
import { roleCan } from "#lib/domain/staff.ts";

export default async function StaffPage() {
  const staff = await requireStaff();
  if (!roleCan(staff.role, "change-staff")) notFound();
  const t = await getTranslations("people");
  const [rows, stores] = await Promise.all([
    readPeople(appDatabase().db, staff),
    listOwnStores(appDatabase(), staff),
  ]);
  return (
    <>
      <PageHead title={t("title")} text={t("text")}>
        <AddStaffLink />
      </PageHead>
      <StaffTable rows={rows} timeZone={stores[0]?.timeZone ?? "Asia/Taipei"} />
    </>
  );
}
