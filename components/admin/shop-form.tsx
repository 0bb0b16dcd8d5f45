"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { ErrorSummary } from "#components/forms/error-summary.tsx";
import { FormEnd } from "#components/forms/form-end.tsx";
import { type Deed, useFormDeed } from "#components/forms/use-form-deed.ts";
import { SelectField } from "#components/ui/select-field.tsx";
import { card, classes } from "#components/ui/styles.ts";
import { TextField } from "#components/ui/text-field.tsx";
import { currencies } from "#lib/domain/currency.ts";
import { paths } from "#lib/domain/paths.ts";
import { storeZones } from "#lib/domain/store-zones.ts";

type Shop = { code: string; name: string; timeZone: string; currency: string; dayCutAt: string };
type Props = { start: Shop; isNew: boolean; deed: Deed };

/** Opens a store, or changes its name and the hour its day ends. Zone and currency are for good. */
export function ShopForm({ start, isNew, deed }: Props) {
  const t = useTranslations("shops");
  const router = useRouter();
  const { run, faults, trouble, isBusy } = useFormDeed(deed, () => router.push(paths.stores));
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const typed = Object.fromEntries(new FormData(form));
    const { timeZone, currency } = start;
    await run({ ...(isNew ? {} : { timeZone, currency }), ...typed, isNew }, form);
  }
  return (
    <form onSubmit={submit} noValidate className={classes(card, "grid max-w-xl gap-5")}>
      <ErrorSummary fields={Object.keys(faults).map((id) => ({ id, name: t(id) }))}>{trouble}</ErrorSummary>
      <TextField
        {...{ id: "code", name: "code", defaultValue: start.code, readOnly: !isNew }}
        label={t("code")}
        hint={isNew ? t("codeHint") : undefined}
        fault={faults.code}
      />
      <TextField
        {...{ id: "name", name: "name", defaultValue: start.name }}
        label={t("name")}
        fault={faults.name}
      />
      <SelectField
        {...{ id: "timeZone", name: "timeZone", defaultValue: start.timeZone, disabled: !isNew }}
        label={t("timeZone")}
        fault={faults.timeZone}
      >
        {storeZones.map((zone) => (
          <option key={zone} value={zone}>
            {zone}
          </option>
        ))}
      </SelectField>
      <SelectField
        {...{ id: "currency", name: "currency", defaultValue: start.currency, disabled: !isNew }}
        label={t("currency")}
        fault={faults.currency}
      >
        {currencies.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </SelectField>
      <TextField
        {...{ id: "dayCutAt", name: "dayCutAt", defaultValue: start.dayCutAt, inputMode: "numeric" }}
        label={t("dayCutAt")}
        hint={t("dayCutHint")}
        fault={faults.dayCutAt}
      />
      <FormEnd
        submit={t(isNew ? "open" : "save")}
        isBusy={isBusy}
        back={{ href: paths.stores, word: t("back") }}
      />
    </form>
  );
}
