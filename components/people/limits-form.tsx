"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { ErrorSummary } from "#components/forms/error-summary.tsx";
import { type Deed, useFormDeed } from "#components/forms/use-form-deed.ts";
import { Button } from "#components/ui/button.tsx";
import { card, classes, partTitle } from "#components/ui/styles.ts";
import { TextField } from "#components/ui/text-field.tsx";
import type { TypedLimits } from "#lib/domain/own-limit-form.ts";
import { paths } from "#lib/domain/paths.ts";

const names = ["perRefund", "dayCount", "daySum", "saleDays"] as const satisfies (keyof TypedLimits)[];

type Props = { username: string; start: TypedLimits; change: Deed };

/** What somebody may refund without a manager; beyond it a manager decides. */
export function LimitsForm({ username, start, change }: Props) {
  const t = useTranslations("ownLimit");
  const router = useRouter();
  const { run, faults, trouble, isBusy } = useFormDeed(change, () => router.push(paths.staff));
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const typed = new FormData(form);
    await run({ username, ...Object.fromEntries(names.map((name) => [name, typed.get(name)])) }, form);
  }
  return (
    <form onSubmit={submit} noValidate className={classes(card, "grid max-w-xl gap-5")}>
      <div className="grid gap-1">
        <h2 className={partTitle}>{t("title")}</h2>
        <p className="text-quiet">{t("text")}</p>
      </div>
      <ErrorSummary
        fields={names.filter((name) => faults[name]).map((name) => ({ id: name, name: t(`field.${name}`) }))}
      >
        {trouble}
      </ErrorSummary>
      <div className="grid gap-5 sm:grid-cols-2">
        {names.map((name) => (
          <TextField
            key={name}
            {...{ id: name, name, autoComplete: "off", inputMode: "decimal" }}
            defaultValue={start[name]}
            label={t(`field.${name}`)}
            hint={t(`hint.${name}`)}
            fault={faults[name]}
            className="text-right tabular-nums"
          />
        ))}
      </div>
      <Button type="submit" isBusy={isBusy} className="justify-self-start">
        {t("save")}
      </Button>
    </form>
  );
}
