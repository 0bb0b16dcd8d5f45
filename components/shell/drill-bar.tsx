import { GraduationCap } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { paths } from "#lib/domain/paths.ts";

/** Says on every page of a drill that nothing here is money. It cannot be closed, and nothing lies over it (app/globals.css). */
export function DrillBar() {
  const t = useTranslations("drill");
  return (
    <aside
      aria-label={t("name")}
      className="fixed inset-x-0 top-0 z-60 flex h-11 items-center gap-3 bg-drill px-4 text-drill-ink print:[print-color-adjust:exact]"
    >
      <GraduationCap aria-hidden className="size-5 shrink-0" />
      <p className="min-w-0 flex-1 truncate">
        <strong className="font-bold">{t("bar")}</strong>
        <span className="ml-3 hidden lg:inline">{t("barMore")}</span>
      </p>
      <Link
        href={paths.drill}
        prefetch={false}
        className="inline-flex min-h-11 shrink-0 items-center font-semibold underline underline-offset-4 focus-visible:outline-drill-ink focus-visible:-outline-offset-4 print:hidden"
      >
        {t("title")}
      </Link>
    </aside>
  );
}
