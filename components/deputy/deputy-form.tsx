"use client";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { ErrorSummary } from "#components/forms/error-summary.tsx";
import { type Deed, useFormDeed } from "#components/forms/use-form-deed.ts";
import { Button } from "#components/ui/button.tsx";
import { SelectField } from "#components/ui/select-field.tsx";
import { TextField } from "#components/ui/text-field.tsx";

type Props = {
  candidates: readonly { staffId: string; name: string; role: string }[];
  todayOn: string;
  name: Deed;
};

/** Names a deputy for some days. */
export function DeputyForm({ candidates, todayOn, name }: Props) {
  const t = useTranslations("deputy");
  const roles = useTranslations("roles");
  const { run, faults, trouble, isBusy } = useFormDeed(name, () => undefined);
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    await run(Object.fromEntries(new FormData(form)), form);
  }
  const day = (id: "fromOn" | "untilOn") => ({
    ...{ id, name: id, label: t(id), fault: faults[id], type: "date", min: todayOn, defaultValue: todayOn },
  });
  return (
    <form onSubmit={submit} noValidate className="grid gap-4 sm:grid-cols-3">
      <div className="empty:hidden sm:col-span-3">
        <ErrorSummary fields={[]}>{trouble}</ErrorSummary>
      </div>
      <SelectField id="deputyId" name="deputyId" label={t("who")} fault={faults.deputyId}>
        <option value="">{t("choose")}</option>
        {candidates.map(({ staffId, name: called, role }) => (
          <option key={staffId} value={staffId}>
            {called} · {roles(role)}
          </option>
        ))}
      </SelectField>
      <TextField {...day("fromOn")} />
      <TextField {...day("untilOn")} />
      <Button type="submit" isBusy={isBusy} className="justify-self-start">
        {t("submit")}
      </Button>
    </form>
  );
}
