"use client";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { classes } from "#components/ui/styles.ts";
import { useHydrated } from "#components/ui/use-hydrated.ts";
import { chooseLocale, languages } from "./choose-locale.ts";

/** The languages side by side, for a page on which nobody has chosen one yet. */
export function LanguageLinks() {
  const t = useTranslations("nav");
  const router = useRouter();
  const current = useLocale();
  const isHydrated = useHydrated();
  return (
    <fieldset className="flex flex-wrap gap-1">
      <legend className="sr-only">{t("language")}</legend>
      {Object.entries(languages).map(([locale, name]) => (
        <button
          key={locale}
          type="button"
          lang={locale}
          disabled={!isHydrated}
          aria-pressed={locale === current}
          onClick={async () => {
            await chooseLocale(locale);
            router.refresh();
          }}
          className={classes(
            "min-h-11 cursor-pointer rounded-lg px-3 font-medium text-quiet hover:bg-accent-soft hover:text-ink",
            locale === current && "text-ink underline decoration-2 decoration-accent underline-offset-8",
          )}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}
