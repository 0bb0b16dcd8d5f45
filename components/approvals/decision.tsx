"use client";
import { Check, PencilLine, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { Action } from "#components/forms/call-action.ts";
import { MaybeLost } from "#components/forms/maybe-lost.tsx";
import { Button } from "#components/ui/button.tsx";
import type { Currency } from "#lib/domain/currency.ts";
import { changesSince, type RequestSnapshot } from "#lib/domain/refund.ts";
import { DecisionForm } from "./decision-form.tsx";
import { useDecide } from "./use-decide.ts";

/** The three ways to decide; each is a key of the actions and of the words. */
type What = "approve" | "reject" | "giveBack";
export type DecisionActions = Record<What, Action>;
type Props = {
  requestNo: string;
  timeZone: string;
  currency: Currency;
  /** The facts on the screen; they go along, and anything else at the moment of the decision refuses it. */
  seen: RequestSnapshot;
  amount: string;
  /** The gateway's fresh word is in, or did not come in time. */
  mayApprove: boolean;
  lockedForMs: number;
  actions: DecisionActions;
};
/** What was chosen, and the facts on the screen at that moment. */
type Step = { what: What; seen: RequestSnapshot };

/** Approve with a PIN, reject with a reason, or return with what to change. What was on the screen is what is approved. */
export function Decision({ amount, seen, mayApprove, actions, lockedForMs, ...place }: Props) {
  const t = useTranslations("approvals");
  const [step, setStep] = useState<Step | null>(null);
  const { state, decide, clear, unlock } = useDecide(place, { lockedForMs });
  const hasMoved = step?.what === "approve" && changesSince(step.seen, seen).length > 0;
  function choose(what: What | null) {
    clear();
    setStep(what && { what, seen });
  }
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!step) return;
    const form = event.currentTarget;
    const typed = Object.fromEntries(new FormData(form));
    const input = step.what === "approve" ? { ...typed, seen: step.seen } : typed;
    if (await decide(form, actions[step.what], input)) setStep(null);
  }
  if (state.isLost) return <MaybeLost what="decision" />;
  return (
    <div className="grid gap-4">
      <p role="alert" className="font-semibold text-stop-text empty:hidden">
        {hasMoved ? t("movedMeanwhile") : state.fault}
      </p>
      {step === null || hasMoved ? (
        <Choices amount={amount} mayApprove={mayApprove} onChoose={choose} />
      ) : (
        <DecisionForm
          key={step.what}
          what={step.what}
          {...{ amount, state }}
          onSubmit={submit}
          onUnlock={unlock}
          onCancel={() => choose(null)}
        />
      )}
    </div>
  );
}

type ChoicesProps = Pick<Props, "amount" | "mayApprove"> & { onChoose: (what: What) => void };

function Choices({ amount, mayApprove, onChoose }: ChoicesProps) {
  const t = useTranslations("approvals");
  return (
    <div className="grid gap-3 sm:flex sm:flex-wrap">
      <Button disabled={!mayApprove} onClick={() => onChoose("approve")} className="min-h-12">
        <Check aria-hidden className="size-5" />
        {t("approveAmount", { amount })}
      </Button>
      <Button look="secondary" onClick={() => onChoose("giveBack")} className="min-h-12">
        <PencilLine aria-hidden className="size-5" />
        {t("giveBack")}
      </Button>
      <Button look="danger" onClick={() => onChoose("reject")} className="min-h-12">
        <X aria-hidden className="size-5" />
        {t("reject")}
      </Button>
    </div>
  );
}
