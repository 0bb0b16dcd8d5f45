import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { SignInRules } from "#components/people/sign-in-rules.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { listSignInRules } from "#lib/auth/people/sign-in-rules.ts";
import { appDatabase } from "#lib/db/pool.ts";
import { roleCan } from "#lib/domain/staff.ts";
import { changeSignInRulesAction } from "./actions.ts";

export default async function SignInRulesPage() {
  const staff = await requireStaff();
  if (!roleCan(staff.role, "change-sign-in")) notFound();
  const t = await getTranslations("signInRules");
  return (
    <>
      <PageHead title={t("title")} text={t("text")} />
      <SignInRules rules={await listSignInRules(appDatabase(), staff)} change={changeSignInRulesAction} />
    </>
  );
}
