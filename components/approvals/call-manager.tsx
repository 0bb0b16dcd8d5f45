"use client";
import { UserRoundCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { Action } from "#components/forms/call-action.ts";
import { MaybeLost } from "#components/forms/maybe-lost.tsx";
import { type RequestNow, useRequestNow } from "#components/requests/use-request-now.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { SelectField } from "#components/ui/select-field.tsx";
import type { Currency } from "#lib/domain/currency.ts";
import { changesSince, type RequestSnapshot } from "#lib/domain/refund.ts";
import { LockCountdown } from "./lock-countdown.tsx";
import { PinField } from "./pin-field.tsx";
import { useDecide } from "./use-decide.ts";

type Approver = { staffId: string; name: string; role: string };
type Props = {
  requestNo: string;
  timeZone: string;
  currency: Currency;
  amount: string;
  initial: RequestNow;
  approvers: readonly Approver[];
  approve: Action;
};

/** A manager comes to the till and approves this one request with their own PIN; whoever is signed in stays so. */
export function CallManager({ initial, amount, approvers, approve, ...place }: Props) {
  const t = useTranslations("callManager");
  const words = useTranslations("approvals");
  const { told } = useRequestNow(place.requestNo, initial);
  /** The facts on the screen when the manager was called; null: nobody was. */
  const [seen, setSeen] = useState<RequestSnapshot | null>(null);
  const { state, decide, unlock } = useDecide(place);
  const hasMoved = seen !== null && changesSince(seen, told.now).length > 0;
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    if (await decide(form, approve, { ...Object.fromEntries(new FormData(form)), seen })) setSeen(null);
  }
  function call(facts: RequestSnapshot | null) {
    unlock();
    setSeen(facts);
  }
  if (state.isLost) return <MaybeLost what="decision" />;
  if (told.state !== "waiting") return null;
  if (seen === null || hasMoved)
    return (
      <div className="grid gap-2">
        <Button onClick={() => call(told.now)}>
          <UserRoundCheck aria-hidden className="size-5" />
          {t("button")}
        </Button>
        <p role="alert" className="font-semibold text-stop-text empty:hidden">
          {hasMoved ? words("movedMeanwhile") : null}
        </p>
      </div>
    );
  const { isBusy, fault, fieldFaults, lockEndMs } = state;
  return (
    <Card title={t("title")} text={t("text", { amount })} className="w-full">
      <p role="alert" className="font-semibold text-stop-text empty:hidden">
        {fault}
      </p>
      <form onSubmit={submit} noValidate className="grid max-w-md gap-4">
        <ApproverField approvers={approvers} fault={fieldFaults.approverId} onChange={unlock} />
        {lockEndMs === null ? (
          <PinField fault={fieldFaults.pin} />
        ) : (
          <LockCountdown endMs={lockEndMs} onOver={unlock} />
        )}
        <div className="flex flex-wrap gap-3">
          {lockEndMs === null ? (
            <Button type="submit" isBusy={isBusy} busyWord={t("busy")} className="min-h-12">
              {t("confirm")}
            </Button>
          ) : null}
          <Button look="quiet" disabled={isBusy} onClick={() => call(null)} className="min-h-12">
            {t("close")}
          </Button>
        </div>
      </form>
    </Card>
  );
}

type ApproverProps = {
  approvers: readonly Approver[];
  fault: string | undefined;
  onChange: () => void;
};

function ApproverField({ approvers, fault, onChange }: ApproverProps) {
  const t = useTranslations("callManager");
  const roles = useTranslations("roles");
  return (
    <SelectField id="approver" name="approverId" label={t("who")} {...{ fault, onChange }} autoFocus>
      {approvers.length > 1 ? <option value="">{t("choose")}</option> : null}
      {approvers.map(({ staffId, name, role }) => (
        <option key={staffId} value={staffId}>
          {name} · {roles(role)}
        </option>
      ))}
    </SelectField>
  );
}
