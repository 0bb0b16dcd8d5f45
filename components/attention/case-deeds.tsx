import { useTranslations } from "next-intl";
import { ClockTime } from "#components/ui/clock-time.tsx";
import type { CaseView } from "#lib/domain/recovery/attention-view.ts";
import { DeedButton } from "./deed-button.tsx";
import type { Deed } from "./use-deed.ts";
import { WordsForm } from "./words-form.tsx";

export type CaseActions = { propose: Deed; decide: Deed; close: Deed; testKeys: Deed };
type Props = { one: CaseView; actions: CaseActions };

/** What this person may do about a case: write down an outcome, decide on one, test keys, or close it. */
export function CaseDeeds({ one, actions }: Props) {
  const t = useTranslations("attention");
  const { caseNo, proposal, settleNotBefore, timeZone } = one;
  return (
    <div className="grid gap-3">
      {one.needsPerson ? (
        <ul className="list-disc pl-5 text-quiet">
          {(["portal", "statement", "customer"] as const).map((key) => (
            <li key={key}>{t(`checklist.${key}`)}</li>
          ))}
        </ul>
      ) : null}
      {settleNotBefore ? (
        <p>
          {t("notBefore")} <ClockTime at={settleNotBefore} timeZone={timeZone} withDate />
        </p>
      ) : null}
      {proposal ? (
        <blockquote className="border-edge border-l-4 pl-3">
          <p>{t(`outcome.${proposal.outcome}`)}</p>
          <p>{proposal.seen}</p>
          <p className="text-quiet">{t("proposedBy", { name: proposal.by })}</p>
        </blockquote>
      ) : null}
      <div className="flex flex-wrap items-center gap-3">
        {one.canPropose ? (
          <WordsForm
            caseNo={caseNo}
            deed={actions.propose}
            open={t("settle")}
            send={t("sendProposal")}
            keep={t("keep")}
            field={{ name: "seen", label: t("seen"), hint: t("seenHint") }}
            choice={{
              name: "outcome",
              label: t("outcome.label"),
              choose: t("outcome.choose"),
              options: (["SUCCEEDED", "FAILED"] as const).map((value) => ({
                value,
                word: t(`outcome.${value}`),
              })),
            }}
          />
        ) : null}
        {one.canDecide ? (
          <>
            <DeedButton
              word={t("confirm")}
              input={{ caseNo, isRight: true }}
              deed={actions.decide}
              look="primary"
            />
            <DeedButton word={t("refuse")} input={{ caseNo, isRight: false }} deed={actions.decide} />
          </>
        ) : null}
        {one.canTestKeys ? (
          <DeedButton word={t("testKeys")} input={{ account: one.account }} deed={actions.testKeys} />
        ) : null}
        {one.canClose ? (
          <WordsForm
            caseNo={caseNo}
            deed={actions.close}
            open={t("close")}
            send={t("sendClose")}
            keep={t("keep")}
            field={{ name: "found", label: t("found"), hint: t("foundHint") }}
          />
        ) : null}
      </div>
    </div>
  );
}
