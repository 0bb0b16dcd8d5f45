"use client";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { ErrorSummary } from "#components/forms/error-summary.tsx";
import { type Deed, useFormDeed } from "#components/forms/use-form-deed.ts";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/text-field.tsx";

/** Switches the own second factor off, with the password or a code. */
export function RemoveFactor({ remove }: { remove: Deed }) {
  const t = useTranslations("me.factor");
  const { run, faults, trouble, isBusy } = useFormDeed(remove, () => undefined);
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    await run({ proof: new FormData(form).get("proof") }, form);
  }
  return (
    <form onSubmit={submit} noValidate className="grid max-w-md gap-4">
      <ErrorSummary fields={[]}>{trouble}</ErrorSummary>
      <TextField
        {...{ id: "factor-proof", name: "proof", type: "password", autoComplete: "current-password" }}
        label={t("proof")}
        hint={t("proofHint")}
        fault={faults.proof}
      />
      <Button type="submit" look="danger" isBusy={isBusy} className="justify-self-start">
        {t("remove")}
      </Button>
    </form>
  );
}
