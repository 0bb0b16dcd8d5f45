"use client";
import { useTranslations } from "next-intl";

/** What a refusal says where it carries no numbers of its own. */
export function useErrorWords(): (why: string | undefined) => string {
  const t = useTranslations("errors");
  return (why = "unexpected") => (t.has(why) ? t(why, { time: "", status: "", reference: "" }) : t("title"));
}
