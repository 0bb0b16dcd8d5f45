"use client";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { ErrorSummary } from "#components/forms/error-summary.tsx";
import { type Deed, focusFirst, useFormDeed } from "#components/forms/use-form-deed.ts";
import { Button } from "#components/ui/button.tsx";
import { card, classes, partTitle } from "#components/ui/styles.ts";
import { TextField } from "#components/ui/text-field.tsx";

type Props = { what: "password" | "pin"; change: Deed };

/** The person's own password or PIN: the password as it is now, and the new one twice. */
export function OwnSecretForm({ what, change }: Props) {
  const t = useTranslations("me");
  const errors = useTranslations("errors");
  const [isDone, setIsDone] = useState(false);
  const { run, faults, trouble, setFaults, isBusy } = useFormDeed(change, () => setIsDone(true));
  const id = (name: string) => `${what}-${name}`;
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const typed = new FormData(form);
    setIsDone(false);
    if (typed.get("next") !== typed.get("again")) {
      const fields = { again: errors("notTheSame") };
      setFaults(fields);
      return focusFirst(form, fields);
    }
    await run({ what, current: typed.get("current"), next: typed.get("next") }, form);
  }
  const digits = what === "pin" ? ({ inputMode: "numeric", maxLength: 6 } as const) : {};
  return (
    <form
      onSubmit={submit}
      noValidate
      className={classes(card, "grid content-start gap-4")}
      key={String(isDone)}
    >
      <h2 className={partTitle}>{t(`${what}.title`)}</h2>
      <p role="status" className="font-medium text-good-text empty:hidden">
        {isDone ? t(`${what}.done`) : null}
      </p>
      <ErrorSummary fields={[]}>{trouble}</ErrorSummary>
      <TextField
        {...{ id: id("current"), name: "current", type: "password", autoComplete: "current-password" }}
        label={t("current")}
        fault={faults.current}
      />
      <TextField
        {...{ id: id("next"), name: "next", type: "password", autoComplete: "new-password", ...digits }}
        label={t(`${what}.next`)}
        hint={t(`${what}.hint`)}
        fault={faults.next}
      />
      <TextField
        {...{ id: id("again"), name: "again", type: "password", autoComplete: "new-password", ...digits }}
        label={t(`${what}.again`)}
        fault={faults.again}
      />
      <Button type="submit" isBusy={isBusy} className="justify-self-start">
        {t(`${what}.submit`)}
      </Button>
    </form>
  );
}
