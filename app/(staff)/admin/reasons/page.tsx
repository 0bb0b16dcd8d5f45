import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { ReasonsForm } from "#components/admin/reasons-form.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { appContext } from "#lib/use-cases/app-context.ts";
import { viewReasons } from "#lib/use-cases/shop/change-reasons.ts";
import { changeReasonsAction } from "./actions.ts";

export default async function ReasonsPage() {
  const staff = await requireStaff();
  const start = await viewReasons(appContext(), staff);
  if (!start) notFound();
  const t = await getTranslations("reasons");
  return (
    <>
      <PageHead title={t("title")} text={t("text")} />
      <ReasonsForm start={start} change={changeReasonsAction} />
    </>
  );
}
