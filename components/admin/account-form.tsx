"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { ErrorSummary } from "#components/forms/error-summary.tsx";
import { FormEnd } from "#components/forms/form-end.tsx";
import { type Deed, useFormDeed } from "#components/forms/use-form-deed.ts";
import { card, classes } from "#components/ui/styles.ts";
import { TextField } from "#components/ui/text-field.tsx";
import type { GatewayId } from "#lib/domain/gateway-id.ts";
import { paths } from "#lib/domain/paths.ts";
import { SettingField, type SettingView } from "./setting-field.tsx";

type Props = {
  storeCode: string;
  /** Empty: it is being made. */
  slug: string;
  gateway: GatewayId;
  fields: readonly SettingView[];
  deed: Deed;
};

/** A merchant account's settings: all of them are written, and what is secret is never shown again. */
export function AccountForm({ storeCode, slug, gateway, fields, deed }: Props) {
  const t = useTranslations("shops");
  const words = useTranslations(`settings.${gateway}`);
  const router = useRouter();
  const { run, faults, trouble, isBusy } = useFormDeed(deed, () => router.push(paths.stores));
  const isNew = slug === "";
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const typed = new FormData(form);
    const settings = Object.fromEntries(
      fields.map(({ name, kind }) => [
        name,
        kind === "flag" ? typed.has(name) : String(typed.get(name) ?? ""),
      ]),
    );
    await run({ isNew, storeCode, slug: typed.get("slug"), gateway, settings }, form);
  }
  const nameOf = (id: string) => {
    const field = fields.find(({ name }) => name === id);
    return id === "slug" ? t("slug") : field ? words(`${field.words}.label`) : id;
  };
  return (
    <form onSubmit={submit} noValidate autoComplete="off" className={classes(card, "grid max-w-2xl gap-5")}>
      <ErrorSummary fields={Object.keys(faults).map((id) => ({ id, name: nameOf(id) }))}>
        {trouble}
      </ErrorSummary>
      {isNew ? null : <p className="text-quiet">{t("typeAgain")}</p>}
      <TextField
        {...{ id: "slug", name: "slug", defaultValue: slug, readOnly: !isNew, autoCapitalize: "off" }}
        label={t("slug")}
        hint={isNew ? t("slugHint") : undefined}
        fault={faults.slug}
      />
      {fields.map((field) => (
        <SettingField key={field.name} {...{ field, gateway }} fault={faults[field.name]} />
      ))}
      <FormEnd
        submit={t(isNew ? "openAccount" : "save")}
        isBusy={isBusy}
        back={{ href: paths.stores, word: t("back") }}
      />
    </form>
  );
}
