/** The languages of the product; the first is spoken where a browser names none of them. */
export const locales = ["zh-TW", "en", "th"] as const;
export type Locale = (typeof locales)[number];

declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
  }
}

/** The language of a visitor: their choice (cookie `locale`), else the browser's, else zh-TW. */
export function pickLocale(chosen: string | undefined, acceptLanguage: string | null): Locale {
  const known = locales.find((locale) => locale === chosen);
  if (known) return known;
  for (const part of (acceptLanguage ?? "").split(",")) {
    const wanted = part.split(";")[0]?.trim().toLowerCase() ?? "";
    const found = locales.find(
      (locale) => wanted === locale.toLowerCase() || wanted.split("-")[0] === locale.split("-")[0],
    );
    if (found) return found;
  }
  return "zh-TW";
}
