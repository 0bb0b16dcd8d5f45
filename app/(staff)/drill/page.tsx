import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { BeginAnew } from "#components/drill/begin-anew.tsx";
import { PracticeDesk } from "#components/drill/practice-desk.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { roleCan } from "#lib/domain/staff.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { viewPractice } from "#lib/use-cases/drill/view-practice.ts";
import { beginAnewAction, payPracticeAction, practiseAction } from "./actions.ts";

export default async function DrillPage() {
  const staff = await requireStaff();
  const view = await viewPractice(appContext(), staff);
  if (!view) notFound();
  const t = await getTranslations("drill");
  return (
    <>
      <PageHead title={t("title")} text={t("text")} />
      <PracticeDesk view={view} make={practiseAction} pay={payPracticeAction} />
      {roleCan(staff.role, "begin-anew") ? <BeginAnew begin={beginAnewAction} /> : null}
    </>
  );
}
