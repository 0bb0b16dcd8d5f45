"use client";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { SelectField } from "#components/ui/select-field.tsx";
import { chooseLocale, languages } from "./choose-locale.ts";

/** Chooses the language of this browser; the page says the same in it at once. */
export function LanguageSwitch() {
  const t = useTranslations("nav");
  const router = useRouter();
  return (
    <SelectField
      id="language"
      label={t("language")}
      defaultValue={useLocale()}
      onChange={async ({ target }) => {
        await chooseLocale(target.value);
        router.refresh();
      }}
    >
      {Object.entries(languages).map(([locale, name]) => (
        <option key={locale} value={locale} lang={locale}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
