"use client";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { Button } from "#components/ui/button.tsx";
import { TextAreaField } from "#components/ui/text-area-field.tsx";
import { LockCountdown } from "./lock-countdown.tsx";
import { PinField } from "./pin-field.tsx";
import type { Deciding } from "./use-decide.ts";

type Props = {
  what: "approve" | "reject" | "giveBack";
  amount: string;
  state: Deciding;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  onUnlock: () => void;
  onCancel: () => void;
};

/** The last step of a decision: what it means, the PIN or the words for the cashier, and the way back. */
export function DecisionForm({ what, amount, state, onSubmit, onUnlock, onCancel }: Props) {
  const t = useTranslations("approvals");
  const { isBusy, fieldFaults, lockEndMs } = state;
  const isLocked = what === "approve" && lockEndMs !== null;
  return (
    <form onSubmit={onSubmit} noValidate className="grid gap-4">
      <p className="text-lg">{t(`${what}Means`, { amount })}</p>
      {isLocked ? <LockCountdown endMs={lockEndMs} onOver={onUnlock} /> : null}
      {what === "approve" && !isLocked ? <PinField fault={fieldFaults.pin} isNext /> : null}
      {what === "approve" ? null : (
        <TextAreaField
          id="decision-reason"
          name="reason"
          label={t("reason")}
          hint={t(`${what}Hint`)}
          fault={fieldFaults.reason}
          isUrgent
          autoFocus
        />
      )}
      <div className="flex flex-wrap gap-3">
        {isLocked ? null : (
          <Button
            type="submit"
            look={what === "reject" ? "danger" : "primary"}
            isBusy={isBusy}
            busyWord={t("deciding")}
            className="min-h-12"
          >
            {t("confirm")}
          </Button>
        )}
        <Button look="quiet" disabled={isBusy} onClick={onCancel} className="min-h-12">
          {t("notYet")}
        </Button>
      </div>
    </form>
  );
}
