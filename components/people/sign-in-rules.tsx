"use client";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { ErrorSummary } from "#components/forms/error-summary.tsx";
import { type Deed, useFormDeed } from "#components/forms/use-form-deed.ts";
import { Button } from "#components/ui/button.tsx";
import { card, classes } from "#components/ui/styles.ts";
import type { Role } from "#lib/domain/staff.ts";

type Rule = { role: Role; needsFactor: boolean; people: number; withFactor: number };

/** Which roles need a second step at sign-in. */
export function SignInRules({ rules, change }: { rules: readonly Rule[]; change: Deed }) {
  const t = useTranslations("signInRules");
  const roleWords = useTranslations("roles");
  const [isDone, setIsDone] = useState(false);
  const { run, trouble, isBusy } = useFormDeed(change, () => setIsDone(true));
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setIsDone(false);
    await run({ needing: new FormData(event.currentTarget).getAll("needing") }, event.currentTarget);
  }
  return (
    <form onSubmit={submit} className={classes(card, "grid max-w-xl gap-5")}>
      <p role="status" className="font-medium text-good-text empty:hidden">
        {isDone ? t("done") : null}
      </p>
      <ErrorSummary fields={[]}>{trouble}</ErrorSummary>
      <fieldset className="grid gap-2">
        <legend className="mb-1 font-medium">{t("needing")}</legend>
        {rules.map(({ role, needsFactor, people, withFactor }) => (
          <label key={role} className="flex min-h-11 items-center gap-3">
            <input
              type="checkbox"
              name="needing"
              value={role}
              defaultChecked={needsFactor}
              className="size-5 accent-accent"
            />
            <span className="grid">
              {roleWords(role)}
              <span className="text-quiet">{t("ready", { ready: withFactor, people })}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <Button type="submit" isBusy={isBusy} className="justify-self-start">
        {t("save")}
      </Button>
    </form>
  );
}
