"use client";
import { Check, PencilLine, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import type { Action } from "#components/forms/call-action.ts";
import { MaybeLost } from "#components/forms/maybe-lost.tsx";
import { Button } from "#components/ui/button.tsx";
import { TextAreaField } from "#components/ui/text-area-field.tsx";
import type { Currency } from "#lib/domain/currency.ts";
import { changesSince, type RequestSnapshot } from "#lib/domain/refund.ts";
import { LockCountdown } from "./lock-countdown.tsx";
import { PinField } from "./pin-field.tsx";
import { useDecide } from "./use-decide.ts";

export type DecisionActions = { approve: Action; reject: Action; giveBack: Action };
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
type Step = { what: "approve"; seen: RequestSnapshot } | { what: "reject" | "giveBack" };

/** Approve with a PIN, reject with a reason, or return with what to change. What was on the screen is what is approved. */
export function Decision({ amount, seen, mayApprove, actions, lockedForMs, ...place }: Props) {
  const t = useTranslations("approvals");
  const [step, setStep] = useState<Step | null>(null);
  const { state, decide, clear } = useDecide(place, { lockedForMs });
  const pin = useRef<HTMLInputElement>(null);
  const hasMoved = step?.what === "approve" && changesSince(step.seen, seen).length > 0;
  function choose(next: Step | null) {
    clear();
    setStep(next);
  }
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!step) return;
    const typed = new FormData(event.currentTarget);
    const input =
      step.what === "approve" ? { pin: typed.get("pin"), seen: step.seen } : { reason: typed.get("reason") };
    const isDone = await decide(actions[step.what], input);
    if (isDone) setStep(null);
    if (pin.current) {
      pin.current.value = "";
      pin.current.focus();
    }
  }
  if (state.isLost) return <MaybeLost what="decision" />;
  return (
    <div className="grid gap-4">
      <p role="alert" className="font-semibold text-stop-text empty:hidden">
        {hasMoved ? t("movedMeanwhile") : state.fault}
      </p>
      {step === null || hasMoved ? (
        <div className="grid gap-3 sm:flex sm:flex-wrap">
          <Button
            disabled={!mayApprove}
            onClick={() => choose({ what: "approve", seen })}
            className="min-h-12"
          >
            <Check aria-hidden className="size-5" />
            {t("approveAmount", { amount })}
          </Button>
          <Button look="secondary" onClick={() => choose({ what: "giveBack" })} className="min-h-12">
            <PencilLine aria-hidden className="size-5" />
            {t("giveBack")}
          </Button>
          <Button look="danger" onClick={() => choose({ what: "reject" })} className="min-h-12">
            <X aria-hidden className="size-5" />
            {t("reject")}
          </Button>
        </div>
      ) : (
        <form onSubmit={submit} noValidate className="grid gap-4">
          <p className="text-lg">{t(`${step.what}Means`, { amount })}</p>
          {step.what !== "approve" ? (
            <TextAreaField
              key={step.what}
              id="decision-reason"
              name="reason"
              label={t("reason")}
              hint={t(`${step.what}Hint`)}
              fault={state.fieldFault ?? undefined}
              isUrgent
              autoFocus
            />
          ) : state.lockedForMs > 0 ? (
            <LockCountdown waitMs={state.lockedForMs} onOver={clear} />
          ) : (
            <PinField fault={state.fieldFault ?? undefined} box={pin} />
          )}
          <div className="flex flex-wrap gap-3">
            {state.lockedForMs > 0 && step.what === "approve" ? null : (
              <Button
                type="submit"
                look={step.what === "reject" ? "danger" : "primary"}
                isBusy={state.isBusy}
                busyWord={t("deciding")}
                className="min-h-12"
              >
                {t("confirm")}
              </Button>
            )}
            <Button look="quiet" disabled={state.isBusy} onClick={() => choose(null)} className="min-h-12">
              {t("notYet")}
            </Button>
          </div>
        </form>
      )}
    </div>
  );
}
