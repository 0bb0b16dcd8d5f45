"use client";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { SelectField } from "#components/ui/select-field.tsx";

const yearSeconds = 365 * 24 * 60 * 60;
/** Each language in its own words, for people who read no other. */
const languages = { "zh-TW": "繁體中文", en: "English", th: "ไทย" };

/** Chooses the language of this browser; the page says the same in it at once. */
export function LanguageSwitch() {
  const t = useTranslations("nav");
  const router = useRouter();
  return (
    <SelectField
      id="language"
      label={t("language")}
      defaultValue={useLocale()}
      onChange={({ target }) => {
        // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is missing in browsers our shops use
        document.cookie = `locale=${target.value}; path=/; max-age=${yearSeconds}; samesite=lax`;
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
