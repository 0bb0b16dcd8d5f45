"use client";
import { UserRoundCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import type { Action } from "#components/forms/call-action.ts";
import { MaybeLost } from "#components/forms/maybe-lost.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { SelectField } from "#components/ui/select-field.tsx";
import type { Currency } from "#lib/domain/currency.ts";
import type { RequestSnapshot } from "#lib/domain/refund.ts";
import { LockCountdown } from "./lock-countdown.tsx";
import { PinField } from "./pin-field.tsx";
import { useDecide } from "./use-decide.ts";

type Props = {
  requestNo: string;
  timeZone: string;
  currency: Currency;
  amount: string;
  seen: RequestSnapshot;
  approvers: readonly { staffId: string; name: string; role: string }[];
  approve: Action;
};

/** A manager comes to the till and approves this one request with their own PIN; whoever is signed in stays so. */
export function CallManager({ amount, seen, approvers, approve, ...place }: Props) {
  const t = useTranslations("callManager");
  const roles = useTranslations("roles");
  const { state, decide, clear } = useDecide(place);
  const [isOpen, setIsOpen] = useState(false);
  const pin = useRef<HTMLInputElement>(null);
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    await decide(approve, { approverId: typed.get("approver"), pin: typed.get("pin"), seen });
    if (!pin.current) return;
    pin.current.value = "";
    pin.current.focus();
  }
  if (state.isLost) return <MaybeLost what="decision" />;
  if (!isOpen)
    return (
      <Button onClick={() => setIsOpen(true)}>
        <UserRoundCheck aria-hidden className="size-5" />
        {t("button")}
      </Button>
    );
  return (
    <Card title={t("title")} text={t("text", { amount })} className="w-full">
      <p role="alert" className="font-semibold text-stop-text empty:hidden">
        {state.fault}
      </p>
      <form onSubmit={submit} noValidate className="grid max-w-md gap-4">
        <SelectField id="approver" name="approver" label={t("who")} onChange={clear} autoFocus>
          {approvers.length > 1 ? <option value="">{t("choose")}</option> : null}
          {approvers.map(({ staffId, name, role }) => (
            <option key={staffId} value={staffId}>
              {name} · {roles(role)}
            </option>
          ))}
        </SelectField>
        {state.lockedForMs > 0 ? (
          <LockCountdown waitMs={state.lockedForMs} onOver={clear} />
        ) : (
          <PinField fault={state.fieldFault ?? undefined} box={pin} />
        )}
        <div className="flex flex-wrap gap-3">
          {state.lockedForMs > 0 ? null : (
            <Button type="submit" isBusy={state.isBusy} busyWord={t("busy")} className="min-h-12">
              {t("confirm")}
            </Button>
          )}
          <Button look="quiet" disabled={state.isBusy} onClick={() => setIsOpen(false)} className="min-h-12">
            {t("close")}
          </Button>
        </div>
      </form>
    </Card>
  );
}
