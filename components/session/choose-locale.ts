const yearMs = 365 * 24 * 60 * 60 * 1_000;

/** Each language in its own words, for people who read no other. */
export const languages = { "zh-TW": "繁體中文", en: "English", th: "ไทย" };

/** Keeps the language of this browser for a year; the server reads it at the next page. */
export async function chooseLocale(locale: string): Promise<void> {
  await cookieStore.set({
    name: "locale",
    value: locale,
    path: "/",
    expires: Date.now() + yearMs,
    sameSite: "lax",
  });
}
