"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { ErrorSummary } from "#components/forms/error-summary.tsx";
import { type Deed, useFormDeed } from "#components/forms/use-form-deed.ts";
import { Button } from "#components/ui/button.tsx";
import { card, classes, partTitle } from "#components/ui/styles.ts";
import { TextField } from "#components/ui/text-field.tsx";
import { paths } from "#lib/domain/paths.ts";

type Props = { storeCode: string; start: string; change: Deed };

/** Above which amount two different managers approve a refund of this store. */
export function SecondApprovalForm({ storeCode, start, change }: Props) {
  const t = useTranslations("shops");
  const router = useRouter();
  const { run, faults, trouble, isBusy } = useFormDeed(change, () => router.push(paths.stores));
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    await run({ storeCode, secondAbove: new FormData(form).get("secondAbove") }, form);
  }
  return (
    <form onSubmit={submit} noValidate className={classes(card, "grid max-w-xl gap-5")}>
      <h2 className={partTitle}>{t("twoManagers")}</h2>
      <ErrorSummary fields={Object.keys(faults).map((id) => ({ id, name: t(id) }))}>{trouble}</ErrorSummary>
      <TextField
        {...{ id: "secondAbove", name: "secondAbove", defaultValue: start, inputMode: "decimal" }}
        autoComplete="off"
        label={t("secondAbove")}
        hint={t("secondAboveHint")}
        fault={faults.secondAbove}
        className="text-right tabular-nums"
      />
      <Button type="submit" isBusy={isBusy} className="justify-self-start">
        {t("saveTwoManagers")}
      </Button>
    </form>
  );
}
