import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { StaffForm } from "#components/people/staff-form.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { listOwnStores } from "#lib/auth/people/own-stores.ts";
import { appDatabase } from "#lib/db/pool.ts";
import { roleCan } from "#lib/domain/staff.ts";
import { addStaffAction } from "../actions.ts";

export default async function NewStaffPage() {
  const staff = await requireStaff();
  if (!roleCan(staff.role, "add-staff")) notFound();
  const t = await getTranslations("people");
  const stores = await listOwnStores(appDatabase(), staff);
  const [only, ...others] = stores;
  const storeIds = only && others.length === 0 ? [only.storeId] : [];
  const start = { username: "", name: "", role: "" as const, storeIds };
  return (
    <>
      <PageHead title={t("newTitle")} text={t("newText")} />
      <StaffForm {...{ start, stores }} deed={addStaffAction} isActive={null} />
    </>
  );
}
