import { CircleCheck } from "lucide-react";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { CaseCard } from "#components/attention/case-card.tsx";
import { SendSwitch } from "#components/attention/send-switch.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { textLink } from "#components/ui/styles.ts";
import { paths } from "#lib/domain/paths.ts";
import { roleCan } from "#lib/domain/staff.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { listAttention, viewSwitch } from "#lib/use-cases/incidents/view-attention.ts";
import { closeAction, decideAction, proposeAction, switchOnAction, testKeysAction } from "./actions.ts";

const actions = {
  propose: proposeAction,
  decide: decideAction,
  close: closeAction,
  testKeys: testKeysAction,
};

export default async function AttentionPage() {
  const staff = await requireStaff();
  if (!roleCan(staff.role, "read-attention")) notFound();
  const t = await getTranslations("attention");
  const [cases, house] = await Promise.all([
    listAttention(appContext(), staff),
    viewSwitch(appContext(), staff),
  ]);
  const toProof = (
    <Link href={paths.proof} prefetch={false} className={textLink}>
      {t("proof.title")}
    </Link>
  );
  return (
    <>
      {house ? <SendSwitch house={house} switchOn={switchOnAction} /> : null}
      {cases.length === 0 ? (
        <EmptyState Sign={CircleCheck} title={t("title")} text={t("calm")}>
          {toProof}
        </EmptyState>
      ) : (
        <>
          <PageHead title={t("title")} text={t("count", { count: cases.length })}>
            {toProof}
          </PageHead>
          {cases.map((one) => (
            <CaseCard key={one.caseNo} one={one} actions={actions} />
          ))}
        </>
      )}
    </>
  );
}
