"use client";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { SelectField } from "#components/ui/select-field.tsx";

const yearMs = 365 * 24 * 60 * 60 * 1_000;
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
      onChange={async ({ target }) => {
        const expires = Date.now() + yearMs;
        await cookieStore.set({ name: "locale", value: target.value, path: "/", expires, sameSite: "lax" });
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
