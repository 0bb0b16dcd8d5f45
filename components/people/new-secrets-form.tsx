"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { ErrorSummary } from "#components/forms/error-summary.tsx";
import { type Deed, useFormDeed } from "#components/forms/use-form-deed.ts";
import { Button } from "#components/ui/button.tsx";
import { card, classes, partTitle } from "#components/ui/styles.ts";
import { paths } from "#lib/domain/paths.ts";
import { SecretFields } from "./secret-fields.tsx";

/** For somebody who forgot theirs: a new password and PIN; they are signed out everywhere. */
export function NewSecretsForm({ username, renew }: { username: string; renew: Deed }) {
  const t = useTranslations("people");
  const router = useRouter();
  const { run, faults, trouble, isBusy } = useFormDeed(renew, () => router.push(paths.staff));
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const typed = new FormData(form);
    await run({ username, password: typed.get("password"), pin: typed.get("pin") }, form);
  }
  return (
    <form onSubmit={submit} noValidate className={classes(card, "grid max-w-xl gap-5")}>
      <h2 className={partTitle}>{t("renewTitle")}</h2>
      <ErrorSummary fields={Object.keys(faults).map((name) => ({ id: name, name: t(name) }))}>
        {trouble}
      </ErrorSummary>
      <SecretFields faults={faults} />
      <Button type="submit" look="danger" isBusy={isBusy} className="justify-self-start">
        {t("renew")}
      </Button>
    </form>
  );
}
