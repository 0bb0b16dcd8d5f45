"use client";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { BareButton } from "#components/ui/button.tsx";
import { classes } from "#components/ui/styles.ts";
import { chooseLocale, languages } from "./choose-locale.ts";

/** The languages side by side, for a page on which nobody has chosen one yet. */
export function LanguageLinks() {
  const t = useTranslations("nav");
  const router = useRouter();
  const current = useLocale();
  return (
    <fieldset className="flex flex-wrap gap-1">
      <legend className="sr-only">{t("language")}</legend>
      {Object.entries(languages).map(([locale, name]) => (
        <BareButton
          key={locale}
          lang={locale}
          aria-pressed={locale === current}
          onClick={async () => {
            await chooseLocale(locale);
            router.refresh();
          }}
          className={classes(
            "min-h-11 cursor-pointer rounded-lg px-3 font-medium hover:bg-accent-soft hover:text-ink",
            locale === current
              ? "text-ink underline decoration-2 decoration-accent underline-offset-8"
              : "text-quiet",
          )}
        >
          {name}
        </BareButton>
      ))}
    </fieldset>
  );
}
