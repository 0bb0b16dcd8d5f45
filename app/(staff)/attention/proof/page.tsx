import { ListChecks } from "lucide-react";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { ProofTable } from "#components/attention/proof-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { textLink } from "#components/ui/styles.ts";
import { paths } from "#lib/domain/paths.ts";
import { roleCan } from "#lib/domain/staff.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { listProofs } from "#lib/use-cases/proof/view-proofs.ts";
import { runProofAction } from "../actions.ts";

export default async function ProofPage() {
  const staff = await requireStaff();
  if (!roleCan(staff.role, "read-attention")) notFound();
  const t = await getTranslations("attention");
  const proofs = await listProofs(appContext(), staff);
  const back = (
    <Link href={paths.attention} prefetch={false} className={textLink}>
      {t("title")}
    </Link>
  );
  if (proofs.length === 0)
    return (
      <EmptyState Sign={ListChecks} title={t("proof.title")} text={t("proof.empty")}>
        {back}
      </EmptyState>
    );
  return (
    <>
      <PageHead title={t("proof.title")} text={t("proof.text")}>
        {back}
      </PageHead>
      <ProofTable proofs={proofs} run={roleCan(staff.role, "run-proof") ? runProofAction : null} />
    </>
  );
}
