"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { ErrorSummary } from "#components/forms/error-summary.tsx";
import { FormEnd } from "#components/forms/form-end.tsx";
import { type Deed, useFormDeed } from "#components/forms/use-form-deed.ts";
import { card, classes } from "#components/ui/styles.ts";
import { paths } from "#lib/domain/paths.ts";
import { SecretFields } from "./secret-fields.tsx";
import { type StaffDraft, StaffFields, type StoreChoice } from "./staff-fields.tsx";

type Props = {
  start: StaffDraft;
  stores: readonly StoreChoice[];
  deed: Deed;
  /** Whether the account is open; null: it is being made. */
  isActive: boolean | null;
};

/** Opens an account, or changes one. */
export function StaffForm({ start, stores, deed, isActive }: Props) {
  const t = useTranslations("people");
  const router = useRouter();
  const { run, faults, trouble, isBusy } = useFormDeed(deed, () => router.push(paths.staff));
  const isNew = isActive === null;
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const typed = new FormData(form);
    const words = { username: typed.get("username"), name: typed.get("name"), role: typed.get("role") ?? "" };
    const storeIds = typed.getAll("storeIds");
    const rest = isNew
      ? { password: typed.get("password"), pin: typed.get("pin") }
      : { isActive: typed.get("isActive") === "on" };
    await run({ ...words, storeIds, ...rest }, form);
  }
  const names = Object.keys(faults).filter((name) => name !== "storeIds");
  return (
    <form onSubmit={submit} noValidate className={classes(card, "grid max-w-xl gap-5")}>
      <ErrorSummary fields={names.map((name) => ({ id: name, name: t(name) }))}>{trouble}</ErrorSummary>
      <StaffFields {...{ start, stores, faults, isNew }} />
      {isNew ? (
        <SecretFields faults={faults} />
      ) : (
        <label className="flex min-h-11 items-center gap-3">
          <input type="checkbox" name="isActive" defaultChecked={isActive} className="size-5 accent-accent" />
          {t("isActive")}
        </label>
      )}
      {isNew ? null : <p className="text-quiet">{t("endsSessions")}</p>}
      <FormEnd
        submit={t(isNew ? "add" : "save")}
        isBusy={isBusy}
        back={{ href: paths.staff, word: t("back") }}
      />
    </form>
  );
}
